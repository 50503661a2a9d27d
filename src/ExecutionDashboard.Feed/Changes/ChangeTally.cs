using System.Runtime.InteropServices;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Changes;

/// <summary>
/// Folds the changes of a range into what each entity was at its beginning, is at its end, and was in between. A change that happened before the range and was seen within it belongs to the beginning,
/// as does what the log found already there when it began.
/// </summary>
/// <param name="from">Beginning of the range.</param>
/// <param name="to">End of the range.</param>
/// <param name="states">Classes of the states.</param>
internal sealed class ChangeTally(DateTimeOffset from, DateTimeOffset to, StateClasses states)
{
    private readonly Dictionary<long, TouchedEntity> _touched = [];
    private readonly HashSet<long> _after = [];

    /// <summary>Number of changes taken.</summary>
    public int Count { get; private set; }

    /// <summary>The entities with their keys.</summary>
    public IReadOnlyDictionary<long, TouchedEntity> Touched => _touched;

    /// <summary>Takes a change that was seen within the range.</summary>
    public void Add(in LoggedChange change)
    {
        if (change.Kind == FleetKind.Spec) return;
        Count++;
        ref var entity = ref CollectionsMarshal.GetValueRefOrAddDefault(_touched, change.Entity, out var isKnown);
        if (!isKnown)
            entity = new()
            {
                Kind = change.Kind, Before = change.Old, Previous = change.Previous,
                // Neither a removed execution nor one that is replaced now tells whether it was replaced before.
                IsReplacedBefore = change.Old != 0 && (change.Replaced || change.New == 0) ? null : false,
            };
        if (!entity.HasChanged && change.At <= from)
        {
            (entity.Before, entity.IsReplacedBefore, entity.VersionBefore) = (change.New, change.Replaced, change.Version);
        }
        else
        {
            entity.HasChanged = true;
            if (IsBad(change)) (entity.WasBad, entity.BadSequence, entity.Error) = (true, change.Sequence, change.Error);
        }
        (entity.Now, entity.Job, entity.Version, entity.Node, entity.Last, entity.At, entity.Seen) = (change.New, change.Job, change.Version, change.Node, change.Sequence, change.At, change.Seen);
        entity.IsReplaced = change.New != 0 && change.Replaced;
    }

    /// <summary>Takes a change that was seen after the range: it counts where it happened within it. In order, after all of <see cref="Add"/>.</summary>
    public void AddLater(in LoggedChange change)
    {
        // No change of an entity is before its predecessor, and the first known one says nothing about the time before it.
        if (_after.Contains(change.Entity)) return;
        if (change.At > to || change.Old == 0) _after.Add(change.Entity);
        else Add(change);
    }

    /// <summary>Tells which executions had been replaced at the beginning, by the changes before the range.</summary>
    /// <param name="standOf">Gives what the changes of some numbers say.</param>
    public void Resolve(Func<IEnumerable<long>, IReadOnlyDictionary<long, (int Version, bool Replaced)>> standOf)
    {
        var open = _touched.Where(t => t.Value is { Kind: FleetKind.Execution, IsReplacedBefore: null } && states.Of(t.Value.Before) == StateClass.Bad).Select(t => t.Key).ToList();
        var jobs = _touched.Where(t => t.Value is { Kind: FleetKind.Job, VersionBefore: 0, Previous: > 0 }).Select(t => t.Key).ToList();
        if (open.Count + jobs.Count == 0) return;
        var stands = standOf(open.Concat(jobs).Select(key => _touched[key].Previous));
        foreach (var key in open) Of(key).IsReplacedBefore = stands.TryGetValue(Of(key).Previous, out var stand) && stand.Replaced;
        foreach (var key in jobs) Of(key).VersionBefore = stands.GetValueOrDefault(Of(key).Previous).Version;
    }

    private ref TouchedEntity Of(long key) => ref CollectionsMarshal.GetValueRefOrNullRef(_touched, key);

    private bool IsBad(in LoggedChange change) => change.Kind switch
    {
        FleetKind.Execution => !change.Replaced && states.Of(change.New) == StateClass.Bad,
        FleetKind.Node => change.New != 0 && !states.IsConnected(change.New),
        _ => false,
    };
}

/// <summary>An entity with changes in a range; texts by their keys.</summary>
internal struct TouchedEntity
{
    public FleetKind Kind;
    /// <summary>State at the beginning; 0 when it did not exist.</summary>
    public long Before;
    /// <summary>State at the end; 0 when it was removed.</summary>
    public long Now;
    /// <summary>It was failed, lost or not connected within the range.</summary>
    public bool WasBad;
    /// <summary>It changed within the range, and was not only seen.</summary>
    public bool HasChanged;
    /// <summary>Another execution had replaced it at the beginning; null while that is not known.</summary>
    public bool? IsReplacedBefore;
    /// <summary>Another execution has replaced it at the end.</summary>
    public bool IsReplaced;
    /// <summary>Version of the job at the beginning; 0 when not known, and of an execution, which has one only.</summary>
    public int VersionBefore;
    /// <summary>Version of the job.</summary>
    public int Version;
    /// <summary>The job, the node and the last error code.</summary>
    public long Job, Node, Error;
    /// <summary>Number of the last change into a bad state, whose message is the cause.</summary>
    public long BadSequence;
    /// <summary>Number of the change before the first one in the range.</summary>
    public long Previous;
    /// <summary>Number of the last change.</summary>
    public long Last;
    /// <summary>When it changed last.</summary>
    public DateTimeOffset At;
    /// <summary>When the feed saw that.</summary>
    public DateTimeOffset Seen;
}
