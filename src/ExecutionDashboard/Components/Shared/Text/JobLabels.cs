namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Labels, icons and addresses of jobs.</summary>
public static class JobLabels
{
    private const string Folder = "jobs/";

    /// <summary>Address of a job's page, with a tab; empty for the first.</summary>
    public static string Address(string id, string tab = "") => IdAddress.Of(Folder, id) + (tab.Length > 0 ? "?tab=" + tab : "");

    /// <summary>The id in an address made by <see cref="Address"/>; null for another page.</summary>
    public static string? IdIn(string address) => IdAddress.In(Folder, address);

    /// <summary>Label of a state: <c>rollout_paused</c> is "rollout paused".</summary>
    public static string State(string state) => state.Length == 0 ? "unknown" : state.Replace('_', ' ');

    /// <summary>Name of the state's icon, without its prefix.</summary>
    public static string Icon(string state) => Look(state).Icon;

    /// <summary>CSS class of the state's colours.</summary>
    public static string Css(string state) => Look(state).Css;

    private static (string Icon, string Css) Look(string state) => state switch
    {
        "pending" or "queued" => ("pending", "st-pending"),
        "deploying" => ("starting", "st-starting"),
        "running" => ("running", "st-running"),
        "degraded" => ("degraded", "st-degraded"),
        "rollout_paused" => ("pause", "st-degraded"),
        "completed" => ("completed", "st-completed"),
        "failed" or "rollout_failed" => ("failed", "st-failed"),
        "stopping" => ("stopping", "st-stopping"),
        "stopped" => ("stopped", "st-stopped"),
        _ => ("other", "st-other"),
    };
}
