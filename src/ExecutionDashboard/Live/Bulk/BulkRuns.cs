using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Live.Bulk;

/// <summary>The bulk runs, the same for all viewers of this process. Raises <see cref="Topics.Bulk"/>. Any thread reads.</summary>
public sealed class BulkRuns(LiveSignals signals)
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<BulkRun>? _all;

    /// <summary>The feed has told which runs there are.</summary>
    public bool IsKnown => _all is not null;

    /// <summary>All runs, newest first; empty until <see cref="IsKnown"/>.</summary>
    public IReadOnlyList<BulkRun> All => _all ?? [];

    /// <summary>A run; null when there is none of this id.</summary>
    public BulkRun? Find(string id) => All.FirstOrDefault(r => r.Id == id);

    /// <summary>Takes runs that changed.</summary>
    /// <param name="changed">The runs.</param>
    /// <param name="isWhole">They are all there are.</param>
    internal void Show(IReadOnlyList<BulkRun> changed, bool isWhole)
    {
        lock (_gate)
        {
            var runs = isWhole ? [] : All.ToDictionary(r => r.Id, StringComparer.Ordinal);
            // A reply may be older than the one before it.
            foreach (var run in changed)
                if (!runs.TryGetValue(run.Id, out var held) || held.Version < run.Version) runs[run.Id] = run;
            _all = [.. runs.Values.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id, StringComparer.Ordinal).Take(BulkLimits.Listed)];
        }
        signals.Raise(Topics.Bulk);
    }
}
