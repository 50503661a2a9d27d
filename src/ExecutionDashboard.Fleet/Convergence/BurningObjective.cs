namespace ExecutionDashboard.Fleet.Convergence;

/// <summary>A job whose changes become real too slowly for the objective that somebody set for it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Objective">What a change should take at most.</param>
/// <param name="Target">Share of changes that should, 0 to 1.</param>
/// <param name="Judged">Changes of the last 24 hours that can be judged.</param>
/// <param name="Within">Those of them within the objective.</param>
/// <param name="Late">Those of them that have not arrived yet.</param>
/// <param name="Since">Since when it is so, UTC.</param>
public sealed record BurningObjective(string JobId, TimeSpan Objective, double Target, long Judged, long Within, long Late, DateTimeOffset Since);
