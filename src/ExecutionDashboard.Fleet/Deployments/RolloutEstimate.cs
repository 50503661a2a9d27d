using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Estimates when a rollout ends, from the speed of its nodes so far.</summary>
/// <param name="Earliest">End at the faster speed, UTC; null without an estimate.</param>
/// <param name="Latest">End at the slower speed, UTC, never before <paramref name="Earliest"/>; null without an estimate.</param>
/// <param name="Sentence">The estimate as a sentence, times in UTC, or why there is none.</param>
/// <param name="Summary">The sentence without its reason, for a table cell.</param>
public sealed record RolloutEstimate(DateTimeOffset? Earliest, DateTimeOffset? Latest, string Sentence, string Summary)
{
    /// <summary>Fewest finished nodes for an estimate.</summary>
    public const int FewestFinished = RolloutPace.FewestFinished;

    private static readonly TimeSpan Furthest = TimeSpan.FromDays(365);

    /// <summary>
    /// Estimates from two speeds: since the start, and over the second half of the finished nodes. A node is finished when it is healthy, failed or stopped. A
    /// rollout is stalled when no node finished for three times the longest gap so far, and for at least two minutes.
    /// </summary>
    public static RolloutEstimate Of(RolloutSummary summary, DateTimeOffset now)
    {
        var (deployment, progress) = (summary.Deployment, summary.Progress);
        if (deployment.State == "paused") return Unknown("paused");
        if (deployment.State == "pending") return Unknown("not started");
        if (!deployment.IsOpen) return Ended(deployment, now);
        if (summary.AwaitsPromotion) return Unknown("awaiting promotion");
        var pace = RolloutPace.Of(summary, now);
        if (!pace.IsKnown) return Unknown($"fewer than {FewestFinished} nodes are finished");
        if (progress.Total is null || deployment.TotalNodes is not > 0) return Unknown("the server does not say how many nodes it is for");
        var left = progress.Unfinished!.Value;
        if (left <= 0) return Unknown("every node is finished, and the server has not ended it");
        var still = now - pace.LastMoved!.Value;
        if (still > pace.Standstill(RolloutPace.ShortestStandstill)) return Unknown($"nothing finished for {RolloutSummary.Length(still)}");
        return Range(pace.Finished, pace.Start!.Value, left, now);
    }

    private static RolloutEstimate Range(IReadOnlyList<DateTimeOffset> finished, DateTimeOffset start, int left, DateTimeOffset now)
    {
        // Both speeds are measured up to now, so that time without progress counts.
        var overall = (now - start) / finished.Count;
        var half = finished.Count / 2;
        var recent = (now - finished[half - 1]) / (finished.Count - half);
        var (fast, slow) = overall < recent ? (overall, recent) : (recent, overall);
        if (fast <= TimeSpan.Zero || slow.TotalSeconds * left > Furthest.TotalSeconds) return Unknown("the pace is too uneven");
        if (now > DateTimeOffset.MaxValue - Furthest) return Unknown("the clock is out of range");
        var (earliest, latest) = (now + fast * left, now + slow * left);
        var (from, to) = (RolloutSummary.Moment(earliest, now), RolloutSummary.Moment(latest, now));
        var ends = from == to ? $"Ends about {to}" : $"Ends between {from} and {to}";
        var pace = string.Create(CultureInfo.InvariantCulture, $"{finished.Count:#,0} nodes in {RolloutSummary.Length(now - start)}, {left:#,0} to go");
        return new(earliest, latest, $"{ends} at its pace so far: {pace}.", ends);
    }

    private static RolloutEstimate Ended(Deployment deployment, DateTimeOffset now)
    {
        if (RolloutPhases.IsUnknown(deployment.State)) return Unknown(deployment.State.Length == 0 ? "the server does not say its state" : $"its state “{deployment.State}” is not known here");
        return deployment.CompletedAt is { } end ? Said(end, $"Ended at {RolloutSummary.Moment(end, now)}") : Said(null, "Ended");
    }

    private static RolloutEstimate Said(DateTimeOffset? end, string summary) => new(end, end, summary + ".", summary);

    private static RolloutEstimate Unknown(string why) => new(null, null, $"No estimate: {why}", $"No estimate: {why}");
}
