using CsCheck;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Shared.Lists;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>The columns of a short list: their text in an address, and what a person does to them.</summary>
public sealed class ListColumnsTests
{
    [Fact]
    public void Parse_AnyColumnsThatWereWritten_AreThoseThatWereShown()
    {
        Check(JobColumns.All, JobColumns.Default);
        Check(DeploymentColumns.All, DeploymentColumns.Default);
        Check(ProblemColumns.All, ProblemColumns.Default);

        static void Check<T>(IReadOnlyList<T> all, IReadOnlyList<T> standard) where T : struct, Enum
        {
            var change = Gen.Select(Gen.Int[0, all.Count - 1].Select(i => all[i]), Gen.Int[0, all.Count], Gen.Int[ColumnText.Narrowest - 10, ColumnText.Widest + 10], Gen.Int[0, 3]);
            change.List[0, 12].Sample(changes =>
            {
                var columns = ListColumns<T>.Parse("", standard);
                foreach (var (column, place, width, what) in changes)
                {
                    columns = what switch
                    {
                        0 when !column.Equals(standard[0]) => columns.Toggle(column),
                        1 when columns.Shown.Contains(column) => columns.Move(column, place),
                        2 => columns.Size(column, $"{width}"),
                        3 => columns.SizeDrawn($"{column} {width}.4") ?? columns,
                        _ => columns,
                    };
                }

                var back = ListColumns<T>.Parse(ColumnText.ToUrl(columns.Shown, columns.Widths, standard), standard);

                Assert.Equal(columns.Shown, back.Shown);
                Assert.Contains(standard[0], back.Shown);
                // What is hidden has no width in an address.
                Assert.All(back.Shown, column => Assert.Equal(columns.Style(column), back.Style(column)));
                Assert.All(back.Widths.Values, width => Assert.InRange(width, ColumnText.Narrowest, ColumnText.Widest));
            }, iter: 100);
        }
    }

    [Theory]
    [InlineData("state", "job,state")]
    [InlineData("state,job.300", "state,job.300")]
    [InlineData("state,type,version,executions,deployment,labels,updated", null)]
    [InlineData("nonsense", null)]
    public void Parse_WithoutTheColumnOfTheLinks_HasItFirst(string text, string? wanted)
    {
        var columns = ListColumns<JobColumn>.Parse(text, JobColumns.Default);

        Assert.Equal(wanted, ColumnText.ToUrl(columns.Shown, columns.Widths, JobColumns.Default));
    }

    [Theory]
    [InlineData("state 240", "width:240px;min-width:240px;max-width:240px")]
    [InlineData("created 240", null)]
    [InlineData("state", null)]
    [InlineData(null, null)]
    public void SizeDrawn_OfAColumnThatIsShown_IsItsWidth(string? said, string? style) =>
        Assert.Equal(style, ListColumns<JobColumn>.Parse("", JobColumns.Default).SizeDrawn(said)?.Style(JobColumn.State));
}
