using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class FailureGroupsTests
{
    private static Execution Failed(string node, string message, int second = 0, string code = "") => On(node, "failed", second) with
    {
        Actual = new StateReport(ExecutionState.Parse("failed"), message), Details = code.Length > 0 ? new Dictionary<string, string> { ["error_code"] = code } : null,
    };

    [Theory]
    [InlineData("output: dial tcp 10.0.0.5:9000: connection refused", "output: dial tcp <address>: connection refused")]
    [InlineData("dial tcp [fe80::1]:9000: no route", "dial tcp <address>: no route")]
    [InlineData("execution 01234567-89ab-4def-0123-456789abcdef gone", "execution <id> gone")]
    [InlineData("commit 9f86d081884c7d65 not found", "commit <id> not found")]
    [InlineData("""topic "orders-7" unknown""", "topic <text> unknown")]
    [InlineData("can't open 'x y' or 'z'", "can't open <text> or <text>")]
    [InlineData("timed out after 1m30s (limit 30 seconds)", "timed out after <duration> (limit <duration>)")]
    [InlineData("exit code 137,  retry 3 of 5", "exit code <n>, retry <n> of <n>")]
    [InlineData("at 2026-05-04T14:00:00Z: no space", "at <time>: no space")]
    [InlineData("node-edge-us-west-01 refused exec-789xyz456abc", "node-<id> refused exec-<id>")]
    [InlineData("GET https://a.example/b?c=1 failed", "GET https://<address> failed")]
    [InlineData("sha256 and utf8 stay", "sha256 and utf8 stay")]
    [InlineData("", "")]
    public void Normalise_WhatDiffersFromNodeToNode_BecomesPlaceholders(string message, string reason) => Assert.Equal(reason, FailureGroups.Normalise(message));

    [Theory]
    [InlineData("login failed: password=planted7x9")]
    [InlineData("cannot reach amqp://u:planted7@10.0.0.1/x")]
    [InlineData("""header "Authorization: Bearer planted77abc" refused""")]
    public void Normalise_Secret_IsHidden(string message) => Assert.DoesNotContain("planted", FailureGroups.Normalise(message), StringComparison.Ordinal);

    [Fact]
    public void Of_TwoReasons_LargestFirstWithNodesAndTimes()
    {
        var groups = FailureGroups.Of([Failed("b", "refused by 10.0.0.1:80", 0), Failed("a", "refused by 10.0.0.2:80", 60), Failed("c", "disk full", 30), On("d", "running")]);
        Assert.Equal([("refused by <address>", 2), ("disk full", 1)], groups.Select(g => (g.Reason, g.Count)));
        Assert.Equal(["a", "b"], groups[0].NodeIds);
        Assert.Equal((Start.AddSeconds(5), Start.AddSeconds(65), "dep/a/60"), (groups[0].FirstSeen, groups[0].LastSeen, groups[0].SampleExecutionId));
    }

    [Fact]
    public void Of_OneMessageTwoCodes_TwoGroups() =>
        Assert.Equal(["E1", "E2"], FailureGroups.Of([Failed("a", "x", code: "E2"), Failed("b", "x", code: "E1")]).Select(g => g.ErrorCode).Order());

    [Fact]
    public void Of_NoMessageNoTimeNoNode_StillGroups()
    {
        var bare = new Execution { Id = "x", Actual = new StateReport(ExecutionState.Parse("lost")) };
        var group = Assert.Single(FailureGroups.Of([bare]));
        Assert.Equal(("Lost, without a message", 1, null, 0), (group.Reason, group.Count, group.FirstSeen, group.NodeIds.Count));
    }

    [Fact]
    public void Normalise_VeryLongMessage_IsCut() => Assert.InRange(FailureGroups.Normalise(new string('x', 100_000)).Length, 1, 1000);

    [Fact]
    public void Of_DeploymentWithNodeTriedAgain_CountsTheNewestAlone()
    {
        var store = RolloutFleet.StoreOf(On("a", "failed", 0), On("a", "running", 9, id: "again"), On("b", "running", 0), On("b", "failed", 9, id: "worse"));
        Assert.Equal("worse", Assert.Single(FailureGroups.Of(RolloutFleet.Rollout(5), store)).SampleExecutionId);
    }
}
