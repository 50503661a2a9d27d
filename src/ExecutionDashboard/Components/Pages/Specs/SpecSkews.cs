using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
    // By store: a fleet that was replaced is not kept in memory until somebody looks again.
    private readonly ConditionalWeakTable<FleetStore, OfStore> _ofStore = [];

    /// <summary>The jobs, most outdated nodes first. The same list until something changes; unchanged jobs are the same objects in the next list.</summary>
    public IReadOnlyList<SpecSkew> Now()
    {
        lock (_gate)
        {
            var (store, version, now) = (replica.Store, replica.Store.Version, time.GetUtcNow());
            var all = _ofStore.GetOrCreateValue(store);
            if (all.Skews is { } kept && kept.IsFresh(version, now)) return kept.List;
            var before = all.Skews?.List ?? [];
            var byJob = before.ToDictionary(skew => skew.Job.Id, StringComparer.Ordinal);
            IReadOnlyList<SpecSkew> skews = [.. SpecSkew.Of(store).Select(skew => byJob.TryGetValue(skew.Job.Id, out var was) && was.Equals(skew) ? was : skew)];
            all.Skews = new(version, now, skews.OrBefore(before));
            return all.Skews.List;
        }
    }

    /// <summary>Executions of a job with an outdated spec, oldest first. The same list until something changes.</summary>
    public IReadOnlyList<Execution> BehindOf(Job job)
    {
        var (store, version, now) = (replica.Store, replica.Store.Version, time.GetUtcNow());
        var behind = _ofStore.GetOrCreateValue(store).Behind;
        var kept = behind.GetValueOrDefault(job.Id);
        if (kept is not null && kept.IsFresh(version, now)) return kept.List;
        if (behind.Count >= MostOpen) behind.Clear();
        return (behind[job.Id] = new(version, now, SpecSkew.BehindOf(store, job).OrBefore(kept?.List))).List;
    }

    private sealed class OfStore
    {
        public Kept<SpecSkew>? Skews { get; set; }
        public ConcurrentDictionary<string, Kept<Execution>> Behind { get; } = new(StringComparer.Ordinal);
    }

    private sealed record Kept<T>(long Version, DateTimeOffset At, IReadOnlyList<T> List)
    {
        public bool IsFresh(long version, DateTimeOffset now) => Version == version || now - At < Pace;
    }
}
