using ExecutionDashboard.Components.Pages.Executions;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>The part of long ids that a column shows.</summary>
public sealed class ColumnLookTests
{
    [Theory]
    [InlineData("exec-1 exec-2 exec-30", IdPart.Start, 0)]
    [InlineData("1f0c3a2b-9a8b-4c6d-8e5f 77aa3a2b-9a8b-4c6d-8e5f", IdPart.Start, 0)]
    [InlineData("prod-eu-west-exec-001-ingest prod-eu-west-exec-002-ingest prod-eu-west-exec-013-ingest", IdPart.Middle, 19)]
    [InlineData("prod-eu-exec-0000001 lab-eu-exec-0000001 prod-eu-exec-0000002 prod-eu-exec-0000003", IdPart.End, 0)]
    [InlineData("", IdPart.Start, 0)]
    [InlineData("the-one-and-only-id the-one-and-only-id", IdPart.Start, 0)]
    public void PartOf_Ids_IsWhatTellsMostOfThemApart(string ids, IdPart part, int skip) =>
        Assert.Equal((part, skip), ColumnLook.PartOf(ids.Split(' '), 11));
}
