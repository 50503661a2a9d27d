using System.Globalization;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>What is wrong with nodes by their fields: heartbeat, disk, memory, credential, clock, agent. One problem for each cause, however many nodes.</summary>
public static class NodeRules
{
    /// <summary>Name of the identity's field that says until when a node's credential is valid.</summary>
    public const string CredentialField = "credential_valid_until";

    private const int MostNamed = 5;
    private static readonly IReadOnlyList<NodeFinding> None = [];

    /// <summary>The problems of all nodes. Cost: the nodes.</summary>
    public static IEnumerable<Problem> Of(FleetStore store, AttentionOptions options, DateTimeOffset now) =>
        [.. Together(store.Nodes.SelectMany(node => Of(node, options, now, out _)), options), .. AgentRules.Of(store, options) is { } behind ? (Problem[])[behind] : []];

    /// <summary>What is wrong with one node: nothing, mostly, and then nothing is allocated. Depends on the node alone.</summary>
    /// <param name="node">The node.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="next">When the answer changes without a change of the node, UTC; null when it does not.</param>
    /// <param name="before">What was found at it before, so that what lasts keeps its beginning; null when nothing was.</param>
    public static IReadOnlyList<NodeFinding> Of(Node node, AttentionOptions options, DateTimeOffset now, out DateTimeOffset? next, IReadOnlyList<NodeFinding>? before = null)
    {
        next = null;
        // What a node that is not connected reported last is history; that it is not connected is a problem of its own.
        if (!node.IsConnected) return None;
        List<NodeFinding>? found = null;
        if (node.LastHeartbeat is { } heartbeat)
        {
            if (now - heartbeat >= options.StaleHeartbeat)
                Add(ProblemCause.StaleHeartbeat, heartbeat + options.StaleHeartbeat, "called connected, last heartbeat", heartbeat, heartbeat.UtcTicks * -1.0);
            else if (heartbeat - now > options.ClockSkew)
            {
                Add(ProblemCause.ClockSkew, null, "its last heartbeat is stamped in the future", heartbeat, heartbeat.UtcTicks);
                next = heartbeat - options.ClockSkew;
            }
            else next = heartbeat + options.StaleHeartbeat;
        }
        if (node.Resources is { } use)
        {
            if (use.DiskPercent >= options.DiskPercent) Add(ProblemCause.DiskNearlyFull, null, $"disk {Percent(use.DiskPercent)}{Of(use.DiskUsedBytes, use.DiskCapacityBytes)}", node.LastHeartbeat, use.DiskPercent.Value);
            if (use.MemoryPercent >= options.MemoryPercent) Add(ProblemCause.MemoryNearlyFull, null, $"memory {Percent(use.MemoryPercent)}{Of(use.MemoryUsedBytes, use.MemoryCapacityBytes)}", node.LastHeartbeat, use.MemoryPercent.Value);
        }
        if (CredentialEnd(node) is { } end)
        {
            var soon = end - DateTimeOffset.MinValue > options.CredentialEnding ? end - options.CredentialEnding : DateTimeOffset.MinValue;
            if (now >= soon) Add(ProblemCause.CredentialEnding, soon, now >= end ? "its credential ended" : "its credential ends", end, end.UtcTicks * -1.0);
            var turn = now < soon ? soon : end;
            if (turn > now && !(next <= turn)) next = turn;
        }
        return found ?? None;

        void Add(ProblemCause cause, DateTimeOffset? since, string fact, DateTimeOffset? at, double badness) => (found ??= []).Add(new(
            cause, node.Id, node.DisplayName, since ?? before?.FirstOrDefault(finding => finding.Cause == cause)?.Since ?? node.LastHeartbeat ?? node.UpdatedAt ?? DateTimeOffset.UnixEpoch, fact, at, badness));
    }

    /// <summary>The findings as problems: one for each cause.</summary>
    public static IReadOnlyList<Problem> Together(IEnumerable<NodeFinding> findings, AttentionOptions options) =>
        [.. findings.GroupBy(finding => finding.Cause).OrderBy(group => group.Key)
            .Select(group => Card(group.Key, [.. group.OrderByDescending(f => f.Badness).ThenBy(f => f.Name, NaturalOrder.Instance).ThenBy(f => f.NodeId, StringComparer.Ordinal)], options))];

