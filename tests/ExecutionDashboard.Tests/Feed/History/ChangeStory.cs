using CsCheck;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;

namespace ExecutionDashboard.Tests.Feed.History;

/// <summary>Something that happens in a random story of jobs on nodes.</summary>
internal sealed record PlaceHappening(int What, int Job, int Node, int State, int Passed, int Jump);

/// <summary>A random story of jobs on nodes that a control plane could tell: told to a feed, and kept beside it as a plain list.</summary>
internal sealed class ChangeStory
{
    private static readonly string[] States = ["pending", "starting", "running", "running", "degraded", "failed", "lost", "completed", "stopped"];
    private static readonly string[] Connections = ["connected", "connected", "disconnected", "lost"];

    private readonly List<Told> _told = [];
    private readonly Dictionary<(int Job, int Node), string> _current = [];

    private sealed record Told(FleetKind Kind, string Id, string Job, string Node, int Version, string State, bool Replaced, DateTimeOffset At, DateTimeOffset Seen);

    // What an entity was at the beginning of a range, is at its end, and whether it was bad within.
    private sealed record Stand(Told First, Told? Before, Told? Now, bool HasChanged, bool WasBad);

    public static Gen<PlaceHappening> Any { get; } =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 8], Gen.Int[0, 90], Gen.Frequency((6, Gen.Const(0)), (2, Gen.Int[-300, 0]), (1, Gen.Int[0, 400])))
            .Select((what, job, node, state, passed, jump) => new PlaceHappening(what, job, node, state, passed, jump));

    public async Task TellAsync(FeedRig feed, IEnumerable<PlaceHappening> happenings)
    {
        var seen = FeedRig.Start;
        foreach (var (what, job, node, state, passed, jump) in happenings)
        {
            seen = seen.AddSeconds(passed);
            var at = seen.AddSeconds(jump);
            var current = _current.GetValueOrDefault((job, node), "");
            if (what <= 2)
            {
                // A new execution takes the place of the one before.
                var id = $"e{_told.Count}";
                if (current.Length > 0) await ExecutionAsync(feed, current, job, node, null, id, at, seen);
                await ExecutionAsync(feed, id, job, node, States[state], "", at, seen, version: 1 + (what + _told.Count) % 3);
                _current[(job, node)] = id;
            }
            else if (what <= 6 && current.Length > 0)
            {
                await ExecutionAsync(feed, current, job, node, States[state], "", at, seen);
            }
            else if (what == 7)
            {
                // Garbage is collected: the oldest of the place, or the current one.
                var gone = feed.Mirror.Executions.All().Where(e => e.Value.JobId == $"job-{job}" && e.Value.NodeId == $"n{node}").OrderBy(e => e.Key).FirstOrDefault();
                if (gone is null) continue;
                await RemoveAsync(feed, gone.Value.Id, at, seen);
                if (gone.Value.Id == current) _current.Remove((job, node));
            }
            else
            {
                await NodeAsync(feed, $"n{node}", state == 8 ? null : Connections[state % 4], at, seen);
            }
        }
    }

    /// <summary>What changed between two moments, by going through all that was told: <c>Failed job-1 n2 1→2</c>.</summary>
    public IEnumerable<string> Between(DateTimeOffset from, DateTimeOffset to)
    {
        var stands = _told.GroupBy(t => (t.Kind, t.Id)).Select(thing => StandOf([.. thing], from, to)).ToList();
        foreach (var place in stands.Where(s => s.First.Kind == FleetKind.Execution).GroupBy(s => (s.First.Job, s.First.Node)))
        {
            var now = place.LastOrDefault(s => s.Now is { State.Length: > 0, Replaced: false });
            if (now is null || !place.Any(s => s.HasChanged)) continue;
            var before = place.LastOrDefault(s => s.Before is { State.Length: > 0, Replaced: false });
            var wasBad = place.Any(s => s.Before is { Replaced: false } b && IsBad(b));
            var words = $"{place.Key.Job} {place.Key.Node}";
            if (IsBad(now.Now!)) { if (!wasBad) yield return $"{ChangeKind.Failed} {words}"; }
            else if (now.Now!.State is "running" or "completed")
            {
                if (wasBad) yield return $"{ChangeKind.Recovered} {words}";
                else if (place.Any(s => s.WasBad)) yield return $"{ChangeKind.FailedMeanwhile} {words}";
            }
            if (before is not null && before.First.Version != now.First.Version) yield return $"{ChangeKind.Moved} {words} {before.First.Version}→{now.First.Version}";
        }
        foreach (var (first, before, now, hasChanged, wasBad) in stands.Where(s => s.First.Kind == FleetKind.Node && s.HasChanged))
        {
            var (was, isNow) = (before?.State ?? "", now?.State ?? "");
            ChangeKind? kind = was.Length == 0 && isNow.Length == 0 ? null : was.Length == 0 ? ChangeKind.NodesAdded : isNow.Length == 0 ? ChangeKind.NodesRemoved
                : (was == "connected", isNow == "connected") switch
                {
                    (true, false) => ChangeKind.NodesLost,
                    (false, true) => ChangeKind.NodesBack,
                    (true, true) when wasBad => ChangeKind.NodesLostMeanwhile,
                    _ => null,
                };
            if (kind is not null) yield return $"{kind} {first.Id}";
        }
    }

    private static Stand StandOf(List<Told> told, DateTimeOffset from, DateTimeOffset to)
    {
        var (before, now, hasChanged, wasBad) = (default(Told), default(Told), false, false);
        foreach (var change in told)
        {
            var at = change.At > change.Seen.AddMinutes(5) ? change.Seen : change.At;
            if (change.Seen > to && (at > to || now is null or { State.Length: 0 })) break;
            if (change.Seen <= from || (!hasChanged && at <= from))
            {
                before = change;
            }
            else
            {
                hasChanged = true;
                wasBad |= change.Kind == FleetKind.Node ? change.State.Length > 0 && change.State != "connected" : !change.Replaced && IsBad(change);
            }
            now = change;
        }
        return new(told[0], before, now, hasChanged, wasBad);
    }

    private static bool IsBad(Told told) => told.State is "failed" or "lost";

    private async Task ExecutionAsync(FeedRig feed, string id, int job, int node, string? state, string next, DateTimeOffset at, DateTimeOffset seen, int version = 0)
    {
        var known = feed.Mirror.Executions.TryGet(id, out var found) ? found : null;
        var now = (known?.Value ?? FeedRig.Execution(id, node: $"n{node}", job: $"job-{job}") with { JobVersion = version }) with { Revision = (known?.Value.Revision ?? 0) + 1, UpdatedAt = at };
        if (state is not null) now = now with { Actual = new StateReport(ExecutionState.Parse(state), state == "failed" ? $"exit code {_told.Count}" : "") };
        if (next.Length > 0) now = now with { NextId = next };
        await feed.Committer.CommitAsync([new(FleetChange.Of(now), StateChanges.Of(known?.Value, now, seen), known?.Place ?? default, known?.Value)], default);
        _told.Add(new(FleetKind.Execution, id, now.JobId, now.NodeId, now.JobVersion, now.Actual.State.Name, now.NextId.Length > 0, at, seen));
    }

    private async Task RemoveAsync(FeedRig feed, string id, DateTimeOffset at, DateTimeOffset seen)
    {
        var known = feed.Mirror.Executions.TryGet(id, out var found) ? found : throw new InvalidOperationException(id);
        await feed.Committer.CommitAsync([new(FleetChange.Gone(FleetKind.Execution, id), StateChanges.Of(known.Value, null, seen), known.Place, known.Value)], default);
        _told.Add(new(FleetKind.Execution, id, known.Value.JobId, known.Value.NodeId, known.Value.JobVersion, "", false, seen, seen));
    }

    private async Task NodeAsync(FeedRig feed, string id, string? connection, DateTimeOffset at, DateTimeOffset seen)
    {
        var known = feed.Mirror.Nodes.TryGet(id, out var found) ? found : null;
        if (known is null && connection is null) return;
        var now = connection is null ? null : new Node { Id = id, Connection = connection, UpdatedAt = at };
        var step = StateChanges.Of(known?.Value, now, seen);
        await feed.Committer.CommitAsync([new(now is null ? FleetChange.Gone(FleetKind.Node, id) : FleetChange.Of(now), step, known?.Place ?? default)], default);
        _told.Add(new(FleetKind.Node, id, "", id, 0, step.To, false, step.At, seen));
    }
}
