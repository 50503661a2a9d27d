using System.Text.RegularExpressions;
using CsCheck;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Risk;

namespace ExecutionDashboard.Tests.Operations.Risk;

/// <summary>The risk of each command by how much it reaches.</summary>
public sealed partial class CommandRiskTests
{
    private const int Bulk = AccessSettings.DefaultBulkLimit;

    [Theory]
    [InlineData(OperationKind.Pause, null, CommandRisk.Low)]
    [InlineData(OperationKind.Resume, 1_000, CommandRisk.Low)]
    [InlineData(OperationKind.StopExecution, 1, CommandRisk.Medium)]
    [InlineData(OperationKind.StopExecution, CommandRisks.Few, CommandRisk.Medium)]
    [InlineData(OperationKind.StopExecution, CommandRisks.Few + 1, CommandRisk.High)]
    [InlineData(OperationKind.Promote, 0, CommandRisk.Medium)]
    [InlineData(OperationKind.Promote, 21, CommandRisk.High)]
    [InlineData(OperationKind.Promote, null, CommandRisk.High)]
    [InlineData(OperationKind.Rollback, 6, CommandRisk.High)]
    [InlineData(OperationKind.Rerun, Bulk, CommandRisk.Medium)]
    [InlineData(OperationKind.Rerun, Bulk + 1, CommandRisk.High)]
    [InlineData(OperationKind.StopJob, 0, CommandRisk.High)]
    [InlineData(OperationKind.DeleteJob, 0, CommandRisk.High)]
    public void Of_CommandAndReach_IsItsRisk(OperationKind kind, int? reach, CommandRisk risk) => Assert.Equal(risk, CommandRisks.Of(kind, reach, Bulk));

    // More reach is never less risk, and what is not known counts as the most.
    [Fact]
    public void Of_MoreReach_IsNeverLessRisk() =>
        Gen.Select(Gen.Enum<OperationKind>(), Gen.Int[0, 200], Gen.Int[0, 200], Gen.Int[1, 100]).Sample(
            (kind, one, more, limit) => CommandRisks.Of(kind, one, limit) <= CommandRisks.Of(kind, one + more, limit) && CommandRisks.Of(kind, one + more, limit) <= CommandRisks.Of(kind, null, limit), iter: 500);

    [Fact]
    public void Docs_TableOfCommands_SaysTheSame()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "commands.md"))).ToDictionary(row => row.Groups[1].Value, row => row.Groups.Cast<Group>().Skip(2).Select(g => g.Value.Trim()).ToArray());
        Assert.Equal(Enum.GetNames<OperationKind>().Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(Enum.GetValues<CommandRisk>().Select(risk => Reaches(Enum.Parse<OperationKind>(row.Key), risk)), row.Value.Take(3)));
    }

    // When a command has a risk, as the documentation says it.
    private static string Reaches(OperationKind kind, CommandRisk risk)
    {
        int?[] all = [.. Enumerable.Range(0, Bulk + 2).Select(n => (int?)n), null];
        var such = all.Where(reach => CommandRisks.Of(kind, reach, Bulk) == risk).ToArray();
        return such.Length == 0 ? "–" : such.Length == all.Length ? "always" : such[0] == 0 ? such[^1] == Bulk ? "up to `Auth:BulkLimit`" : $"up to {such[^1]}" : "more, or not known";
    }

    [GeneratedRegex(@"^\| `([A-Za-z]+)` \|([^|]+)\|([^|]+)\|([^|]+)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
