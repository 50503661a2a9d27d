using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>When a rollout will probably end, from the pace of its nodes so far.</summary>
/// <param name="Earliest">At the faster of the paces, UTC; null when it cannot be said.</param>
/// <param name="Latest">At the slower of the paces, UTC, never before <paramref name="Earliest"/>; null when it cannot be said.</param>
/// <param name="Sentence">The same for people, times in UTC, or why it cannot be said.</param>
/// <param name="Summary">The sentence without its reasons, for a column of a list.</param>
public sealed record RolloutEstimate(DateTimeOffset? Earliest, DateTimeOffset? Latest, string Sentence, string Summary)
{
    /// <summary>Fewest finished nodes from which a pace is taken.</summary>
    public const int FewestFinished = RolloutPace.FewestFinished;

    private static readonly TimeSpan Furthest = TimeSpan.FromDays(365);

    /// <summary>
    /// Estimates from the pace since the start and from that of the second half of the nodes: two paces, one range. A node is finished when it is healthy,
    /// failed or stopped. It stands still when nothing finished for three times the longest gap so far, and two minutes at least.
    /// </summary>
    public static RolloutEstimate Of(RolloutSummary standing, DateTimeOffset now)
    {
        var (deployment, progress) = (standing.Deployment, standing.Progress);
        if (deployment.State == "paused") return Unknown("paused");
        if (deployment.State == "pending") return Unknown("not started");
        if (!deployment.IsOpen) return Ended(deployment, now);
        if (standing.AwaitsPromotion) return Unknown("awaiting promotion");
        var pace = RolloutPace.Of(standing, now);
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
        // Time per node: since the start, and over the second half; both run until now, so that waiting slows them.
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
