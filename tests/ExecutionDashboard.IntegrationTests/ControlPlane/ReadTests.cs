using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

public class ReadTests
{
    [Fact]
    public async Task ListExecutionsAsync_AllFilters_AreSentAsTheApiNamesThem()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"items":null,"next_token":""}""");
        var result = await server.Client().ListExecutionsAsync(new()
        {
            JobId = "job a/b", NodeIds = ["n1", "n2"], States = ["failed", "degraded"], OrderBy = "updated_at", Limit = 5000, PageToken = "a+b=",
        });

        Assert.True(result.Succeeded, result.Failure?.Message);
        Assert.Empty(result.Value.Items);
        Assert.Equal(
            "/api/v1/executions?job_id=job%20a%2Fb&node_ids=n1&node_ids=n2&states=failed&states=degraded&limit=1000&next_token=a%2Bb%3D&order_by=updated_at&order=desc",
            Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task ListExecutionsAsync_PlainRequest_SendsOnlyTheLimit()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"items":[]}""");
        Assert.True((await server.Client().ListExecutionsAsync(new())).Succeeded);
        Assert.Equal("/api/v1/executions?limit=1000", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task AnyCall_Headers_NameTheProductAndAskForJson()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"items":[]}""");
        await server.Client().ListNodesAsync();
        var headers = Assert.Single(server.Requests).Headers;
        Assert.Matches("^ExecutionDashboard/[0-9.]+", headers["User-Agent"]);
        Assert.Equal("application/json", headers["Accept"]);
        Assert.False(headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("a/../jobs", "/api/v1/executions/a%2F..%2Fjobs")]
    [InlineData("../jobs", "/api/v1/executions/..%2Fjobs")]
    [InlineData("a b?c#d%2e", "/api/v1/executions/a%20b%3Fc%23d%252e")]
    [InlineData("a\\b", "/api/v1/executions/a%5Cb")]
    [InlineData("%2e%2e", "/api/v1/executions/%252e%252e")]
    [InlineData("...", "/api/v1/executions/...")]
    [InlineData("é", "/api/v1/executions/%C3%A9")]
    public async Task GetExecutionAsync_StrangeId_StaysOneSegment(string id, string target)
    {
        await using var server = await ServerUnderTest.StartAsync("""{"execution":{"id":"x","status":{"observed_state":{"state_type":"running"}}}}""");
        var result = await server.Client().GetExecutionAsync(id);
        Assert.True(result.Succeeded, result.Failure?.Message);
        Assert.Equal(target, Assert.Single(server.Requests).Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\nb")]
    public async Task GetExecutionAsync_IdThatCannotBeInAPath_IsInvalidAndNotSent(string id)
    {
        await using var server = await ServerUnderTest.StartAsync("{}");
        Assert.Equal(ControlPlaneError.Invalid, (await server.Client().GetExecutionAsync(id)).Failure?.Error);
        Assert.Equal(ControlPlaneError.Invalid, (await server.Client().StopExecutionAsync(id, "")).Failure?.Error);
        Assert.Equal(ControlPlaneError.Invalid, (await server.Client().GetJobHistoryAsync(new string('x', 513))).Failure?.Error);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/")]
    public async Task Address_WithAndWithoutApiPath_AsksTheSame(string path)
    {
        await using var server = await ServerUnderTest.StartAsync("""{"items":[]}""");
        var client = server.Client(("Url", server.Url + path));
        await client.ListNodesAsync();
        Assert.StartsWith("/api/v1/nodes?", Assert.Single(server.Requests).Target, StringComparison.Ordinal);
        Assert.Equal(server.Url + "/api/v1", client.Address);
    }

    [Fact]
    public async Task Address_WithPath_KeepsIt()
    {
        await using var server = await ServerUnderTest.StartAsync("""{"items":[]}""");
        await server.Client(("Url", server.Url + "/simulator")).ListNodesAsync();
        Assert.StartsWith("/simulator/api/v1/nodes?", Assert.Single(server.Requests).Target, StringComparison.Ordinal);
    }
}
