using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Json;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet;

/// <summary>The interface between the feed and its clients: paths, names and JSON.</summary>
public static class FeedContract
{
    /// <summary>Path of the SignalR hub.</summary>
    public const string HubPath = "/hubs/feed";

    /// <summary>Path of the <see cref="FeedStatus"/>.</summary>
    public const string StatusPath = "/feed/v1/status";

    /// <summary>
    /// The hub's streaming method: <c>Subscribe(string logId, long sequence)</c> streams <see cref="FeedBatch"/>es. It begins with the changes after <c>sequence</c>
    /// of that log, or with a snapshot when the feed cannot give them (another log, too old, or an empty log id). New changes follow, and a heartbeat at least every
    /// two seconds.
    /// </summary>
    public const string Subscribe = "Subscribe";

    /// <summary>
    /// The hub's streaming method <c>Join(string logId, long sequence)</c>: like <see cref="Subscribe"/>, but where that would send a snapshot the stream ends with a batch that has
    /// <see cref="FeedBatch.SnapshotOffered"/>. The receiver then reads <see cref="SnapshotPath"/> and joins again with its log id and sequence number. Feeds before 1.2 do not have it.
    /// </summary>
    public const string Join = "Join";

    /// <summary>
    /// Path of the whole fleet in one binary stream: blocks of packed entities (<see cref="Packing.PackedBlock"/>) that begin with a <see cref="Snapshots.SnapshotHeader"/>. A feed of another
    /// version may send another format, which its first bytes tell. 503 while the feed has no fleet yet.
    /// </summary>
    public const string SnapshotPath = "/feed/v1/snapshot";

    /// <summary>Path of what the change log knows of a moment: a <see cref="Past.PastMoment"/>.</summary>
    public static string PastPath(DateTimeOffset at) => $"{PastRoot}{Query(("at", at))}";

