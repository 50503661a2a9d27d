using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Past;

/// <summary>Makes entities as they were at a moment from the last changes of the log. One thread at a time.</summary>
internal sealed class PastFleet
{
    // So many are made at a time.
    private const int AtOnce = 1_000;

    private readonly FleetMirror _mirror;
    private readonly LogReader _reader;
    private readonly FormerReader _former;
    private readonly long _sequence;
    private readonly bool _isRecorded;
    private readonly Dictionary<(string Job, int Version), string> _specs = [];
    private readonly Dictionary<string, Job> _gone = new(StringComparer.Ordinal);

    /// <param name="mirror">The fleet as it is now, which has what never changes.</param>
    /// <param name="reader">The log.</param>
    /// <param name="sequence">The number of the last change by the moment.</param>
    public PastFleet(FleetMirror mirror, LogReader reader, long sequence)
    {
        (_mirror, _reader, _former, _sequence) = (mirror, reader, new(reader), sequence);
        using var session = reader.Open();
        _isRecorded = sequence >= LogTimes.FormerSince(session).Sequence;
    }

    /// <summary>The entities after their last changes; removals for those that were removed by them.</summary>
    public IEnumerable<FleetChange> After(IEnumerable<LastChange> changes)
    {
        using var events = _reader.Events();
        foreach (var some in changes.Chunk(AtOnce))
        {
            events.ExpectGone([.. some.Where(last => last.Change.Kind == FleetKind.Execution && _mirror.Executions.OfKey(last.Key) is null).Select(last => last.Key)]);
            // Read before their former facts are: see FormerReader.
            var known = Array.ConvertAll(some, Known);
            var former = _former.After([.. some.Where((last, i) => last.Change.Kind != FleetKind.Execution && known[i].Last != last.Change.Sequence).Select(last => last.Key).Distinct()], _sequence);
            for (var i = 0; i < some.Length; i++)
                if (After(some[i], known[i], former, events) is { } entity) yield return entity;
        }
    }

    /// <summary>Removals of entities.</summary>
    public IEnumerable<FleetChange> Without(IEnumerable<(long Key, FleetKind Kind)> entities)
    {
        using var events = _reader.Events();
        foreach (var some in entities.Chunk(AtOnce))
        {
            events.ExpectGone([.. some.Select(entity => entity.Key)]);
            foreach (var (key, kind) in some)
                if (events.Gone(key) is { } known) yield return FleetChange.Gone(kind, known.Id);
        }
    }

    // The value first: a number that is too new only has its former facts read.
    private (object? Value, long Last) Known(LastChange last)
    {
        return last.Change.Kind switch
        {
            FleetKind.Node => Of(_mirror.Nodes),
            FleetKind.Job => Of(_mirror.Jobs),
            FleetKind.Deployment => Of(_mirror.Deployments),
            _ => (null, 0),
        };

        (object?, long) Of<T>(EntityTable<T> table) where T : class => table.TryGet(last.Change.Id, out var known) ? (known.Value, known.Last) : (null, 0);
    }

    private FleetChange? After(LastChange last, (object? Value, long Last) known, Func<long, IReadOnlyList<byte[]>> former, LaneEvents events)
    {
        var was = last.Change;
        if (was.Kind == FleetKind.Execution) return Execution(last, events);
        if (!PastEntities.Exists(was)) return FleetChange.Gone(was.Kind, was.Id);
        // Unless it has changed since, it is as it is now.
        var isLast = known.Last == was.Sequence;
        var rows = isLast ? [] : former(last.Key);
        return (was.Kind, known.Value) switch
        {
            (_, { } value) when isLast => Unchanged(value),
            (FleetKind.Node, var value) => FleetChange.Of(PastEntities.Of(FormerFacts.Undo(value as Node ?? new Node { Id = was.Id }, rows), was)),
            (FleetKind.Job, var value) => FleetChange.Of(Then(FormerFacts.Undo(value as Job ?? new Job { Id = was.Id, Version = was.JobVersion }, rows), was)),
            (FleetKind.Deployment, var value) => FleetChange.Of(PastEntities.Of(FormerFacts.Undo(value as Deployment ?? new Deployment { Id = was.Id, JobId = was.JobId, ToVersion = was.JobVersion }, rows), was, _isRecorded)),
            _ => null,
        };
    }

    private static FleetChange? Unchanged(object value) => value switch { Node node => FleetChange.Of(PastEntities.Of(node)), Job job => FleetChange.Of(job), Deployment deployment => FleetChange.Of(deployment), _ => null };

    private Job Then(Job job, StateChange was) => PastEntities.Of(job, was, job.Version == was.JobVersion ? job.SpecHash : SpecOf(was));

    private FleetChange? Execution(LastChange last, LaneEvents events)
    {
        var was = last.Change;
        var known = _mirror.Executions.OfKey(last.Key);
        var (now, isLast) = (known?.Value, known?.Last == was.Sequence);
        if (now is not null && isLast) return FleetChange.Of(now);
        if (now is null)
        {
            if (events.Gone(last.Key) is not { } gone) return null;
            var job = JobOf(was.JobId);
            now = new Execution { Id = gone.Id, PreviousId = gone.PreviousId, CreatedAt = gone.CreatedAt, StableAt = gone.StableAt, Namespace = job.Namespace, JobType = job.Type };
        }
        if (!PastEntities.Exists(was)) return FleetChange.Gone(FleetKind.Execution, now.Id);
        return FleetChange.Of(PastEntities.Of(now, was, last.IsReplaced, now.JobVersion == was.JobVersion && now.SpecHash.Length > 0 ? now.SpecHash : SpecOf(was)));
    }

    // Of one that was removed, as it was then.
    private Job JobOf(string id)
    {
        if (_mirror.Jobs.Find(id) is { } known) return known;
        if (!_gone.TryGetValue(id, out var gone)) _gone[id] = gone = FormerFacts.Undo(new Job { Id = id }, [.. _former.Of(FleetKind.Job, id).TakeLast(1)]);
        return gone;
    }

    // A version has one spec: the job tells which, as it is or was, or any execution of it.
    private string SpecOf(StateChange was)
    {
        if (_specs.TryGetValue((was.JobId, was.JobVersion), out var known)) return known;
        var job = _mirror.Jobs.Find(was.JobId);
        var spec = job?.Version == was.JobVersion ? job.SpecHash
            : _mirror.Executions.OfJob(was.JobId).Select(execution => execution.Value).FirstOrDefault(execution => execution.JobVersion == was.JobVersion && execution.SpecHash.Length > 0)?.SpecHash
            ?? _former.Of(FleetKind.Job, was.JobId).Select(FormerFacts.SpecOf).FirstOrDefault(spec => spec.Version == was.JobVersion && spec.SpecHash.Length > 0).SpecHash ?? "";
        return _specs[(was.JobId, was.JobVersion)] = spec;
    }
}
