using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Tests.Feed.Snapshots;

namespace ExecutionDashboard.Tests.Feed.Past;

/// <summary>A random life of a fleet whose executions, nodes, jobs and deployments change as those of a control plane do, told to a log and remembered change by change.</summary>
internal sealed class PastStory(LoggedFleet fleet)
{
    private static readonly string[] States = ["pending", "running", "running", "degraded", "failed", "complete", "stopped", "lost", "quarantined"];
    private static readonly string[] Messages = ["", "Running", "connection refused", "out of memory"];
    private static readonly string[] Connections = ["connected", "connected", "disconnected", "lost"];
    private static readonly string[] DeploymentStates = ["pending", "in_progress", "paused", "completed", "failed"];

    private readonly List<(long Sequence, FleetChange Change)> _told = [];
    private readonly List<Execution> _executions = [];

    /// <summary>What happens, by numbers that mean nothing by themselves.</summary>
    public static Gen<(int What, int Which, int How)> Happening { get; } = Gen.Select(Gen.Int[0, 19], Gen.Int[0, 1_000], Gen.Int[0, 1_000]);

    /// <summary>Tells what happens.</summary>
    public void Tell((int What, int Which, int How) happening)
    {
        var (what, which, how) = happening;
        var at = fleet.Now.AddSeconds(1);
        FleetChange[] changes = what switch
        {
            <= 4 => [Add(which, how, at)],
            <= 11 when _executions.Count > 0 => [Change(which, how, at)],
            <= 13 when _executions.Count > 0 => Replace(which, how, at),
            14 when _executions.Count > 0 => [Remove(which, how, at)],
            <= 16 => [FleetChange.Of(NodeOf(which, how, at))],
            17 => [FleetChange.Of(JobOf(which, how, at))],
            18 => [FleetChange.Of(DeploymentOf(which, how, at))],
            _ => [how % 5 == 0 ? FleetChange.Gone(FleetKind.Node, NodeId(which)) : how % 5 == 1 ? FleetChange.Gone(FleetKind.Deployment, $"dep-{1 + which % 2}") : FleetChange.Of(NodeOf(which + 1, how, at))],
        };
        var before = fleet.Log.LastSequence;
        fleet.Put(changes);
        // What is removed and was not there is no change.
        if (fleet.Log.LastSequence == before) return;
        foreach (var change in changes) _told.Add((++before, change));
    }

    /// <summary>A copy of the fleet that stopped after a change.</summary>
    public FleetStore StoppedAt(long sequence, DateTimeOffset at)
    {
        var store = new FleetStore();
        Follow(store, 0, sequence);
        store.MoveTo(at);
        return store;
    }

    /// <summary>Tells a copy of the fleet what happened after a change and up to another, without what heartbeats tell.</summary>
    public void Follow(FleetStore store, long after, long upTo)
    {
        // Numbers are consecutive from 1.
        for (var i = (int)after; i < upTo; i++) store.Apply([_told[i].Change is { Node: { } node } ? FleetChange.Of(PastEntities.Of(node)) : _told[i].Change]);
    }

    private static string JobId(int which) => $"job-{"abc"[which % 3]}";

    private static string NodeId(int which) => $"node-{1 + which % 3}";

    private Node NodeOf(int which, int how, DateTimeOffset at) => new()
    {
        Id = NodeId(which), Name = how % 9 == 0 ? $"edge-{which % 3}-renamed" : $"edge-{which % 3}", Connection = Connections[how % 4], Message = Messages[how % 3],
        Labels = new Dictionary<string, string> { ["region"] = (which + how / 100) % 3 == 0 ? "eu" : "us" }, AgentVersion = $"2.1.{how / 300}", OperatingSystem = "linux", CreatedAt = fleet.Start, ConnectedSince = how % 4 < 2 ? at : null, DisconnectedSince = how % 4 < 2 ? null : at, LastHeartbeat = at, Revision = how + 1, UpdatedAt = at,
    };

