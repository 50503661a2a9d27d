using System.Text;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.ControlPlane;

/// <summary>What servers send beside the published shapes: one odd value must cost that value, one odd element that element.</summary>
public class TolerantReadingTests
{
    private static async Task<FleetPage<Execution>> PageOf(string json) =>
        await ContractTests.Value(CannedControlPlane.Answering(json).ListExecutionsAsync(new()));

    private static async Task<Execution> One(string json) => Assert.Single((await PageOf($$"""{"items":[{{json}}]}""")).Items);

    [Theory]
    [InlineData("""{"items":[{"id":"a"}],"next_token":""}""", 1)]
    [InlineData("""{"executions":[{"id":"a"}]}""", 1)]
    [InlineData("""{"Items":[{"ID":"a"}],"Next_Token":null}""", 1)]
    [InlineData("""[{"id":"a"}]""", 1)]
    [InlineData("""[{"execution":{"id":"a"}}]""", 1)]
    [InlineData("""{"items":null,"next_token":""}""", 0)]
    [InlineData("""{"items":[null,{"id":"a"},null]}""", 1)]
    [InlineData("{}", 0)]
    [InlineData("\uFEFF{\"items\":[{\"id\":\"a\"}]}", 1)]
    public async Task ListExecutionsAsync_EveryEnvelope_IsRead(string json, int count)
    {
        var page = await PageOf(json);
        Assert.Equal(count, page.Items.Count);
        Assert.All(page.Items, e => Assert.Equal("a", e.Id));
        Assert.Empty(page.Problems);
        Assert.Equal(0, page.LeftOut);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("""{"items":"none"}""")]
    [InlineData("""{"items":{"a":1}}""")]
    [InlineData("""{"items":[{"id":"a"}""")]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("<!doctype html><title>Sign in</title>")]
    [InlineData("""{"items":[]} trailing""")]
    public async Task ListExecutionsAsync_NoListAtAll_IsUnexpectedAndNeverEmpty(string json)
    {
        var result = await CannedControlPlane.Answering(json).ListExecutionsAsync(new());
        Assert.Equal(ControlPlaneError.Unexpected, result.Failure?.Error);
        Assert.NotEmpty(result.Failure!.Message);
    }

    [Fact]
    public async Task ListExecutionsAsync_BadElements_AreLeftOutAndNamed()
    {
        var page = await PageOf("""{"items":[{"id":"a"},7,"x",[],{},{"id":""},{"id":null},{"id":{"x":1}},{"id":"b"}]}""");
        Assert.Equal(["a", "b"], page.Items.Select(e => e.Id));
        Assert.Equal(7, page.LeftOut);
        Assert.Equal(7, page.Problems.Count);
        Assert.Contains("number 2 ", page.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListExecutionsAsync_ManyBadElements_NamesTwenty()
    {
        var page = await PageOf($$"""{"items":[{{string.Join(',', Enumerable.Repeat("1", 500))}}]}""");
        Assert.Equal((500, 20), (page.LeftOut, page.Problems.Count));
    }

    [Fact]
    public async Task ListExecutionsAsync_TwoWithOneId_KeepsTheNewerInItsPlace()
    {
        var page = await PageOf("""
            {"items":[
              {"id":"a","status":{"revision":9,"updated_at":"2026-01-01T00:00:00Z"}},
              {"id":"b","status":{"revision":2}},
              {"id":"a","status":{"revision":3,"updated_at":"2026-01-02T00:00:00Z"}},
              {"id":"b","status":{"revision":1}}]}
            """);
        Assert.Equal([("a", 3L), ("b", 2L)], page.Items.Select(e => (e.Id, e.Revision)));
        Assert.Equal(2, page.Problems.Count);
        Assert.Equal(0, page.LeftOut);
    }

    [Fact]
    public async Task ListExecutionsAsync_BothGenerationsInOneList_AreReadAlike()
    {
        var page = await PageOf("""
            {"items":[
              {"id":"d","deployment_id":"dep","status":{"compute_state":{"state_type":"complete"},"desired_state":{"state_type":"run"}}},
              {"id":"r","status":{"observed_state":{"state_type":"completed"},"desired_state":{"state_type":"running"},"stable_at":"2026-01-01T00:00:00Z"}},
              {"id":"both","status":{"observed_state":{"state_type":"validating"},"compute_state":{"state_type":"running"}}},
              {"id":"empty","status":{"observed_state":{},"compute_state":{"state_type":"lost"}}}]}
            """);
        Assert.Equal(["completed", "completed", "validating", "lost"], page.Items.Select(e => e.Actual.State.Name));
        Assert.Equal(["running", "running", "", ""], page.Items.Select(e => e.Desired.State.Name));
    }

    [Theory]
    [InlineData("""{"id":"a","job_version":"4"}""", 4)]
    [InlineData("""{"id":"a","job_version":4.0}""", 4)]
    [InlineData("""{"id":"a","job_version":1e2}""", 100)]
    [InlineData("""{"id":"a","job_version":true}""", 0)]
    [InlineData("""{"id":"a","job_version":null}""", 0)]
    [InlineData("""{"id":"a","job_version":{}}""", 0)]
    [InlineData("""{"id":"a","job_version":1e400}""", 0)]
    [InlineData("""{"id":"a","job_version":99999999999}""", int.MaxValue)]
    public async Task Number_OfAnyType_IsReadOrNotSent(string json, int version) => Assert.Equal(version, (await One(json)).JobVersion);

    [Theory]
    [InlineData("""{"id":"a","node_id":5}""", "5")]
    [InlineData("""{"id":"a","node_id":false}""", "false")]
    [InlineData("""{"id":"a","node_id":["n"]}""", "")]
    [InlineData("""{"id":"a","NODE_ID":"n"}""", "n")]
    [InlineData("""{"id":"a","node_id":"n1","node_id":"n2"}""", "n2")]
    [InlineData("""{"id":"a","node_id":"<b>&amp;\u0000"}""", "<b>&amp;\0")]
    public async Task Text_OfAnyType_IsReadOrNotSent(string json, string node) => Assert.Equal(node, (await One(json)).NodeId);

    [Theory]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":"a","status":null}""")]
    [InlineData("""{"id":"a","status":"running"}""")]
    [InlineData("""{"id":"a","status":{"observed_state":null,"desired_state":[],"details":"x","revision":"many","updated_at":{}}}""")]
    [InlineData("""{"id":"a","job_spec":null}""")]
    [InlineData("""{"id":"a","job_spec":{}}""")]
    [InlineData("""{"id":"a","job_spec":"none"}""")]
    public async Task Execution_WithNothingUsable_IsStillThere(string json) => Assert.Equal(new Execution { Id = "a" }, await One(json));

    [Theory]
    [InlineData("\"exploded\"", "exploded")]
    [InlineData("""{"state_type":"exploded"}""", "exploded")]
    [InlineData("""{"state_type":" RUNNING "}""", "running")]
    [InlineData("""{"state_type":"stop"}""", "stopped")]
    [InlineData("""{"state_type":7}""", "7")]
    public async Task State_OfAnyForm_IsKept(string state, string name) =>
        Assert.Equal(name, (await One("{\"id\":\"a\",\"status\":{\"observed_state\":" + state + "}}")).Actual.State.Name);

    [Fact]
    public async Task Text_WithBrokenUnicode_KeepsTheRest()
    {
        byte[] json = [.. """{"items":[{"id":"a","node_id":"x\ud800y","job_id":"n"""u8, 0xff, .. "\"},{\"id\":\"b\"}]}"u8];
        var page = await ContractTests.Value(CannedControlPlane.AnsweringBytes(_ => json).ListExecutionsAsync(new()));
        Assert.Equal(["a", "b"], page.Items.Select(e => e.Id));
        Assert.Equal("n\uFFFD", page.Items[0].JobId);
        Assert.Equal("x\\ud800y", page.Items[0].NodeId);
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    [Fact]
    public async Task Spec_TooDeepOrBroken_CostsNothingElse()
    {
        var page = await PageOf("{\"items\":[{\"id\":\"a\",\"job_spec\":" + Nested(150) + "},{\"id\":\"b\"}]}");
        Assert.Equal(["a", "b"], page.Items.Select(e => e.Id));
        Assert.Single(page.Specs);

        var result = await CannedControlPlane.Answering("{\"items\":[{\"id\":\"a\",\"job_spec\":" + Nested(300) + "}]}").ListExecutionsAsync(new());
        Assert.Equal(ControlPlaneError.Unexpected, result.Failure?.Error);
    }

    [Fact]
    public async Task Specs_OfOnePage_AreDistinctByContent()
    {
        var page = await PageOf("""
            {"items":[{"id":"a","job_spec":{"name":"x","priority":1}},{"id":"b","job_spec":{ "priority": 1, "name": "x" }},{"id":"c","job_spec":{"name":"y"}}]}
            """);
        Assert.Equal(["x", "y"], page.Specs.Select(s => s.Name));
        Assert.Equal(page.Items[0].SpecHash, page.Items[1].SpecHash);
    }

    [Fact]
    public async Task Specs_OfTheSecondPage_AreHandedOutAgain()
    {
        var client = CannedControlPlane.Answering("""{"items":[{"id":"a","job_spec":{"name":"x"}}]}""");
        var first = await ContractTests.Value(client.ListExecutionsAsync(new()));
        var second = await ContractTests.Value(client.ListExecutionsAsync(new()));
        Assert.Same(first.Specs[0], second.Specs[0]);
    }

    [Fact]
    public async Task Node_WithEverythingOdd_IsStillThere()
    {
        var page = await ContractTests.Value(CannedControlPlane.Answering(Encoding.UTF8.GetString("""
            {"nodes":[{"id":1,"spec":{"labels":null,"capabilities":{"inputs":["mqtt",null],"outputs":null,"runtimes":"wasm"}},
              "status":{"connection_state":"connecting","resource_usage":{"cpu_percent":"12.5","memory_used_bytes":1e10},"connected_since":"0001-01-01T00:00:00Z"},
              "identity":{"enrolled_by":"ops","chain":[1]}},
             {"id":"n2","spec":null,"status":null,"identity":null}]}
            """u8)).ListNodesAsync());
        var node = page.Items[0];
        Assert.Equal(("1", "connecting"), (node.Id, node.Connection));
        Assert.Null(node.ConnectedSince);
        Assert.Equal(["mqtt"], node.Capabilities["inputs"]);
        Assert.Equal(["wasm"], node.Capabilities["runtimes"]);
        Assert.Equal(new NodeResources(12.5, null, 10_000_000_000, null, null, null, null), node.Resources);
        Assert.Equal("[1]", node.Identity["chain"]);
        Assert.Equal(new Node { Id = "n2" }, page.Items[1]);
    }
}
