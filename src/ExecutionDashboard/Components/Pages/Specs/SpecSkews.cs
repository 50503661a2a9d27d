using System.Collections.Concurrent;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Specs;

/// <summary>The distribution of specs over the fleet, computed for all viewers together, at most once a second. Safe for concurrent use.</summary>
public sealed class SpecSkews(Replica replica, TimeProvider time)
{
    private const int MostOpen = 100;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Kept<Execution>> _behind = new(StringComparer.Ordinal);
    private Kept<SpecSkew>? _kept;
    private FleetStore? _store;

    /// <summary>The jobs, most outdated nodes first. The same list until something changes; unchanged jobs are the same objects in the next list.</summary>
    public IReadOnlyList<SpecSkew> Now()
    {
        lock (_gate)
        {
            var (store, version, now) = (replica.Store, replica.Store.Version, time.GetUtcNow());
            if (_kept is { } kept && kept.IsFresh(store, version, now)) return kept.List;
            var before = _kept is { } last && ReferenceEquals(last.Store, store) ? last.List : [];
            var byJob = before.ToDictionary(skew => skew.Job.Id, StringComparer.Ordinal);
            IReadOnlyList<SpecSkew> skews = [.. SpecSkew.Of(store).Select(skew => byJob.TryGetValue(skew.Job.Id, out var was) && was.Equals(skew) ? was : skew)];
            _kept = new(store, version, now, skews.OrBefore(before));
            return _kept.List;
        }
    }

    /// <summary>Executions of a job with an outdated spec, oldest first. The same list until something changes.</summary>
    public IReadOnlyList<Execution> BehindOf(Job job)
    {
        var (store, version, now) = (replica.Store, replica.Store.Version, time.GetUtcNow());
        var kept = _behind.GetValueOrDefault(job.Id);
        if (kept is not null && kept.IsFresh(store, version, now)) return kept.List;
        // Drop results of a fleet that was replaced, so that they do not keep it in memory.
        if (!ReferenceEquals(Interlocked.Exchange(ref _store, store), store) || _behind.Count >= MostOpen) _behind.Clear();
        return (_behind[job.Id] = new(store, version, now, SpecSkew.BehindOf(store, job).OrBefore(kept?.List))).List;
    }

    private sealed record Kept<T>(FleetStore Store, long Version, DateTimeOffset At, IReadOnlyList<T> List)
    {
        public bool IsFresh(FleetStore store, long version, DateTimeOffset now) => ReferenceEquals(Store, store) && (Version == version || now - At < Pace);
    }
}
