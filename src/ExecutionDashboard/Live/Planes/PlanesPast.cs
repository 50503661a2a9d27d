using System.Collections.Concurrent;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Live.Planes;

/// <summary>
/// The change logs of several planes, asked about moments. A moment has one number in each log; the number of the fleet is their sum, which grows with time as they do, so it stands for the
/// numbers that were told for it. A moment that one of the planes does not know is not known.
/// </summary>
/// <param name="planes">The planes.</param>
/// <param name="logs">The log of each, in the same order.</param>
public sealed class PlanesPast(FleetPlanes planes, IReadOnlyList<IPastFeed> logs) : IPastFeed
{
    // A tab that looks at a moment was told its numbers before; more are forgotten, and the moment is asked for again.
    private const int MostMoments = 20_000;

    private const string Forgotten = "Too many other moments were looked at since: go to this one again.";

    private readonly ConcurrentDictionary<long, long[]> _numbers = new();

    /// <inheritdoc/>
    public async Task<(PastMoment? Moment, string? Problem)> AtAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var (moments, problem) = await AllAsync((log, _) => log.AtAsync(at, cancel));
        if (moments is null) return (null, problem);
        var isKnown = Array.TrueForAll(moments, moment => moment.IsKnown);
        var sum = isKnown ? moments.Sum(moment => moment.Sequence) : 0;
        if (isKnown)
        {
            if (_numbers.Count >= MostMoments) _numbers.Clear();
            _numbers[sum] = [.. moments.Select(moment => moment.Sequence)];
        }
        return (new()
        {
            LogId = string.Join(' ', moments.Select(moment => moment.LogId)), At = at, Sequence = sum,
            KnownSince = Array.TrueForAll(moments, moment => moment.KnownSince is not null) ? moments.Max(moment => moment.KnownSince) : null,
            WatchedUntil = moments.Min(moment => moment.WatchedUntil), Gap = moments.Select(moment => moment.Gap).FirstOrDefault(gap => gap is not null),
        }, null);
    }

    /// <inheritdoc/>
    public async Task<(PastCounts? Counts, string? Problem)> CountAsync(long sequence, CancellationToken cancel)
    {
        if (!_numbers.TryGetValue(sequence, out var numbers)) return (null, Forgotten);
        var (counts, problem) = await AllAsync((log, i) => log.CountAsync(numbers[i], cancel));
        return (counts is null ? null : PastCounts.Sum(counts), problem);
    }

    /// <inheritdoc/>
    public async Task<(FleetStore? Store, string? Problem)> LoadAsync(long sequence, Action<int> progress, CancellationToken cancel)
    {
        if (!_numbers.TryGetValue(sequence, out var numbers)) return (null, Forgotten);
        var fleet = new FleetStore { Planes = planes };
        for (var i = 0; i < logs.Count; i++)
        {
            var before = fleet.ExecutionCount;
            var (part, problem) = await logs[i].LoadAsync(numbers[i], read => progress(before + read), cancel);
            if (part is null) return (null, $"{planes.Names[i]}: {problem}");
            var name = planes.Names[i];
            await Task.Run(() =>
            {
                foreach (var changes in PlaneReplica.All(part).Chunk(PlaneReplica.StepChanges)) fleet.Apply([.. changes.Select(change => PlaneEntities.In(name, change))]);
            }, cancel);
        }
        return (fleet, null);
    }

    /// <inheritdoc/>
    public async Task<(FeedBatch? Batch, string? Problem)> BetweenAsync(long from, long to, CancellationToken cancel)
    {
        // Loading is always possible.
        if (!_numbers.TryGetValue(from, out var first) || !_numbers.TryGetValue(to, out var last)) return (null, null);
        var changes = new List<FleetChange>();
        for (var i = 0; i < logs.Count; i++)
        {
            if (first[i] == last[i]) continue;
            var (batch, problem) = await logs[i].BetweenAsync(first[i], last[i], cancel);
            if (batch is null) return (null, problem is null ? null : $"{planes.Names[i]}: {problem}");
            changes.AddRange(batch.Changes.Select(change => PlaneEntities.In(planes.Names[i], change)));
        }
        return (new() { Previous = from, Sequence = to, Changes = changes }, null);
    }

    /// <inheritdoc/>
    public async Task<(DateTimeOffset? At, string? Problem)> StepAsync(DateTimeOffset at, bool isForward, FleetKind? kind, string id, CancellationToken cancel)
    {
        if (planes.Of(id) is { Length: > 0 } plane) return await logs[planes.Names.ToList().IndexOf(plane)].StepAsync(at, isForward, kind, planes.OwnId(id), cancel);
        var steps = await Task.WhenAll(logs.Select(log => log.StepAsync(at, isForward, kind, id, cancel)));
        var times = steps.Select(step => step.At).OfType<DateTimeOffset>().ToList();
        var problem = steps.Select((step, i) => step.Problem is { } why ? $"{planes.Names[i]}: {why}" : null).FirstOrDefault(why => why is not null);
        return problem is not null ? (null, problem) : (times.Count == 0 ? null : isForward ? times.Min() : times.Max(), null);
    }

    /// <inheritdoc/>
    public Task<(ProblemMoment? Moment, string? Problem)> ProblemsAsync(DateTimeOffset at, CancellationToken cancel) =>
        // The first plane's feed keeps them for the whole fleet.
        logs[0].ProblemsAsync(at, cancel);

    private async Task<(T[]? Answers, string? Problem)> AllAsync<T>(Func<IPastFeed, int, Task<(T? Answer, string? Problem)>> ask) where T : class
    {
        var asked = await Task.WhenAll(logs.Select(ask));
        for (var i = 0; i < asked.Length; i++)
            if (asked[i].Answer is null) return (null, $"{planes.Names[i]}: {asked[i].Problem}");
        return ([.. asked.Select(one => one.Answer!)], null);
    }
}
