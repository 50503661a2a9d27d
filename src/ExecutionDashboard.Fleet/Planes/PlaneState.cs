namespace ExecutionDashboard.Fleet.Planes;

/// <summary>What a dashboard knows of one of its planes.</summary>
/// <param name="Name">The plane's name.</param>
/// <param name="IsComplete">Whether its fleet was loaded, now or earlier.</param>
/// <param name="Status">What its feed last said.</param>
/// <param name="LostSince">Since when its feed is unreachable, UTC by this process's clock; null while it is there.</param>
/// <param name="Problem">Why it is unreachable, as a sentence; empty while it is not.</param>
/// <param name="Sequence">Sequence number of its last change that was applied; -1 before its first complete snapshot.</param>
public sealed record PlaneState(string Name, bool IsComplete, FeedStatus Status, DateTimeOffset? LostSince = null, string Problem = "", long Sequence = -1);
