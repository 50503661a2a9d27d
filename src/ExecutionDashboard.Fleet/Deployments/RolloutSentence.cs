using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Writes the sentence about the progress of a rollout.</summary>
internal static class RolloutSentence
{
    public static string Of(RolloutSummary standing, DateTimeOffset now)
    {
        var said = Standing(standing, now);
        return standing.IsJobGone ? said + " Its job is no longer on the control plane." : said;
    }

    private static string Standing(RolloutSummary standing, DateTimeOffset now)
    {
        var d = standing.Deployment;
        switch (d.State)
        {
            case "pending": return "Not started." + Told(d);
            case "paused": return $"Paused{Since(standing, now)}{At(standing)}, {Healthy(standing)}; continues when it is resumed.";
            case "completed": return $"Completed{At(d.CompletedAt, now)}{Took(d)}, {Healthy(standing)}.";
            case "failed": return $"Failed{At(d.CompletedAt, now)}{At(standing)}, {Healthy(standing)}." + Told(d);
            case "rolled_back": return $"Rolled back{At(d.CompletedAt, now)}{At(standing)}." + Told(d);
            case "canceled": return $"Canceled{At(d.CompletedAt, now)}{At(standing)}, {Healthy(standing)}." + Told(d);
            case "in_progress": return Moving(standing, now);
            case "": return $"The server does not say its state; {Healthy(standing)}.";
            default: return $"Its state “{d.State}” is not known here; {Healthy(standing)}." + Told(d);
        }
    }

    private static string Moving(RolloutSummary standing, DateTimeOffset now)
    {
        var (d, canaries, healthy) = (standing.Deployment, standing.CanaryCount, standing.HealthyCanaries);
        if (standing.AwaitsPromotion) return $"Awaiting promotion{Since(standing, now)}: {healthy} of {canaries} {(canaries == 1 ? "canary" : "canaries")} healthy.";
        if (standing.InCanary)
        {
            var failed = standing.CanaryRows.Count(row => row.IsFailed);
            var watched = canaries == 0 ? "Canary, on nodes that the server does not name" : $"Canary on {RolloutSummary.Count(canaries, "node")}: {healthy} healthy";
            return watched + (failed > 0 ? $", {failed} failed" : "") + (healthy == canaries && canaries > 0 ? "; health is being watched" : "") + Deadline(standing, now) + ".";
        }
        var place = standing.CurrentWave > 0 ? char.ToUpperInvariant(Place(standing)[3]) + Place(standing)[4..] : "In progress";
        var progress = standing.Progress;
        var waits = progress.Offline > 0 ? $", {progress.Offline} on unreachable nodes" : "";
        return $"{place}: {Healthy(standing)}{waits}{Deadline(standing, now)}.";
    }

    // Starts with "in ", which the sentence of a running rollout removes. Empty when the phase is unknown.
    private static string Place(RolloutSummary standing) =>
        standing.InCanary ? "in the canary"
        : standing.CurrentWave == 0 ? standing.Rows.Length == 0 ? "before its first wave" : ""
        : standing.TotalWaves > 0 ? string.Create(CultureInfo.InvariantCulture, $"in wave {standing.CurrentWave} of {standing.TotalWaves}")
        : string.Create(CultureInfo.InvariantCulture, $"in wave {standing.CurrentWave}");

    private static string At(RolloutSummary standing) => Place(standing) is { Length: > 0 } place ? " " + place : "";

    private static string Healthy(RolloutSummary standing)
    {
        var progress = standing.Progress;
        if ((progress.Total ?? progress.Placed) == 0) return "no nodes are known";
        var ended = standing.Deployment.State == "completed" ? progress.Healthy + progress.Stopped : progress.Healthy;
        var nodes = progress.Total is { } total ? RolloutSummary.Count(total, "node") : RolloutSummary.Count(progress.Placed, "placed node");
        var text = string.Create(CultureInfo.InvariantCulture, $"{ended:#,0} of {nodes} {(standing.Deployment.State == "completed" ? "done" : "healthy")}");
        return progress.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}, {progress.Failed:#,0} failed") : text;
    }

    private static string Deadline(RolloutSummary standing, DateTimeOffset now)
    {
        if (standing.HealthDeadline is not { } deadline) return "";
        return deadline >= now ? $"; must be healthy by {RolloutSummary.Moment(deadline, now)}"
            : $"; the health deadline passed {RolloutSummary.Length(now - deadline)} ago";
    }

    private static string Since(RolloutSummary standing, DateTimeOffset now) => standing.Since is { } since ? $" since {RolloutSummary.Moment(since, now)}" : "";

    private static string At(DateTimeOffset? at, DateTimeOffset now) => at is { } moment ? $" at {RolloutSummary.Moment(moment, now)}" : "";

    private static string Took(Deployment d) => d.CompletedAt - d.CreatedAt is { } took && took > TimeSpan.Zero ? $" after {RolloutSummary.Length(took)}" : "";

    private static string Told(Deployment d)
    {
        var message = ShownText.Of(d.Message.Trim());
        return message.Length == 0 ? "" : " " + message + (message[^1] is '.' or '!' or '?' ? "" : ".");
    }
}
