using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Specs;

/// <summary>Which share of the fleet runs which spec, worked out once for all who look, once a second at most.</summary>
public sealed class SpecSkews(Replica replica, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private volatile Kept? _kept;

    /// <summary>The jobs, those with most nodes behind first. The same list while nothing changed, and for a second after it was made.</summary>
    public IReadOnlyList<SpecSkew> Now()
    {
        var (store, now, kept) = (replica.Store, time.GetUtcNow(), _kept);
        if (kept is not null && ReferenceEquals(kept.Store, store) && (kept.Version == store.Version || now - kept.At < Pace)) return kept.Skews;
        var version = store.Version;
        var skews = SpecSkew.Of(store);
        _kept = new Kept(store, version, now, skews);
        return skews;
    }

    private sealed record Kept(FleetStore Store, long Version, DateTimeOffset At, IReadOnlyList<SpecSkew> Skews);
}
