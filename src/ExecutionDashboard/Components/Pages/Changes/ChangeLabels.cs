using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Changes;

/// <summary>Words and addresses of what changed.</summary>
public static class ChangeLabels
{
    /// <summary>All kinds, in the order of the page.</summary>
    public static IReadOnlyList<ChangeKind> Kinds { get; } = Enum.GetValues<ChangeKind>();

    /// <summary>A kind as a heading.</summary>
    public static string Title(ChangeKind kind) => kind switch
    {
        ChangeKind.Failed => "New failures",
        ChangeKind.Recovered => "Recovered",
        ChangeKind.FailedMeanwhile => "Failed and recovered",
        ChangeKind.Moved => "Other version",
        ChangeKind.NodesLost => "Nodes lost",
        ChangeKind.NodesBack => "Nodes back",
        ChangeKind.NodesLostMeanwhile => "Nodes lost and back",
        ChangeKind.NodesAdded => "New nodes",
        ChangeKind.NodesRemoved => "Removed nodes",
        _ => kind.ToString(),
    };

    /// <summary>What is counted, in words.</summary>
    public static string Meaning(ChangeKind kind) => kind switch
    {
        ChangeKind.Failed => "Jobs on nodes that failed or were lost at the end, and not at the beginning",
        ChangeKind.Recovered => "Jobs on nodes that had failed or were lost at the beginning, and run or completed at the end",
        ChangeKind.FailedMeanwhile => "Jobs on nodes that failed or were lost in between only",
        ChangeKind.Moved => "Jobs on nodes with another version than at the beginning",
        ChangeKind.NodesLost => "Connected at the beginning, and not at the end",
        ChangeKind.NodesBack => "Connected at the end, and not at the beginning",
        ChangeKind.NodesLostMeanwhile => "Not connected in between only",
        ChangeKind.NodesAdded => "Registered within the range",
        _ => "Removed from the control plane within the range",
    };

    /// <summary>Class of a kind's colours.</summary>
    public static string Css(ChangeKind kind) => kind switch
    {
        ChangeKind.Failed or ChangeKind.NodesLost => "st-failed",
        ChangeKind.Recovered or ChangeKind.NodesBack => "st-running",
        ChangeKind.FailedMeanwhile or ChangeKind.NodesLostMeanwhile => "st-degraded",
        _ => "",
    };

    /// <summary>Whether nodes are counted, and not jobs on nodes.</summary>
    public static bool IsOfNodes(ChangeKind kind) => kind >= ChangeKind.NodesLost;

    /// <summary>Id of a section in the page.</summary>
    public static string Anchor(ChangeKind kind) => "changes-" + kind.ToString().ToLowerInvariant();

    /// <summary>A grouping, in words.</summary>
    public static string Grouping(ChangeGrouping by) => by.LabelKey is { Length: > 0 } label ? $"by {label}" : by == ChangeGrouping.Cause ? "by cause" : "by job";

    /// <summary>Name of a group.</summary>
    public static string Name(ChangeSection section, ChangeGroup group, ChangeGrouping by, FleetStore store) =>
        by.LabelKey is { Length: > 0 } label ? group.Name.Length > 0 ? $"{label}={PlainText.Of(group.Name)}" : $"Without the label {label}"
        : group.Name.Length == 0 ? IsOfNodes(section.Kind) ? "All nodes" : "Without a message"
        : by == ChangeGrouping.Cause ? Masked.Text(group.Name) : store.FindJob(group.Name)?.DisplayName ?? PlainText.Of(group.Name);

    /// <summary>The list of what a group is about, as it is now; empty where no list filters by it.</summary>
    public static string ListOf(ChangeSection section, ChangeGroup group, ChangeGrouping by)
    {
        if (by == ChangeGrouping.Cause && !IsOfNodes(section.Kind)) return "";
        string[] labels = by.LabelKey.Length == 0 ? [] : group.Name.Length > 0 ? [$"{by.LabelKey}={group.Name}"] : [$"!{by.LabelKey}"];
        if (labels.Any(label => !LabelExpression.TryParse(label, out _, out _))) return "";
        if (section.Kind == ChangeKind.NodesRemoved) return "";
        if (IsOfNodes(section.Kind))
            return NodeListUrl.For(new() { Labels = labels, Connections = section.Kind == ChangeKind.NodesLost ? ["disconnected", "lost"] : [] });
        return ExecutionListUrl.For(new()
        {
            Scope = ExecutionScope.Current, Labels = labels, Jobs = by == ChangeGrouping.Job && group.Name.Length > 0 ? [group.Name] : [],
            States = section.Kind == ChangeKind.Failed ? [ExecutionState.Of(KnownExecutionState.Failed), ExecutionState.Of(KnownExecutionState.Lost)] : [],
        });
    }

    /// <summary>The moment at which something is shown after its change: when the feed saw it, and just before that when it was removed.</summary>
    /// <param name="at">When it changed.</param>
    /// <param name="seen">When the feed saw that; the default value where a feed does not say.</param>
    /// <param name="isThere">Whether it was there afterwards.</param>
    public static DateTimeOffset MomentOf(DateTimeOffset at, DateTimeOffset seen, bool isThere) => (seen == default ? at : seen).AddTicks(isThere ? 0 : -1);

    /// <summary>What became of a deployment: <c>started, now completed</c>.</summary>
    public static string Rollout(RolloutChange rollout) => (rollout.From, rollout.To) switch
    {
        ("", "") => "started and was removed",
        ("", var to) => $"started, then {DeploymentLabels.State(to)}",
        (var from, "") => $"{DeploymentLabels.State(from)}, then removed",
        var (from, to) => $"{DeploymentLabels.State(from)} → {DeploymentLabels.State(to)}",
    };

    /// <summary>What became of a job.</summary>
    public static string Job(JobChange job)
    {
        if (job.From.Length == 0) return job.To.Length == 0 ? "added and removed" : $"new, v{job.ToVersion}, {JobLabels.State(job.To)}";
        if (job.To.Length == 0) return "removed";
        var version = job.HasOtherSpec ? $"v{job.FromVersion} → v{job.ToVersion}" : "";
        var state = job.From != job.To ? $"{JobLabels.State(job.From)} → {JobLabels.State(job.To)}" : "";
        return string.Join(", ", new[] { version, state }.Where(part => part.Length > 0));
    }
}
