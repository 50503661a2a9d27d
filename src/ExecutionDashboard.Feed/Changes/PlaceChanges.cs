using System.Runtime.InteropServices;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;

namespace ExecutionDashboard.Feed.Changes;

/// <summary>A job on a node, or a node, that is different, or was in between; texts by their keys.</summary>
/// <param name="Kind">How.</param>
/// <param name="Entity">Key of the execution that stands there at the end, or of the node.</param>
/// <param name="Job">The job; 0 for a node.</param>
/// <param name="Node">The node.</param>
/// <param name="FromVersion">Version at the beginning; 0 when not known.</param>
/// <param name="ToVersion">Version at the end.</param>
/// <param name="State">State at the end.</param>
/// <param name="Error">Error code of the last failure.</param>
/// <param name="CauseSequence">Number of the change with its message; 0 without one within the range.</param>
/// <param name="At">When it changed last.</param>
/// <param name="Seen">When the feed saw that.</param>
internal readonly record struct PlaceChange(
    ChangeKind Kind, long Entity, long Job, long Node, int FromVersion, int ToVersion, long State, long Error, long CauseSequence, DateTimeOffset At, DateTimeOffset Seen);

/// <summary>
/// Judges jobs on nodes rather than executions, since a retry is another execution: what stands in a place is its newest execution that nothing has replaced.
/// </summary>
internal static class PlaceChanges
{
    /// <summary>All changes of executions and nodes.</summary>
    public static IEnumerable<PlaceChange> Of(ChangeTally tally, StateClasses states) => OfPlaces(tally.Touched, states).Concat(OfNodes(tally.Touched, states));

    private static IEnumerable<PlaceChange> OfPlaces(IReadOnlyDictionary<long, TouchedEntity> touched, StateClasses states)
    {
        var places = new Dictionary<(long Job, long Node), Place>();
        foreach (var (key, entity) in touched)
        {
            if (entity.Kind != FleetKind.Execution) continue;
            // One that is not placed yet is alone.
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, (entity.Job, entity.Node != 0 ? entity.Node : -key), out _);
            if (entity.Before != 0 && key > place.Before && entity.IsReplacedBefore != true) (place.Before, place.FromVersion) = (key, entity.Version);
            if (entity.Now != 0 && !entity.IsReplaced && key > place.Now) place.Now = key;
            place.HasChanged |= entity.HasChanged;
            place.WasBadBefore |= entity.IsReplacedBefore == false && states.Of(entity.Before) == StateClass.Bad;
            if (entity.WasBad && entity.BadSequence > place.BadSequence) (place.BadSequence, place.Error) = (entity.BadSequence, entity.Error);
        }
        foreach (var ((job, node), place) in places)
        {
            if (!place.HasChanged || place.Now == 0) continue;
            var now = touched[place.Now];
            var change = new PlaceChange(default, place.Now, job, Math.Max(0, node), place.FromVersion, now.Version, now.Now, place.Error, place.BadSequence, now.At, now.Seen);
            if (KindOf(place, states.Of(now.Now)) is { } kind) yield return change with { Kind = kind };
            if (place.Before != 0 && place.FromVersion != now.Version) yield return change with { Kind = ChangeKind.Moved };
        }
    }

    private static ChangeKind? KindOf(in Place place, StateClass now) => now switch
    {
        StateClass.Bad => place.WasBadBefore ? null : ChangeKind.Failed,
        StateClass.Good when place.WasBadBefore => ChangeKind.Recovered,
        StateClass.Good when place.BadSequence > 0 => ChangeKind.FailedMeanwhile,
        _ => null,
    };

    private static IEnumerable<PlaceChange> OfNodes(IReadOnlyDictionary<long, TouchedEntity> touched, StateClasses states)
    {
        foreach (var (key, node) in touched)
        {
            if (node.Kind != FleetKind.Node || !node.HasChanged) continue;
            ChangeKind? kind = (node.Before, node.Now) switch
            {
                (0, 0) => null,
                (0, _) => ChangeKind.NodesAdded,
                (_, 0) => ChangeKind.NodesRemoved,
                var (before, now) => (states.IsConnected(before), states.IsConnected(now)) switch
                {
                    (true, false) => ChangeKind.NodesLost,
                    (false, true) => ChangeKind.NodesBack,
                    (true, true) when node.WasBad => ChangeKind.NodesLostMeanwhile,
                    _ => null,
                },
            };
            if (kind is { } known) yield return new(known, key, 0, node.Node, 0, 0, node.Now, 0, node.BadSequence, node.At, node.Seen);
        }
    }

    private struct Place
    {
        // Keys of the executions that stood there at the beginning and at the end.
        public long Before, Now;
        public int FromVersion;
        public bool HasChanged, WasBadBefore;
        public long BadSequence, Error;
    }
}
