using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Writes the sentence about the progress of a rollout.</summary>
internal static class RolloutSentence
{
    public static string Of(RolloutSummary summary, DateTimeOffset now)
    {
        var said = Summary(summary, now);
        return summary.IsJobGone ? said + " Its job is no longer on the control plane." : said;
    }

    private static string Summary(RolloutSummary summary, DateTimeOffset now)
    {
        var d = summary.Deployment;
        switch (d.State)
        {
            case "pending": return "Not started." + Told(d);
            case "paused": return $"Paused{Since(summary, now)}{At(summary)}, {Healthy(summary)}; continues when it is resumed.";
            case "completed": return $"Completed{At(d.CompletedAt, now)}{Took(d)}, {Healthy(summary)}.";
            case "failed": return $"Failed{At(d.CompletedAt, now)}{At(summary)}, {Healthy(summary)}." + Told(d);
            case "rolled_back": return $"Rolled back{At(d.CompletedAt, now)}{At(summary)}." + Told(d);
            case "canceled": return $"Canceled{At(d.CompletedAt, now)}{At(summary)}, {Healthy(summary)}." + Told(d);
            case "in_progress": return Moving(summary, now);
            case "": return $"The server does not say its state; {Healthy(summary)}.";
            default: return $"Its state “{d.State}” is not known here; {Healthy(summary)}." + Told(d);
        }
    }

    private static string Moving(RolloutSummary summary, DateTimeOffset now)
    {
        var (d, canaries, healthy) = (summary.Deployment, summary.CanaryCount, summary.HealthyCanaries);
        if (summary.AwaitsPromotion) return $"Awaiting promotion{Since(summary, now)}: {healthy} of {canaries} {(canaries == 1 ? "canary" : "canaries")} healthy.";
        if (summary.InCanary)
        {
            var failed = summary.CanaryRows.Count(row => row.IsFailed);
            var watched = canaries == 0 ? "Canary, on nodes that the server does not name" : $"Canary on {RolloutSummary.Count(canaries, "node")}: {healthy} healthy";
            return watched + (failed > 0 ? $", {failed} failed" : "") + (healthy == canaries && canaries > 0 ? "; health is being watched" : "") + Deadline(summary, now) + ".";
        }
        var place = summary.CurrentWave > 0 ? char.ToUpperInvariant(Place(summary)[3]) + Place(summary)[4..] : "In progress";
        var progress = summary.Progress;
        var waits = progress.Offline > 0 ? $", {progress.Offline} on unreachable nodes" : "";
        return $"{place}: {Healthy(summary)}{waits}{Deadline(summary, now)}.";
    }

    // Starts with "in ", which the sentence of a running rollout removes. Empty when the phase is unknown.
    private static string Place(RolloutSummary summary) =>
        summary.InCanary ? "in the canary"
        : summary.CurrentWave == 0 ? summary.Rows.Length == 0 ? "before its first wave" : ""
        : summary.TotalWaves > 0 ? string.Create(CultureInfo.InvariantCulture, $"in wave {summary.CurrentWave} of {summary.TotalWaves}")
        : string.Create(CultureInfo.InvariantCulture, $"in wave {summary.CurrentWave}");

    private static string At(RolloutSummary summary) => Place(summary) is { Length: > 0 } place ? " " + place : "";

    private static string Healthy(RolloutSummary summary)
    {
        var progress = summary.Progress;
        if ((progress.Total ?? progress.Placed) == 0) return "no nodes are known";
        var ended = summary.Deployment.State == "completed" ? progress.Healthy + progress.Stopped : progress.Healthy;
        var nodes = progress.Total is { } total ? RolloutSummary.Count(total, "node") : RolloutSummary.Count(progress.Placed, "placed node");
        var text = string.Create(CultureInfo.InvariantCulture, $"{ended:#,0} of {nodes} {(summary.Deployment.State == "completed" ? "done" : "healthy")}");
        return progress.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}, {progress.Failed:#,0} failed") : text;
    }

    private static string Deadline(RolloutSummary summary, DateTimeOffset now)
    {
        if (summary.HealthDeadline is not { } deadline) return "";
        return deadline >= now ? $"; must be healthy by {RolloutSummary.Moment(deadline, now)}"
            : $"; the health deadline passed {RolloutSummary.Length(now - deadline)} ago";
    }

    private static string Since(RolloutSummary summary, DateTimeOffset now) => summary.Since is { } since ? $" since {RolloutSummary.Moment(since, now)}" : "";

    private static string At(DateTimeOffset? at, DateTimeOffset now) => at is { } moment ? $" at {RolloutSummary.Moment(moment, now)}" : "";

    private static string Took(Deployment d) => d.CompletedAt - d.CreatedAt is { } took && took > TimeSpan.Zero ? $" after {RolloutSummary.Length(took)}" : "";

    private static string Told(Deployment d)
    {
        var message = ShownText.Of(d.Message.Trim());
        return message.Length == 0 ? "" : " " + message + (message[^1] is '.' or '!' or '?' ? "" : ".");
    }
}
