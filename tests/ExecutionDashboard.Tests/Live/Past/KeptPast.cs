using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Tests.Live.Past;

/// <summary>A change log in memory: each change is seen a minute after the one before. It counts what it is asked.</summary>
internal sealed class KeptPast : IPastFeed
{
    private readonly List<FleetChange> _changes = [];

    /// <summary>When the first change was seen.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 1, 10, 0, 0, TimeSpan.Zero);

    public int Loads { get; private set; }
    public int Moves { get; private set; }

    /// <summary>Set to keep everybody who loads waiting.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>When a change was seen, from 1.</summary>
    public static DateTimeOffset Seen(int change) => Start.AddMinutes(change - 1);

    public void Add(params FleetChange[] changes) => _changes.AddRange(changes);

    public PastMoment At(DateTimeOffset at) => new() { LogId = "log", At = at, Sequence = Enumerable.Range(1, _changes.Count).Count(change => Seen(change) <= at), KnownSince = _changes.Count == 0 ? null : Start, WatchedUntil = Seen(_changes.Count) };

    public Task<(PastMoment? Moment, string? Problem)> AtAsync(DateTimeOffset at, CancellationToken cancel) => Task.FromResult<(PastMoment?, string?)>((At(at), null));

    public int Counted { get; private set; }

    public Task<(PastCounts? Counts, string? Problem)> CountAsync(long sequence, CancellationToken cancel)
    {
        Counted++;
        return Task.FromResult<(PastCounts?, string?)>((new(_changes.Take((int)sequence).Where(change => change.Kind == FleetKind.Execution).GroupBy(change => change.Id).Select(changes => changes.Last().Execution)
            .OfType<Execution>().GroupBy(execution => execution.Actual.State.Name).ToDictionary(state => state.Key, state => state.Count()), new Dictionary<string, int>()), null));
    }

    public async Task<(FleetStore? Store, string? Problem)> LoadAsync(long sequence, Action<int> progress, CancellationToken cancel)
    {
        Loads++;
        if (Gate is { } gate) await gate.Task.WaitAsync(cancel);
        var store = new FleetStore();
        foreach (var change in _changes.Take((int)sequence)) store.Apply([change]);
        return (store, null);
    }

    public Task<(FeedBatch? Batch, string? Problem)> BetweenAsync(long from, long to, CancellationToken cancel)
    {
        Moves++;
        var known = _changes.Take((int)to).ToList();
        var touched = _changes.Skip((int)Math.Min(from, to)).Take((int)Math.Abs(from - to)).Select(change => (change.Kind, change.Id)).Distinct();
        return Task.FromResult<(FeedBatch?, string?)>((new FeedBatch { Previous = from, Sequence = to, Changes = [.. touched.Select(thing => known.LastOrDefault(change => (change.Kind, change.Id) == thing) ?? FleetChange.Gone(thing.Kind, thing.Id))] }, null));
    }

    /// <summary>What the feed kept of problems; null when it does not say.</summary>
    public ProblemMoment? Problems { get; set; }

    public Task<(ProblemMoment? Moment, string? Problem)> ProblemsAsync(DateTimeOffset at, CancellationToken cancel) => Task.FromResult((Problems, Problems is null ? "not kept" : null));

    public Task<(DateTimeOffset? At, string? Problem)> StepAsync(DateTimeOffset at, bool isForward, FleetKind? kind, string id, CancellationToken cancel)
    {
        var times = Enumerable.Range(1, _changes.Count).Where(change => kind is null || _changes[change - 1].Id == id).Select(Seen);
        var next = isForward ? times.Where(time => time > at).Cast<DateTimeOffset?>().FirstOrDefault() : times.Where(time => time < at).Cast<DateTimeOffset?>().LastOrDefault();
        return Task.FromResult<(DateTimeOffset?, string?)>((next, null));
    }
}
