using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Describes what happens to a rollout when too many nodes fail.</summary>
internal static class RolloutFailure
{
    /// <summary>The sentence. For a failed rollout: why it was not rolled back. Empty when there is nothing to add.</summary>
    public static string Of(RolloutSummary summary, RolloutLimits limits)
    {
        var d = summary.Deployment;
        var why = WhyNoRollback(d, summary.Strategy);
        if (!summary.IsLive) return d.State == "failed" && why.Length > 0 ? $"Not rolled back: {why}." : "";
        if (why.Length > 0) return $"Stops {If(limits)}: {why}.{Unknown(limits)}";
        var target = (d.RollbackToVersion ?? d.FromVersion) is { } version ? string.Create(CultureInfo.InvariantCulture, $" to v{version}") : "";
        return $"Rolls back automatically{target} {If(limits)}.{(target.Length == 0 ? " The server does not say to which version." : "")}{Unknown(limits)}";
    }

    private static string WhyNoRollback(Deployment d, RolloutStrategy? strategy)
    {
        var target = d.RollbackToVersion ?? d.FromVersion;
        if (d.Type.Equals("rollback", StringComparison.OrdinalIgnoreCase)) return "it is a rollback itself";
        if (strategy?.NoAutoRollback == true) return "automatic rollback is off (no_auto_rollback)";
        if (d.Type.Equals("create", StringComparison.OrdinalIgnoreCase) || target <= 0) return "there is no earlier version";
        // A rerun has the same version before and after.
        return target is { } version && version == d.ToVersion ? string.Create(CultureInfo.InvariantCulture, $"it reruns v{version}, and the server names no other version") : "";
    }

    private static string If(RolloutLimits limits) => limits switch
    {
        { IsPercentUnknown: true } => string.Create(CultureInfo.InvariantCulture, $"if more than {RolloutSummary.Count(limits.MaxFailedNodes ?? 0, "node")} or more than {limits.MaxFailedPercent:0.##} % of the nodes fail"),
        { TripsAfter: 0 } => "if any node fails",
        { TripsAfter: { } most } => string.Create(CultureInfo.InvariantCulture, $"if more than {RolloutSummary.Count(most, "node")} {(most == 1 ? "fails" : "fail")}"),
        _ => "if too many nodes fail",
    };

    private static string Unknown(RolloutLimits limits) => limits.IsPercentUnknown ? " The limit in percent cannot be computed: the server does not say how many nodes there are." : "";
}
