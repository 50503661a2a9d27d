using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Past;

/// <summary>Makes entities as they were from the last changes of the log. One thread at a time.</summary>
/// <param name="mirror">The fleet as it is now, which has what never changes.</param>
/// <param name="reader">The log.</param>
internal sealed class PastFleet(FleetMirror mirror, LogReader reader)
{
    // Executions that are gone are asked for so many at a time.
    private const int AtOnce = 1_000;

    private readonly Dictionary<(string Job, int Version), string> _specs = [];

    /// <summary>The entities after their last changes; removals for those that were removed by them.</summary>
    public IEnumerable<FleetChange> After(IEnumerable<LastChange> changes)
    {
        using var events = reader.Events();
        foreach (var some in changes.Chunk(AtOnce))
        {
            events.ExpectGone([.. some.Where(last => last.Change.Kind == FleetKind.Execution && mirror.Executions.OfKey(last.Key) is null).Select(last => last.Key)]);
            foreach (var last in some)
                if (After(last, events) is { } entity) yield return entity;
        }
    }

    /// <summary>Removals of entities.</summary>
    public IEnumerable<FleetChange> Without(IEnumerable<(long Key, FleetKind Kind)> entities)
    {
        using var events = reader.Events();
        foreach (var some in entities.Chunk(AtOnce))
        {
            events.ExpectGone([.. some.Select(entity => entity.Key)]);
            foreach (var (key, kind) in some)
                if (events.Gone(key) is { } known) yield return FleetChange.Gone(kind, known.Id);
        }
    }

    private FleetChange? After(LastChange last, LaneEvents events)
    {
        var was = last.Change;
        return was.Kind switch
        {
            FleetKind.Execution => Execution(last, events),
            FleetKind.Node => After(mirror.Nodes, was, () => new Node { Id = was.Id }, node => FleetChange.Of(PastEntities.Of(node)), node => FleetChange.Of(PastEntities.Of(node, was))),
            FleetKind.Job => After(mirror.Jobs, was, () => new Job { Id = was.Id, Version = was.JobVersion }, FleetChange.Of, job => FleetChange.Of(PastEntities.Of(job, was, SpecOf(was)))),
            FleetKind.Deployment => After(mirror.Deployments, was, () => new Deployment { Id = was.Id, JobId = was.JobId, ToVersion = was.JobVersion }, FleetChange.Of, deployment => FleetChange.Of(PastEntities.Of(deployment, was))),
            _ => null,
        };
    }

    // Unless it has changed since, it is as it is now. What is gone has no name any more.
    private static FleetChange After<T>(EntityTable<T> table, StateChange was, Func<T> gone, Func<T, FleetChange> unchanged, Func<T, FleetChange> then) where T : class
    {
        if (!PastEntities.Exists(was)) return FleetChange.Gone(was.Kind, was.Id);
        if (!table.TryGet(was.Id, out var known)) return then(gone());
        var value = known.Value;
        return known.Last == was.Sequence ? unchanged(value) : then(value);
    }

    private FleetChange? Execution(LastChange last, LaneEvents events)
    {
        var was = last.Change;
        var known = mirror.Executions.OfKey(last.Key);
        var (now, isLast) = (known?.Value, known?.Last == was.Sequence);
        if (now is not null && isLast) return FleetChange.Of(now);
        if (now is null)
        {
            if (events.Gone(last.Key) is not { } gone) return null;
            var job = mirror.Jobs.Find(was.JobId);
            now = new Execution { Id = gone.Id, PreviousId = gone.PreviousId, CreatedAt = gone.CreatedAt, StableAt = gone.StableAt, Namespace = job?.Namespace ?? "", JobType = job?.Type ?? "" };
        }
        if (!PastEntities.Exists(was)) return FleetChange.Gone(FleetKind.Execution, now.Id);
        return FleetChange.Of(PastEntities.Of(now, was, last.IsReplaced, now.JobVersion == was.JobVersion && now.SpecHash.Length > 0 ? now.SpecHash : SpecOf(was)));
    }

    // A version has one spec: any execution of it tells which.
    private string SpecOf(StateChange was)
    {
        if (_specs.TryGetValue((was.JobId, was.JobVersion), out var known)) return known;
        var job = mirror.Jobs.Find(was.JobId);
        var spec = job?.Version == was.JobVersion ? job.SpecHash
            : mirror.Executions.OfJob(was.JobId).Select(execution => execution.Value).FirstOrDefault(execution => execution.JobVersion == was.JobVersion && execution.SpecHash.Length > 0)?.SpecHash ?? "";
        return _specs[(was.JobId, was.JobVersion)] = spec;
    }
}
