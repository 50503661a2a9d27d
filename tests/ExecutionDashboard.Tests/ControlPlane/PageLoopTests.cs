using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Tests.ControlPlane;

public class PageLoopTests
{
    private static string TokenOf(string target) =>
        target.Split('?', '&').FirstOrDefault(p => p.StartsWith("next_token=", StringComparison.Ordinal))?["next_token=".Length..] ?? "";

    private static async Task<(List<string> Ids, ControlPlaneFailure? Failure)> Walk(IControlPlane client, long maxRows = PageLoop.DefaultMaxRows)
    {
        var ids = new List<string>();
        await foreach (var page in client.AllExecutions(new(), maxRows))
        {
            if (!page.Succeeded) return (ids, page.Failure);
            ids.AddRange(page.Value.Items.Select(e => e.Id));
        }
        return (ids, null);
    }

    [Fact]
    public async Task AllExecutions_ThreePages_AreWalkedInOrder()
    {
        var (ids, failure) = await Walk(CannedControlPlane.Answering(target => TokenOf(target) switch
        {
            "" => """{"items":[{"id":"a"}],"next_token":"1"}""",
            "1" => """{"items":[],"next_token":"2"}""",
            _ => """{"items":[{"id":"b"}],"next_token":""}""",
        }));
        Assert.Null(failure);
        Assert.Equal(["a", "b"], ids);
    }

    [Fact]
    public async Task AllExecutions_TokenComesTwice_EndsWithAFailure()
    {
        var (ids, failure) = await Walk(CannedControlPlane.Answering(target =>
            $$"""{"items":[{"id":"of{{TokenOf(target)}}"}],"next_token":"{{(TokenOf(target) == "x" ? "y" : "x")}}"}"""));
        Assert.Equal(["of", "ofx", "ofy"], ids);
        Assert.Equal(ControlPlaneError.Unexpected, failure?.Error);
        Assert.Contains("circle", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllExecutions_EmptyPagesWithoutEnd_EndsWithAFailure()
    {
        var number = 0;
        var (ids, failure) = await Walk(CannedControlPlane.Answering(_ => $$"""{"items":null,"next_token":"{{++number}}"}"""));
        Assert.Empty(ids);
        Assert.Equal((ControlPlaneError.Unexpected, 2), (failure?.Error, number));
    }

    [Fact]
    public async Task AllExecutions_MoreThanTheCap_EndsWithAFailureThatNamesIt()
    {
        var number = 0;
        var (ids, failure) = await Walk(CannedControlPlane.Answering(_ => $$"""{"items":[{"id":"{{++number}}"}],"next_token":"{{number}}"}"""), maxRows: 5);
        Assert.Equal(5, ids.Count);
        Assert.Contains("More than 5 executions", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllExecutions_BrokenSecondPage_GivesTheFirstAndTheFailure()
    {
        var (ids, failure) = await Walk(CannedControlPlane.Answering(target =>
            TokenOf(target) == "" ? """{"items":[{"id":"a"}],"next_token":"1"}""" : """{"items":[{"id":"b"}"""));
        Assert.Equal(["a"], ids);
        Assert.Equal(ControlPlaneError.Unexpected, failure?.Error);
    }

    [Fact]
    public async Task AllLists_TwoPages_AreWalked()
    {
        var client = CannedControlPlane.Answering(target =>
            TokenOf(target) == "" ? """{"items":[{"id":"a"}],"next_token":"1"}""" : """{"items":[{"id":"b"}]}""");
        Assert.Equal(2, await Count(client.AllNodes()));
        Assert.Equal(2, await Count(client.AllJobs()));
        Assert.Equal(2, await Count(client.AllDeployments()));
    }

    private static async Task<int> Count<T>(IAsyncEnumerable<ControlPlaneResult<FleetPage<T>>> pages)
    {
        var count = 0;
        await foreach (var page in pages) count += page.Value!.Items.Count;
        return count;
    }
}