    /// <summary>
    /// Path of the whole fleet as the feed knew it after a change: a stream like that of <see cref="SnapshotPath"/>. What changed since follows the packed rows as JSON. 410 when the change was pruned.
    /// </summary>
    /// <param name="sequence">Sequence number of the change.</param>
    public static string PastSnapshotPath(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{PastRoot}/snapshot?sequence={sequence}");

    /// <summary>Path of the numbers of executions and nodes after a change: a <see cref="Past.PastCounts"/>.</summary>
    /// <param name="sequence">Sequence number of the change.</param>
    public static string PastCountsPath(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{PastRoot}/counts?sequence={sequence}");

    /// <summary>Path of what turns the fleet after one change into the fleet after another: a <see cref="FeedBatch"/>. 409 when more lies between them than is worth it.</summary>
    /// <param name="from">Sequence number of the one.</param>
    /// <param name="to">Sequence number of the other, before or after it.</param>
    public static string PastChangesPath(long from, long to) => string.Create(CultureInfo.InvariantCulture, $"{PastRoot}/changes?from={from}&to={to}");

    /// <summary>Path of the change next to a moment: a <see cref="Past.PastStep"/>.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="isForward">Whether the one after it is asked for.</param>
    /// <param name="kind">The kind of entity whose changes count; null for all.</param>
    /// <param name="id">Its id.</param>
    public static string PastStepPath(DateTimeOffset at, bool isForward, FleetKind? kind, string id) =>
        $"{PastRoot}/step{Query(("at", at))}&to={(isForward ? "after" : "before")}{(kind is { } of ? $"&kind={of.ToString().ToLowerInvariant()}&id={Uri.EscapeDataString(id)}" : "")}";

    private const string PastRoot = "/feed/v1/past";

    /// <summary>
    /// The hub's method <c>Announce(PresenceList mine)</c>: a dashboard tells whether somebody looks at it and which commands are about to be given in its tabs, in place of what it told before, and gets a
    /// <see cref="Presence.PresenceList"/> of all dashboards. From then on it is told of changes by <see cref="PresenceChanged"/>. What it told ends with its connection, or after
    /// <see cref="Presence.PresenceLimits.Lease"/>.
    /// </summary>
    public const string Announce = "Announce";

    /// <summary>The method that the hub calls at the dashboards that announced: <c>PresenceChanged(PresenceList all)</c>.</summary>
    public const string PresenceChanged = "PresenceChanged";

    /// <summary>Path of the history of an execution: a <see cref="FeedHistory"/>.</summary>
    public static string HistoryPath(string executionId) => $"/feed/v1/executions/{Uri.EscapeDataString(executionId)}/history";

    /// <summary>Most nodes in one request for a timeline.</summary>
    public const int MostLanes = 200;

    /// <summary>Path of the timeline of nodes in a range: a <see cref="FleetTimeline"/>. At most <see cref="MostLanes"/> nodes.</summary>
    public static string TimelinePath(IEnumerable<string> nodeIds, DateTimeOffset from, DateTimeOffset to) =>
        $"/feed/v1/timeline?from={Uri.EscapeDataString(from.UtcDateTime.ToString("O"))}&to={Uri.EscapeDataString(to.UtcDateTime.ToString("O"))}"
        + string.Concat(nodeIds.Select(id => $"&nodes={Uri.EscapeDataString(id)}"));

    /// <summary>Path for a posted <see cref="TimelineQuestion"/>; the reply is that of <see cref="TimelinePath"/>.</summary>
    public const string TimelineQuestionPath = "/feed/v1/timeline";

    /// <summary>Path of the fleet at a point in time: a <see cref="FleetMoment"/>.</summary>
    /// <param name="at">The point in time.</param>
    /// <param name="withNodes">Whether to include each node.</param>
    public static string MomentPath(DateTimeOffset at, bool withNodes) =>
        $"/feed/v1/state?at={Uri.EscapeDataString(at.UtcDateTime.ToString("O"))}{(withNodes ? "&map=true" : "")}";

    /// <summary>Path of what changed in a range of time: a <see cref="Changes.FleetChanges"/>.</summary>
    /// <param name="from">Beginning of the range.</param>
    /// <param name="to">Its end.</param>
    /// <param name="by">What executions and nodes are grouped by.</param>
    public static string ChangesPath(DateTimeOffset from, DateTimeOffset to, Changes.ChangeGrouping by) => $"/feed/v1/changes{Query(("from", from), ("to", to))}&by={Uri.EscapeDataString(by.Name)}";

    /// <summary>Path of the convergence of a job, or of the fleet: a <see cref="Convergence.ConvergenceReport"/>.</summary>
    /// <param name="jobId">The job; empty for the fleet.</param>
    public static string ConvergencePath(string jobId) => jobId.Length == 0 ? "/feed/v1/convergence" : $"/feed/v1/convergence?job={Uri.EscapeDataString(jobId)}";

    /// <summary>Path of the states of a deployment's nodes over time: a <see cref="DeploymentHistory"/>.</summary>
    public static string DeploymentHistoryPath(string deploymentId) => $"/feed/v1/deployments/{Uri.EscapeDataString(deploymentId)}/history";

    /// <summary>Path of the canary verdict of a deployment just before a point in time: a <see cref="CanaryVerdict"/>.</summary>
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

    /// <summary>
    /// Path of the audit: an <see cref="Audit.AuditRequest"/> is posted to it and answered with an <see cref="Audit.AuditStored"/>; asked with the query of an
    /// <see cref="Audit.AuditQuery"/> it answers with an <see cref="Audit.AuditPage"/>.
    /// </summary>
    public const string AuditPath = "/feed/v1/audit";

    /// <summary>Path of the newest rows about commands, oldest first: an <see cref="Audit.AuditRows"/> of at most <see cref="Audit.AuditLimits.Rows"/>.</summary>
    /// <param name="after">Rows after this number.</param>
    public static string AuditCommandsPath(long after) => $"{AuditPath}/commands?after={after.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>Path of what changed of views and preferences since a version: <see cref="UserData.UserDataChanges"/>.</summary>
    /// <param name="after">The version; 0 for everything.</param>
    public static string UserDataPath(long after) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/feed/v1/user-data?after={after}");

    /// <summary>Path to which a <see cref="UserData.SaveViewRequest"/> is put; it answers with the <see cref="UserData.SavedView"/>.</summary>
    public const string ViewsPath = "/feed/v1/user-data/views";

    /// <summary>Path of a view, to delete it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="expected">Its version, as the person saw it.</param>
    public static string ViewPath(string id, long expected) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ViewsPath}/{Uri.EscapeDataString(id)}?expected={expected}");

    /// <summary>Path to which a <see cref="UserData.SavePreferencesRequest"/> is put.</summary>
    public const string PreferencesPath = "/feed/v1/user-data/preferences";

    /// <summary>Path of the right to renew a sign-in, which one dashboard at a time has: posted to take it, answered with a <see cref="UserData.RenewalTurn"/>; deleted to give it back.</summary>
    /// <param name="session">Id of the sign-in.</param>
    /// <param name="holder">Name of this turn, of letters and digits: another one for each.</param>
    public static string RenewalPath(string session, string holder) => $"/feed/v1/user-data/sign-ins/{Uri.EscapeDataString(session)}/renewal?holder={Uri.EscapeDataString(holder)}";

    /// <summary>Path to which a <see cref="Bulk.BulkStart"/> is posted; the reply is the <see cref="Bulk.BulkRun"/>.</summary>
    public const string BulkPath = "/feed/v1/bulk";

    /// <summary>Path of the bulk runs that changed after a version, 0 for all: a <see cref="Bulk.BulkRunList"/>.</summary>
    public static string BulkRunsPath(long since) => $"{BulkPath}?since={since.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>Path to which a <see cref="Bulk.BulkLeaseRequest"/> is posted; the reply is a <see cref="Bulk.BulkLease"/>.</summary>
    public const string BulkLeasePath = BulkPath + "/lease";

    /// <summary>Path of a run and its items that changed after a version, 0 for all: a <see cref="Bulk.BulkRunItems"/>.</summary>
    public static string BulkItemsPath(string runId, long since) => $"{BulkPath}/{Uri.EscapeDataString(runId)}/items?since={since.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>Path to which the driver of the runs posts a <see cref="Bulk.BulkWrite"/>; the reply is the <see cref="Bulk.BulkRun"/>.</summary>
    public static string BulkWritePath(string runId) => $"{BulkPath}/{Uri.EscapeDataString(runId)}/writes";

    /// <summary>Path to which a <see cref="Bulk.BulkOrder"/> is posted; the reply is the <see cref="Bulk.BulkRun"/>.</summary>
    public static string BulkOrderPath(string runId) => $"{BulkPath}/{Uri.EscapeDataString(runId)}/orders";

    private static string Query(params ReadOnlySpan<(string Name, DateTimeOffset? At)> moments)
    {
        var query = "";
        foreach (var (name, at) in moments)
            if (at is { } moment) query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(moment.UtcDateTime.ToString("O"))}";
        return query;
    }

