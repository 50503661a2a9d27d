namespace ExecutionDashboard.Fleet.Search;

/// <summary>A thing that was found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Quality">How well it matches.</param>
public sealed record SearchHit(FleetKind Kind, string Id, MatchQuality Quality);

/// <summary>What was found in the fleet.</summary>
/// <param name="Hits">The best of each kind, best first.</param>
/// <param name="Found">How many were found in all, by kind, without kinds of which none was.</param>
public sealed record SearchHits(IReadOnlyList<SearchHit> Hits, IReadOnlyDictionary<FleetKind, int> Found)
{
    /// <summary>Nothing.</summary>
    public static SearchHits None { get; } = new([], new Dictionary<FleetKind, int>());
}
