using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Live;

/// <summary>How up to date one of several control planes is. Immutable.</summary>
/// <param name="Name">The plane's name.</param>
/// <param name="Kind">The kind.</param>
/// <param name="AsOf">Time of its data, UTC; null while it is live, and without data.</param>
/// <param name="Since">Since when it is not live, UTC; null while it is, and where that is not known.</param>
/// <param name="Problem">Why, as a sentence; empty while it is live.</param>
public sealed record PlaneFreshness(string Name, FreshnessKind Kind, DateTimeOffset? AsOf, DateTimeOffset? Since, string Problem)
{
    // The fleet is as fresh as its freshest plane: those that are not are told by name.
    private static readonly FreshnessKind[] BestFirst =
        [FreshnessKind.Live, FreshnessKind.Confirming, FreshnessKind.Loading, FreshnessKind.Stale, FreshnessKind.Reconnecting, FreshnessKind.Connecting];

    /// <summary>Whether what it has is shown, however old.</summary>
    public bool IsShown => Kind == FreshnessKind.Live || AsOf is not null;

    /// <summary>That of a plane.</summary>
    public static PlaneFreshness Of(PlaneState plane)
    {
        var status = plane.Status;
        var kind = plane.LostSince is not null ? FreshnessKind.Reconnecting
            : status.BlindSince is not null ? FreshnessKind.Stale
            : status.LogId.Length == 0 ? FreshnessKind.Connecting
            : !plane.IsComplete || status.Loading is not null ? FreshnessKind.Loading
            : status.IsConfirming ? FreshnessKind.Confirming
            : FreshnessKind.Live;
        return kind == FreshnessKind.Live ? new(plane.Name, kind, null, null, "")
            : new(plane.Name, kind, plane.IsComplete ? status.LastSuccessAt : null, plane.LostSince ?? status.BlindSince, plane.LostSince is not null ? plane.Problem : status.Problem);
    }

    /// <summary>That of a fleet of several planes.</summary>
    /// <param name="fleet">What the status of all of them says.</param>
    /// <param name="states">The planes.</param>
    /// <param name="complete">Whether the whole fleet was loaded, but for planes that are unreachable.</param>
    /// <param name="before">The one before.</param>
    internal static Freshness OfAll(Freshness fleet, IReadOnlyList<PlaneState> states, bool complete, Freshness? before)
    {
        IReadOnlyList<PlaneFreshness> planes = [.. states.Select(Of)];
        if (before is not null && before.Planes.SequenceEqual(planes)) planes = before.Planes;
        var best = planes.MinBy(plane => Array.IndexOf(BestFirst, plane.Kind))!;
        var kind = complete || best.Kind is not (FreshnessKind.Live or FreshnessKind.Confirming) ? best.Kind : FreshnessKind.Loading;
        var isGone = kind is FreshnessKind.Stale or FreshnessKind.Reconnecting;
        return fleet with
        {
            Kind = kind, Planes = planes, Since = isGone ? best.Since : null,
            Problem = isGone ? string.Join(' ', planes.Where(plane => plane.Problem.Length > 0).Select(plane => $"{plane.Name}: {plane.Problem}")) : "",
        };
    }
}
