using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Json;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet;

/// <summary>What the feed and its readers agree on: addresses, names and the JSON they speak.</summary>
public static class FeedContract
{
    /// <summary>Path of the SignalR hub.</summary>
    public const string HubPath = "/hubs/feed";

    /// <summary>
    /// The hub's streaming method: <c>Subscribe(string logId, long sequence)</c> gives <see cref="FeedBatch"/>es: what followed
    /// <c>sequence</c> of that log, or a snapshot when the feed cannot tell (another log, too long ago, or an empty log id); then what
    /// follows, and a heartbeat at least every two seconds.
    /// </summary>
    public const string Subscribe = "Subscribe";

    /// <summary>Path of the history of an execution: a <see cref="FeedHistory"/>.</summary>
    public static string HistoryPath(string executionId) => $"/feed/v1/executions/{Uri.EscapeDataString(executionId)}/history";

    /// <summary>Most nodes that one question for a timeline may name.</summary>
    public const int MostLanes = 200;

    /// <summary>Path of what nodes went through between two moments: a <see cref="FleetTimeline"/>. At most <see cref="MostLanes"/> nodes.</summary>
    public static string TimelinePath(IEnumerable<string> nodeIds, DateTimeOffset from, DateTimeOffset to) =>
        $"/feed/v1/timeline?from={Uri.EscapeDataString(from.UtcDateTime.ToString("O"))}&to={Uri.EscapeDataString(to.UtcDateTime.ToString("O"))}"
        + string.Concat(nodeIds.Select(id => $"&nodes={Uri.EscapeDataString(id)}"));

    /// <summary>Path to which a <see cref="TimelineQuestion"/> is posted; the answer is that of <see cref="TimelinePath"/>.</summary>
    public const string TimelineQuestionPath = "/feed/v1/timeline";

    /// <summary>Path of the fleet at a moment: a <see cref="FleetMoment"/>.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="withNodes">With each of its nodes.</param>
    public static string MomentPath(DateTimeOffset at, bool withNodes) =>
        $"/feed/v1/state?at={Uri.EscapeDataString(at.UtcDateTime.ToString("O"))}{(withNodes ? "&map=true" : "")}";

    /// <summary>Path of the states of a deployment's executions over time: a <see cref="DeploymentHistory"/>.</summary>
    public static string DeploymentHistoryPath(string deploymentId) => $"/feed/v1/deployments/{Uri.EscapeDataString(deploymentId)}/history";

    /// <summary>Path of how the canaries of a deployment did just before a moment: a <see cref="CanaryVerdict"/>.</summary>
    public static string CanaryPath(string deploymentId, DateTimeOffset at) =>
        $"/feed/v1/deployments/{Uri.EscapeDataString(deploymentId)}/canary?at={Uri.EscapeDataString(at.UtcDateTime.ToString("O"))}";

    /// <summary>
    /// Path of the problems: a <see cref="Attention.ProblemReport"/> is posted to it, and it answers with the open ones, a <see cref="Attention.ProblemList"/>.
    /// </summary>
    public const string ProblemsPath = "/feed/v1/problems";

    /// <summary>Path of the resolved problems, newest first: a <see cref="Attention.ProblemList"/>.</summary>
    /// <param name="since">Resolved after this; null for all there are.</param>
    /// <param name="before">Resolved before this, for the next page; null for the newest.</param>
    public static string ResolvedProblemsPath(DateTimeOffset? since = null, DateTimeOffset? before = null) =>
        $"{ProblemsPath}/resolved{Query(("since", since), ("before", before))}";

    /// <summary>Path of the problems that were open at a moment: a <see cref="Attention.ProblemMoment"/>.</summary>
    public static string ProblemMomentPath(DateTimeOffset at) => $"{ProblemsPath}{Query(("at", at))}";

    /// <summary>Path of what happened to a problem: a <see cref="Attention.ProblemHistory"/>.</summary>
    public static string ProblemHistoryPath(string problemId) => $"{ProblemsPath}/{Uri.EscapeDataString(problemId)}/history";

    /// <summary>Path to which an <see cref="Attention.AcknowledgeRequest"/> is posted. Deleted, it ends the acknowledgement; <c>?by=</c> says who does.</summary>
    public static string ProblemAcknowledgementPath(string problemId) => $"{ProblemsPath}/{Uri.EscapeDataString(problemId)}/acknowledgement";

    /// <summary>Path to which a <see cref="Attention.CommentRequest"/> is posted.</summary>
    public static string ProblemCommentsPath(string problemId) => $"{ProblemsPath}/{Uri.EscapeDataString(problemId)}/comments";

    private static string Query(params ReadOnlySpan<(string Name, DateTimeOffset? At)> moments)
    {
        var query = "";
        foreach (var (name, at) in moments)
            if (at is { } moment) query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(moment.UtcDateTime.ToString("O"))}";
        return query;
    }

    /// <summary>The JSON of hub and history: web names, enums as text, nothing written for null or default, nor for an execution's empty texts.</summary>
    public static JsonSerializerOptions Json { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Sets options up as <see cref="Json"/> is.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault;
        options.Converters.Add(new FeedBatchJson());
        options.Converters.Add(new ExecutionJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return options;
    }
}

/// <summary>The states an execution went through.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="Problem">Why the server's own part is missing, for people; empty when nothing is.</param>
public sealed record FeedHistory(IReadOnlyList<StateChange> Items, string Problem = "");

/// <summary>A question for a timeline of more nodes than an address can name: posted to <see cref="FeedContract.TimelineQuestionPath"/>.</summary>
/// <param name="Nodes">The nodes, at most <see cref="FeedContract.MostLanes"/>.</param>
/// <param name="From">Start of the range, ISO 8601, UTC.</param>
/// <param name="To">End of the range.</param>
public sealed record TimelineQuestion(IReadOnlyList<string>? Nodes, string? From, string? To);

/// <summary>How many of a deployment's nodes were in which state, by the execution that was their newest then, at moments from its first change to now.</summary>
/// <param name="Times">The moments, UTC, growing; at most a few hundred.</param>
/// <param name="Series">One for each state that occurred; each has as many counts as there are moments.</param>
public sealed record DeploymentHistory(IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<DeploymentSeries> Series);

/// <summary>Counts of one state.</summary>
/// <param name="State">The state.</param>
/// <param name="Counts">Nodes in it, by moment.</param>
public sealed record DeploymentSeries(ExecutionState State, IReadOnlyList<int> Counts);