    private Deployment DeploymentOf(int which, int how, DateTimeOffset at) => new()
    {
        Id = $"dep-{1 + which % 2}", JobId = JobId(which), JobType = "pipeline", Namespace = "prod", Type = how % 3 == 0 ? "rollback" : "update", FromVersion = how % 2, ToVersion = 1 + which % 2, State = DeploymentStates[how % 5],
        Message = Messages[how % 4], Revision = how + 1, UpdatedAt = at, CreatedAt = fleet.Start, CompletedAt = how % 5 > 2 ? at : null, LastProgressAt = at, HealthDeadline = how % 4 == 0 ? at.AddMinutes(1) : null,
        Strategy = how % 7 == 0 ? null : new RolloutStrategy { Kind = "canary", MaxParallel = how % 3 }, CanaryNodes = [.. Enumerable.Range(1, how / 400).Select(i => $"node-{i}")], CanaryPromoted = how % 3 == 0 ? null : how % 3 == 1,
        CurrentWave = how % 5, TotalWaves = 5, TotalNodes = 3 + how % 2, UpdatedNodes = how % 4, FailedNodes = how % 2, RollbackToVersion = how % 2,
    };

    private static Job JobOf(int which, int how, DateTimeOffset at) => new()
    {
        Id = JobId(which), Name = which % 3 == 0 ? "ingest" : "rollup", Labels = how % 4 == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["team"] = $"t{how % 3}" }, Namespace = "prod", Type = "pipeline", Version = 1 + how % 2, SpecHash = $"spec-{which % 3}-{1 + how % 2}",
        State = how % 7 == 0 ? "" : States[how % States.Length], Message = Messages[how % 4], Revision = how + 1, UpdatedAt = at.AddMilliseconds(-1),
    };

    private FleetChange Add(int which, int how, DateTimeOffset at, string previous = "")
    {
        var id = which % 3 == 0 ? $"exec-{_executions.Count}" : new Guid(_executions.Count, 1, 1, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();
        var execution = With(new Execution
        {
            Id = id, JobId = JobId(which), JobType = "pipeline", Namespace = "prod", JobVersion = 1 + which % 2, SpecHash = $"spec-{which % 3}-{1 + which % 2}", NodeId = which % 11 == 0 ? "" : NodeId(which / 3),
            DeploymentId = which % 4 == 0 ? "" : $"dep-{1 + which % 2}", EvaluationId = "eval-1", CreatedAt = at, PreviousId = previous,
        }, how, at);
        _executions.Add(execution);
        return FleetChange.Of(execution);
    }

    private FleetChange Change(int which, int how, DateTimeOffset at)
    {
        var place = which % _executions.Count;
        return FleetChange.Of(_executions[place] = With(_executions[place], how, at));
    }

    private FleetChange[] Replace(int which, int how, DateTimeOffset at)
    {
        var place = which % _executions.Count;
        var old = _executions[place];
        if (old.NextId.Length > 0) return [Change(which, how, at)];
        var next = Add(which, how, at, old.Id);
        // The control plane may name the link on either of them, or on both.
        return how % 3 == 0 ? [next] : [next, FleetChange.Of(_executions[place] = With(old with { NextId = next.Id }, how + 1, at))];
    }

    // Of one that was removed the log does not have by what it had been replaced, so those stay.
    private FleetChange Remove(int which, int how, DateTimeOffset at)
    {
        var gone = _executions[which % _executions.Count];
        return gone.NextId.Length > 0 ? Change(which, how, at) : FleetChange.Gone(FleetKind.Execution, gone.Id);
    }

    private static Execution With(Execution execution, int how, DateTimeOffset at) => execution with
    {
        Actual = new(ExecutionState.Parse(States[how % States.Length]), Messages[how % Messages.Length]), Desired = new(ExecutionState.Parse(how % 5 == 0 ? "stopped" : "running")),
        Details = how % 6 == 0 ? new Dictionary<string, string> { ["error_code"] = $"E{how % 2 + 1}" } : null, Revision = execution.Revision + 1, UpdatedAt = at,
    };
}
