using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Tests.Feed.Snapshots;

/// <summary>A log and its mirror, changed by small steps.</summary>
internal sealed class LoggedFleet : IDisposable
{
    public LoggedFleet(string folder, int keyframeEvery = 1_000)
    {
        Log = ChangeLog.Open(TestStorage.Open(Path.Combine(folder, "fleet.db"), keyframeEvery), keyframeEvery);
        Log.Attach("http://here");
        Log.IsLoaded = true;
        Reader = new LogReader(Log.Database);
    }

    public ChangeLog Log { get; }
    public LogReader Reader { get; }
    public FleetMirror Mirror { get; } = new();

    /// <summary>When this began to watch.</summary>
    public DateTimeOffset Start { get; init; } = FeedRig.Start;

    /// <summary>Each change is seen a second after the one before.</summary>
    public DateTimeOffset Now => Start.AddSeconds(Log.LastSequence);

    public Task<string?> LoadAsync() => MirrorSnapshot.LoadAsync(Log, Reader, Mirror, default);

    public Task<long> WriteAsync(Func<int, ValueTask>? pause = null) => MirrorSnapshot.WriteAsync(Log, Reader, Mirror, MirrorSnapshot.Begin(Log), pause, default);

    /// <summary>Puts or removes executions; each also changes its node, and every third its job.</summary>
    public void Apply(IEnumerable<(int N, int Node, bool Goes, string Message)> steps)
    {
        foreach (var (n, node, goes, message) in steps)
        {
            var (id, at) = (n % 2 == 0 ? $"e{n}" : new Guid(n, 1, 1, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(), Now.AddSeconds(1));
            Mirror.Executions.TryGet(id, out var known);
            Mirror.Nodes.TryGet($"node-{node}", out var knownNode);
            var changed = new List<Difference>();
            if (!goes)
            {
                var execution = FeedRig.Execution(id, revision: n, node: $"node-{node}", job: $"job-{n % 4}") with { Actual = new StateReport(ExecutionState.Parse(n % 5 == 0 ? "a state of its own" : "running"), message), UpdatedAt = at };
                changed.Add(new(FleetChange.Of(execution), StateChanges.Of(known?.Value, execution, at), known?.Place ?? default, known?.Value));
                var now = new Node { Id = $"node-{node}", Name = $"edge {node}", Message = message, Labels = new Dictionary<string, string> { ["site"] = $"s{n % 3}" }, LastHeartbeat = at };
                changed.Add(new(FleetChange.Of(now), StateChanges.Of(knownNode?.Value, now, at), knownNode?.Place ?? default) { Former = FormerFacts.Of(knownNode?.Value, now) });
                if (n % 3 == 0)
                {
                    Mirror.Jobs.TryGet($"job-{n % 4}", out var knownJob);
                    var job = new Job { Id = $"job-{n % 4}", Name = "ingest", State = "running", Message = message };
                    changed.Add(new(FleetChange.Of(job), StateChanges.Of(knownJob?.Value, job, at), knownJob?.Place ?? default));
                }
            }
            else
            {
                if (known is not null) changed.Add(new(FleetChange.Gone(FleetKind.Execution, id), StateChanges.Of(known.Value, null, at), known.Place, known.Value));
                if (n % 4 == 0 && knownNode is not null) changed.Add(new(FleetChange.Gone(FleetKind.Node, $"node-{node}"), StateChanges.Of(knownNode.Value, null, at), knownNode.Place));
            }
            if (changed.Count == 0) continue;
            var (first, keys) = Log.Append(changed);
            for (var i = 0; i < changed.Count; i++) Mirror.Apply(changed[i].Change, new(keys[i], first + i), 1);
        }
    }

    /// <summary>Puts or removes entities in one batch. What is removed and not there is left out.</summary>
    public void Put(params IEnumerable<FleetChange> entities)
    {
        var at = Now.AddSeconds(1);
        var changed = entities.Select(entity => DifferenceOf(entity, at)).OfType<Difference>().ToList();
        if (changed.Count == 0) return;
        var (first, keys) = Log.Append(changed);
        for (var i = 0; i < changed.Count; i++) Mirror.Apply(changed[i].Change, new(keys[i], first + i), 1);
    }

    private Difference? DifferenceOf(FleetChange change, DateTimeOffset at) => change.Kind switch
    {
        FleetKind.Execution => DifferenceOf(Mirror.Executions, change, change.Execution, StateChanges.Of, at),
        FleetKind.Node => DifferenceOf(Mirror.Nodes, change, change.Node, StateChanges.Of, at),
        FleetKind.Job => DifferenceOf(Mirror.Jobs, change, change.Job, StateChanges.Of, at),
        FleetKind.Deployment => DifferenceOf(Mirror.Deployments, change, change.Deployment, StateChanges.Of, at),
        _ => new(change, StateChanges.Of(change.Spec!, at)),
    };

    private static Difference? DifferenceOf<T>(EntityTable<T> table, FleetChange change, T? now, Func<T?, T?, DateTimeOffset, StateChange> step, DateTimeOffset at) where T : class
    {
        table.TryGet(change.Id, out var known);
        var before = known?.Value;
        return before is null && now is null ? null : new(change, step(before, now, at), known?.Place ?? default, before as Execution) { Former = FormerFacts.Of(before, now) };
    }

    public void Dispose()
    {
        Log.Dispose();
    }
}
