using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Planes;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live.Planes;

public sealed class PlaneMergeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly Replica _fleet;
    private readonly PlaneReplica _eu, _us;

    public PlaneMergeTests()
    {
        var planes = FleetPlanes.Of(["eu", "us"]);
        _fleet = new Replica(new LiveSignals(_time), _time, planes: planes);
        var merge = new PlaneMerge(_fleet, planes, _time);
        (_eu, _us) = (merge.Planes[0], merge.Planes[1]);
    }

    [Fact]
    public void Apply_SameIdsOnTwoPlanes_AreTwoEntities()
    {
        Load(_eu, 7, Execution("e1"), Node("n1"));
        Load(_us, 3, Execution("e1", "failed"), Node("n1"));

        Assert.Equal(["eu~e1", "us~e1"], Ids());
        Follow(_us, 3, FleetChange.Gone(FleetKind.Execution, "e1"));
        Assert.Equal(["eu~e1"], Ids());
        Assert.Equal(["eu~n1", "us~n1"], _fleet.Store.Nodes.Select(node => node.Id).Order());
    }

    [Fact]
    public void Apply_FirstPlane_IsNotTheWholeFleetUntilTheOtherIsThereOrLost()
    {
        Load(_eu, 7, Execution("e1"));
        Assert.False(_fleet.IsComplete);
        Assert.Equal((FreshnessKind.Loading, false), (_fleet.Freshness.Kind, _fleet.Freshness.IsLoaded));

        _us.FeedLost("Connection refused.");

        Assert.True(_fleet.IsComplete);
        Assert.Equal((FreshnessKind.Live, true), (_fleet.Freshness.Kind, _fleet.Freshness.IsLoaded));
        Assert.Equal([("eu", FreshnessKind.Live), ("us", FreshnessKind.Reconnecting)], _fleet.Freshness.Planes.Select(plane => (plane.Name, plane.Kind)));
    }

    [Fact]
    public void Apply_ChangesOfBoth_AreFollowedBySumsOfTheirNumbers()
    {
        Load(_eu, 7, Execution("e1"));
        Load(_us, 3, Execution("e1"));
        Assert.Equal(10, _fleet.Sequence);

        Follow(_eu, 7, Execution("e2"), Execution("e3"));
        Follow(_us, 3, Execution("e9"));

        Assert.Equal(13, _fleet.Sequence);
        Assert.Equal(["eu~e1", "eu~e2", "eu~e3", "us~e1", "us~e9"], Ids());
    }

    [Fact]
    public void Apply_GapOfOnePlane_IsRefusedAndConcernsNoOther()
    {
        Load(_eu, 7, Execution("e1"));
        Load(_us, 3, Execution("e1"));

        Assert.False(_us.Apply(new FeedBatch { Previous = 4, Sequence = 5, Changes = [Execution("e2")] }));

        Follow(_eu, 7, Execution("e2"));
        Assert.Equal(["eu~e1", "eu~e2", "us~e1"], Ids());
        Assert.Equal((8L, 3L), (_eu.Sequence, _us.Sequence));
    }

    [Fact]
    public void Apply_SnapshotAfterALoss_ReplacesThePlaneAndLeavesTheOther()
    {
        Load(_eu, 7, Execution("e1"), Execution("gone"), Node("n1"));
        Load(_us, 3, Execution("gone"));
        _eu.FeedLost("Connection refused.");
        var store = _fleet.Store;

        Assert.True(_eu.Apply(new FeedBatch { Reset = true, Previous = 2, Sequence = 2, Remaining = 1, Changes = [Execution("e1")], Status = Good("another log") }));
        Assert.Contains("eu~gone", Ids());
        Assert.True(_eu.Apply(new FeedBatch { Previous = 2, Sequence = 2, Changes = [Execution("e2")] }));

        Assert.Equal(["eu~e1", "eu~e2", "us~gone"], Ids());
        Assert.Empty(_fleet.Store.Nodes);
        Assert.Same(store, _fleet.Store);
        Assert.Equal(5, _fleet.Sequence);
    }

    [Fact]
    public void Load_SnapshotInOnePiece_IsTheSameAsBatches()
    {
        var aside = new FleetStore();
        aside.Apply([FleetChange.Of(new JobSpec { Hash = "s", Name = "job", Json = "{}" }), FleetChange.Of(new Job { Id = "j", SpecHash = "s" }), Execution("e1"), Node("n1")]);
        Load(_us, 3);

        _eu.Load(aside, "log", 7);

        Assert.Equal(["eu~e1"], Ids());
        Assert.Equal("s", _fleet.Store.FindJob("eu~j")!.SpecHash);
        Assert.NotNull(_fleet.Store.FindSpec("s"));
        Assert.True(_fleet.IsComplete);
        Assert.Equal(10, _fleet.Sequence);
    }

    [Fact]
    public void FeedLost_OnePlane_IsToldByNameAndItsRowsKeepTheirAge()
    {
        Load(_eu, 7, Beating("n1"));
        Load(_us, 3, Beating("n1"));
        _us.FeedLost("Connection refused.");
        var freshness = _fleet.Freshness;

        // A quarter of an hour later the one that is there was heard from, and the other was not.
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.True(_eu.Apply(new FeedBatch { Previous = 7, Sequence = 8, Changes = [Beating("n1")], Status = Good() }));

        Assert.Equal(FreshnessKind.Live, _fleet.Freshness.Kind);
        var us = Assert.Single(_fleet.Freshness.Planes, plane => plane.Kind != FreshnessKind.Live);
        Assert.Equal(("us", (DateTimeOffset?)Start, (DateTimeOffset?)Start, "Connection refused."), (us.Name, us.AsOf, us.Since, us.Problem));
        Assert.Same(freshness.Planes, _fleet.Freshness.Planes);
        Assert.Equal(["connected", "connected"], _fleet.Store.Nodes.Select(node => _fleet.Store.ConnectionOf(node.Id)));
        Assert.Equal((true, false), (_fleet.IsLiveFor(["eu~e1"]), _fleet.IsLiveFor(["eu~e1", "us~e1"])));

        Assert.True(_us.Apply(new FeedBatch { Previous = 3, Sequence = 3, Status = Good() }));
        Assert.All(_fleet.Freshness.Planes, plane => Assert.Equal(FreshnessKind.Live, plane.Kind));
        // Now its clock went on, and nothing was heard of its node.
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_eu.Apply(new FeedBatch { Previous = 8, Sequence = 8, Status = Good() }));
        Assert.Equal("stale", _fleet.Store.ConnectionOf("us~n1"));
    }

    [Fact]
    public void FeedLost_AllPlanes_IsReconnecting()
    {
        Load(_eu, 7);
        Load(_us, 3);
        _eu.FeedLost("Refused.");
        _us.FeedLost("Silent.");

        Assert.Equal((FreshnessKind.Reconnecting, "eu: Refused. us: Silent."), (_fleet.Freshness.Kind, _fleet.Freshness.Problem));
    }

    [Fact]
    public void Status_OfTheFleet_HasWhatHomeKeepsAndWhatAllSay()
    {
        Load(_eu, 7, Good() with { Total = 5, Warning = "1 node could not be read.", ProblemsVersion = 4, AuditVersion = 9 });
        Load(_us, 3, Good("us log") with { Total = 6, ProblemsVersion = 1, BlindSince = Start, Problem = "It does not answer." });

        Assert.Equal(("log", 4L, 9L, (long?)11, "eu: 1 node could not be read."), (_fleet.LogId, _fleet.ProblemsVersion, _fleet.AuditVersion, _fleet.Status.Total, _fleet.Status.Warning));
        Assert.Equal((FreshnessKind.Stale, "It does not answer."), (_fleet.Freshness.Planes[1].Kind, _fleet.Freshness.Planes[1].Problem));
        Assert.Equal(FreshnessKind.Live, _fleet.Freshness.Kind);
    }

    [Fact]
    public void Tail_WhatIsLoadedOfAPlane_IsNoChange()
    {
        Load(_eu, 7, Execution("e1"));
        Load(_us, 3, Execution("e1"));
        var place = _fleet.Tail.End;
        Follow(_eu, 7, Execution("e1", "failed"));
        var changes = new List<TailChange>();
        Assert.True(_fleet.Tail.Take(ref place, changes));
        Assert.Equal(["eu~e1"], changes.Select(change => change.Change.Id));

        // A snapshot is a gap: who follows nodes asks the feeds again.
        Load(_us, 4, Execution("e1"));
        Assert.False(_fleet.Tail.Take(ref place, changes));
    }

    private FeedStatus Good(string log = "log") => new() { LogId = log, LastSuccessAt = _time.GetUtcNow() };

    private FleetChange Beating(string node) => FleetChange.Of(new Node { Id = node, Connection = "connected", LastHeartbeat = _time.GetUtcNow() });

    private void Load(PlaneReplica plane, long sequence, params FleetChange[] changes) => Load(plane, sequence, Good(), changes);

    private static void Load(PlaneReplica plane, long sequence, FeedStatus status, params FleetChange[] changes) =>
        Assert.True(plane.Apply(new FeedBatch { Reset = true, Previous = sequence, Sequence = sequence, Changes = changes, Status = status }));

    private static void Follow(PlaneReplica plane, long after, params FleetChange[] changes) =>
        Assert.True(plane.Apply(new FeedBatch { Previous = after, Sequence = after + changes.Length, Changes = changes }));

    private string[] Ids() => [.. _fleet.Store.Enumerate(ExecutionQuery.All).Select(execution => execution.Id).Order(StringComparer.Ordinal)];

    private static FleetChange Node(string id) => FleetChange.Of(new Node { Id = id });

    private static FleetChange Execution(string id, string state = "running") => FleetChange.Of(new Execution { Id = id, JobId = "j", Actual = new(ExecutionState.Parse(state)) });
}