    private static Problem Card(ProblemCause cause, NodeFinding[] findings, AttentionOptions options)
    {
        var (first, count) = (findings[0], findings.Length);
        return new()
        {
            Id = $"{ProblemCauses.CodeOf(cause)}/nodes", Cause = cause, Severity = ProblemSeverity.Warning, Since = findings.Min(finding => finding.Since),
            Summary = Summary(cause, first.Name, count, options),
            Subjects = [.. findings.Take(Problem.MostSubjects).Select(finding => new ProblemSubject(FleetKind.Node, finding.NodeId, finding.Name))],
            Nodes = count, Address = AddressOf(cause, findings),
            Evidence =
            [
                .. findings.Take(MostNamed).Select(finding => new Evidence($"{finding.Name}: {finding.Fact}.", "node", finding.At, PageAddress.Node(finding.NodeId))),
                .. count > MostNamed ? (Evidence[])[new($"And {RolloutSummary.Count(count - MostNamed, "more node")}.", "node", null, AddressOf(cause, findings))] : [],
            ],
            NextSteps =
            [
                new(StepAction.Open, PageAddress.Node(first.NodeId), $"Open {first.Name}", Advice(cause)),
                .. count > 1 ? (NextStep[])[new(StepAction.Open, AddressOf(cause, findings), "Open the nodes", "Lists the nodes.")] : [],
            ],
        };
    }

    private static string Summary(ProblemCause cause, string name, int count, AttentionOptions options) => (cause, count) switch
    {
        (ProblemCause.StaleHeartbeat, 1) => $"{name} is called connected, but sent no heartbeat for {RolloutSummary.Length(options.StaleHeartbeat)}.",
        (ProblemCause.StaleHeartbeat, _) => $"{Text(count)} nodes are called connected, but sent no heartbeat for {RolloutSummary.Length(options.StaleHeartbeat)}.",
        (ProblemCause.DiskNearlyFull, 1) => $"The disk of {name} is nearly full.",
        (ProblemCause.DiskNearlyFull, _) => $"The disks of {Text(count)} nodes are nearly full.",
        (ProblemCause.MemoryNearlyFull, 1) => $"The memory of {name} is nearly full.",
        (ProblemCause.MemoryNearlyFull, _) => $"The memory of {Text(count)} nodes is nearly full.",
        (ProblemCause.CredentialEnding, 1) => $"The credential of {name} ends within {RolloutSummary.Length(options.CredentialEnding)}, or has ended.",
        (ProblemCause.CredentialEnding, _) => $"The credentials of {Text(count)} nodes end within {RolloutSummary.Length(options.CredentialEnding)}, or have ended.",
        (ProblemCause.ClockSkew, 1) => $"The clock of {name} is ahead of the control plane's.",
        _ => $"The clocks of {Text(count)} nodes are ahead of the control plane's.",
    };

    private static string Advice(ProblemCause cause) => cause switch
    {
        ProblemCause.StaleHeartbeat => "Shows its connection and executions. Look for the agent there: when it is down, the control plane marks the node disconnected by itself; after a restart of the control plane that takes up to 90 s.",
        ProblemCause.DiskNearlyFull => "Shows its use over time and what runs there. Free space, or stop the job that fills it: buffers and agents stop writing on a full disk.",
        ProblemCause.MemoryNearlyFull => "Shows its use over time and what runs there. Stop or shrink a job before the system kills the agent.",
        ProblemCause.CredentialEnding => "Shows its enrolment. Enrol the node again before that, or it can no longer connect.",
        _ => "Shows its times. Set the node's clock by NTP: its timeline and logs are off by as much.",
    };

    private static string AddressOf(ProblemCause cause, NodeFinding[] findings) => findings.Length == 1 ? PageAddress.Node(findings[0].NodeId) : cause switch
    {
        ProblemCause.StaleHeartbeat => PageAddress.Nodes(new NodeQuery { Connections = [FleetStore.StaleConnection] }),
        _ => PageAddress.Nodes(new NodeQuery
        {
            Ids = [.. findings.Take(Problem.MostSubjects).Select(finding => finding.NodeId)],
            Sort = cause switch { ProblemCause.DiskNearlyFull => NodeSort.Disk, ProblemCause.MemoryNearlyFull => NodeSort.Memory, _ => NodeSort.Name },
            Descending = cause is ProblemCause.DiskNearlyFull or ProblemCause.MemoryNearlyFull,
        }),
    };

    private static DateTimeOffset? CredentialEnd(Node node) =>
        node.Identity.TryGetValue(CredentialField, out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end)
        // A server of Go sends this for "none".
        && end.Year > 1 ? end : null;

    private static string Percent(double? percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0} %");

    private static string Of(long? used, long? capacity) => used is { } part && capacity is > 0 and var whole
        ? string.Create(CultureInfo.InvariantCulture, $" ({part / (double)(1L << 30):#,0.0} of {whole / (double)(1L << 30):#,0.0} GiB)") : "";

    private static string Text(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