    /// <summary>JSON options of hub and history: camel case, enums as text. Null, default values and the empty texts of an execution are left out.</summary>
    public static JsonSerializerOptions Json { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Configures options like <see cref="Json"/>.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault;
        options.Converters.Add(new FeedBatchJson());
        options.Converters.Add(new ExecutionJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return options;
    }
}

/// <summary>The state changes of one execution.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="Problem">Why the server's part of the history is missing, as a sentence; empty when it is complete.</param>
public sealed record FeedHistory(IReadOnlyList<StateChange> Items, string Problem = "");

/// <summary>A request for a timeline of more nodes than fit into an address; posted to <see cref="FeedContract.TimelineQuestionPath"/>.</summary>
/// <param name="Nodes">The nodes, at most <see cref="FeedContract.MostLanes"/>.</param>
/// <param name="From">Start of the range, ISO 8601, UTC.</param>
/// <param name="To">End of the range.</param>
public sealed record TimelineQuestion(IReadOnlyList<string>? Nodes, string? From, string? To);

/// <summary>
/// Number of a deployment's nodes in each state over time, from its first change to now. Counts the execution that was the newest of its node at each time.
/// </summary>
/// <param name="Times">The times, UTC, ascending; at most a few hundred.</param>
/// <param name="Series">One series per state that occurred, with one count per time.</param>
public sealed record DeploymentHistory(IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<DeploymentSeries> Series);

/// <summary>Counts of one state.</summary>
/// <param name="State">The state.</param>
/// <param name="Counts">Number of nodes at each time.</param>
public sealed record DeploymentSeries(ExecutionState State, IReadOnlyList<int> Counts);
