using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>How a page was read, which decides whether its rows are newer than known ones.</summary>
/// <param name="AskedAt">Number of commits when the page was requested.</param>
/// <param name="Walk">Number of the walk over the whole list; 0 for a poll.</param>
internal readonly record struct PageReading(long AskedAt, long Walk);

/// <summary>The result of a page.</summary>
/// <param name="Known">For each row, whether it had nothing new.</param>
/// <param name="Changed">Number of differences stored.</param>
internal readonly record struct Taken(bool[] Known, int Changed);

/// <summary>Compares pages with known entities and commits the differences.</summary>
internal sealed class PageIntake<T>(EntityKind<T> kind, FleetMirror mirror, ChangeCommitter committer, SpecCache? specs, TimeProvider time) where T : class
{
    // A large fleet sends thousands of heartbeats a second; 30 s is well below the limit for a stale one.
    private static readonly TimeSpan HeartbeatsEvery = TimeSpan.FromSeconds(5), ManyHeartbeatsEvery = TimeSpan.FromSeconds(30);
    private const int ManyNodes = 1_000;
    private long? _heartbeatsAt;
    private long _heartbeatsWalk;

    public EntityKind<T> Kind { get; } = kind;

    /// <summary>Processes a page.</summary>
    public async Task<Taken> TakeAsync(FleetPage<T> page, PageReading reading, CancellationToken cancel)
    {
        var now = committer.SeenNow();
        var known = new bool[page.Items.Count];
        var differences = new List<Difference>();
        var heartbeats = new List<Node>();
        AddSpecs(page.Specs, differences, now);
        var newest = NewestOfEach(page.Items);
        for (var i = 0; i < known.Length; i++)
        {
            var item = page.Items[i];
            var id = Kind.Table.IdOf(item);
            if (newest is not null && newest[id] != i)
            {
                known[i] = true;
                continue;
            }
            Kind.Table.TryGet(id, out var before);
            known[i] = before is not null && !IsNews(item, before, reading);
            if (before is not null && reading.Walk != 0) before.Walk = reading.Walk;
            if (known[i]) continue;
            var valueBefore = before?.Value;
            if (item is Node node && valueBefore is Node nodeBefore && node.EqualsApartFromHeartbeat(nodeBefore))
            {
                heartbeats.Add(nodeBefore.WithHeartbeatOf(node));
                continue;
            }
            item = Kind.Keep(item);
            AddNamedSpec(Kind.SpecHash(item), differences, now);
            differences.Add(new Difference(Kind.Table.ChangeOf(item), Kind.Step(valueBefore, item, now), before?.Place ?? default, valueBefore as Execution) { Former = FormerFacts.Of(valueBefore, item) });
        }
        await committer.CommitAsync(differences, cancel);
        ShowHeartbeats(heartbeats, reading.Walk);
        if (reading.Walk != 0)
            foreach (var difference in differences)
                if (difference.Change.Kind == Kind.Table.Kind && Kind.Table.TryGet(difference.Change.Id, out var added)) added.Walk = reading.Walk;
        return new(known, differences.Count);
    }

    /// <summary>Commits removals.</summary>
    public Task RemoveAsync(IEnumerable<Tracked<T>> gone, CancellationToken cancel)
    {
        var now = committer.SeenNow();
        return committer.CommitAsync(
            [.. gone.Select(k => (k.Place, k.Value)).Select(k => new Difference(FleetChange.Gone(Kind.Table.Kind, Kind.Table.IdOf(k.Value)), Kind.Step(k.Value, null, now), k.Place, k.Value as Execution) { Former = FormerFacts.Of(k.Value, null) })], cancel);
    }

    private bool IsNews(T item, Tracked<T> before, PageReading reading)
    {
        if (before.Has(item)) return false;
        // The known value was read after this page was requested, so the page is older.
        if (before.Commit > reading.AskedAt) return false;
        if (reading.Walk == 0) return !Kind.IsStale(item, before.Value);
        // Found twice in this walk: rows move between pages, and a server may have two with one id. The newer one is kept.
        return before.Walk != reading.Walk || Kind.IsNewer(item, before.Value);
    }

    // Null when ids are unique, which is the normal case.
    private Dictionary<string, int>? NewestOfEach(IReadOnlyList<T> items)
    {
        var newest = new Dictionary<string, int>(items.Count, StringComparer.Ordinal);
        var twice = false;
        for (var i = 0; i < items.Count; i++)
        {
            var id = Kind.Table.IdOf(items[i]);
            if (newest.TryAdd(id, i)) continue;
            twice = true;
            if (Kind.IsNewer(items[i], items[newest[id]])) newest[id] = i;
        }
        return twice ? newest : null;
    }

    private void AddSpecs(IReadOnlyList<JobSpec> read, List<Difference> differences, DateTimeOffset now)
    {
        foreach (var spec in read)
            if (mirror.Specs.Find(spec.Hash) is null) differences.Add(new(FleetChange.Of(spec), StateChanges.Of(spec, now)));
    }

    // The client returns a spec once; another reader of the same client may have got it.
    private void AddNamedSpec(string hash, List<Difference> differences, DateTimeOffset now)
    {
        if (hash.Length == 0 || specs is null || mirror.Specs.Find(hash) is not null || !specs.TryGet(hash, out var spec)) return;
        if (!differences.Exists(d => d.Change.Kind == FleetKind.Spec && d.Change.Id == hash))
            differences.Add(new(FleetChange.Of(spec), StateChanges.Of(spec, now)));
    }

    // Show the heartbeats of all pages of a walk or none: else the nodes of later pages would look silent.
    private void ShowHeartbeats(List<Node> heartbeats, long walk)
    {
        if (heartbeats.Count == 0) return;
        if (walk == 0 || walk != _heartbeatsWalk)
        {
            var every = mirror.Nodes.Count > ManyNodes ? ManyHeartbeatsEvery : HeartbeatsEvery;
            if (_heartbeatsAt is { } last && time.GetElapsedTime(last) < every) return;
            (_heartbeatsAt, _heartbeatsWalk) = (time.GetTimestamp(), walk);
        }
        committer.ShowHeartbeats(heartbeats);
    }
}
