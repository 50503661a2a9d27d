using System.Globalization;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>A draft in words. Numbers that move while nothing of the problem does are in the evidence, not in the summary.</summary>
internal sealed partial class ProblemCard(FleetStore store, Draft draft, int[] nodes, int[] jobs)
{
    public ProblemSeverity Severity => draft.Cause switch
    {
        ProblemCause.Outage or ProblemCause.SpecFault => ProblemSeverity.Critical,
        ProblemCause.FlappingNode => ProblemSeverity.Notice,
        ProblemCause.IgnoresStop when IsCutOff => ProblemSeverity.Notice,
        _ => ProblemSeverity.Warning,
    };

    public string Summary => draft.Cause switch
    {
        ProblemCause.Outage when draft.Outage is { Label.Length: > 0 } outage => $"{Count(nodes.Length, "node")} with {PlainText.Of(outage.Label)} lost contact {Together}.",
        ProblemCause.Outage => $"{Count(nodes.Length, "node")}, half of the fleet or more, lost contact {Together}.",
        ProblemCause.NodeUnreachable or ProblemCause.UnreachableNode when draft.Contacts.Count > 0 => Unreachable(),
        ProblemCause.FlappingNode => nodes.Length == 1 ? $"{NodeName} connects again and again." : $"{Count(nodes.Length, "node")} connect again and again.",
        ProblemCause.NodeFault => nodes.Length == 1 ? $"{Count(jobs.Length, "job")} {(jobs.Length == 1 ? "fails" : "fail")} on {NodeName} and {(jobs.Length == 1 ? "runs" : "run")} elsewhere." : $"{Count(nodes.Length, "node")} fail jobs that run elsewhere.",
        ProblemCause.SpecFault => draft.Verdict is { Reason: { } reason } ? $"{JobName} fails on nearly all nodes with one error: {reason.Reason}" : $"{Count(jobs.Length, "job")} fail on nearly all nodes, each with one error.",
        ProblemCause.CohortFault => draft.Trait is { } trait ? $"{(jobs.Length == 1 ? JobName : Count(jobs.Length, "job"))} {(jobs.Length == 1 ? "fails" : "fail")} on {Count(nodes.Length, "node")} with {TraitText(trait)}, and hardly elsewhere." : $"{Count(nodes.Length, "node")} with common traits fail.",
        ProblemCause.DispatchLost => $"{Executions} {Be("is", "are")} pending on {Connected}: the dispatch was lost.",
        ProblemCause.UnreachableNode => $"{Executions} {Be("waits", "wait")} for {(nodes.Length == 1 ? NodeName : Count(nodes.Length, "node"))}, unreachable.",
        ProblemCause.StuckStarting => $"{Executions} {Be("does", "do")} not get past starting.",
        ProblemCause.StuckValidating => $"{Executions} {Be("does", "do")} not get past validating.",
        ProblemCause.StuckStopping => $"{Executions} {Be("does", "do")} not get past stopping.",
        ProblemCause.StuckDegraded => $"{Executions} {Be("stays", "stay")} degraded.",
        ProblemCause.IgnoresStop when IsCutOff => $"{Executions} {Be("was", "were")} asked to stop and may go on running: {(nodes.Length == 1 ? "the node is" : "their nodes are")} unreachable.",
        ProblemCause.IgnoresStop => $"{Executions} {Be("was", "were")} asked to stop and {Be("goes", "go")} on running.",
        ProblemCause.RestartLoop => $"{Executions} {Be("is", "are")} replaced again and again.",
        _ => Failed(),
    };

    private string Together => draft.Outage is { Waves: > 1 } outage ? $"in {outage.Waves.ToString(CultureInfo.InvariantCulture)} waves" : "together";

    /// <summary>Address of the page that lists all it concerns.</summary>
    public string Address => draft switch
    {
        { Outage.Label: { Length: > 0 } label } => PageAddress.Nodes(Gone with { Labels = [label] }),
        { Outage: not null } => PageAddress.Nodes(Gone),
        { Contacts.Count: 1 } => PageAddress.Node(store.NodeId(draft.Contacts[0].Node)),
        { Contacts.Count: > 1, Cause: ProblemCause.FlappingNode } => PageAddress.Nodes(new NodeQuery { Ids = [.. draft.Contacts.Take(Problem.MostSubjects).Select(c => store.NodeId(c.Node))] }),
        { Contacts.Count: > 1 } => PageAddress.Nodes(Gone),
        _ => PageAddress.Executions(Query),
    };

    private static NodeQuery Gone { get; } = new() { Connections = ["disconnected", "lost"] };

    // All executions that the problem is about, as a list can ask for them.
    private ExecutionQuery Query
    {
        get
        {
            var query = new ExecutionQuery { Scope = ExecutionScope.Current, States = [.. States.Select(ExecutionState.Of)] };
            if (jobs.Length is > 0 and <= 20) query = query with { Jobs = [.. jobs.Select(store.JobId)] };
            if (draft.Job >= 0) query = query with { Versions = [draft.Version] };
            if (draft.Node > 0) query = query with { Nodes = [store.NodeId(draft.Node)] };
            if (draft.Trait is { } trait && trait.Name.StartsWith("label ", StringComparison.Ordinal)) query = query with { Labels = [$"{trait.Name[6..]}={trait.Value}"] };
            if (draft.Cause == ProblemCause.IgnoresStop) query = query with { Desired = [ExecutionState.Of(KnownExecutionState.Stopped)] };
            return query;
        }
    }

    private KnownExecutionState[] States => draft.Cause switch
    {
        ProblemCause.DispatchLost => [KnownExecutionState.Pending],
        ProblemCause.UnreachableNode => [KnownExecutionState.Pending, KnownExecutionState.Starting],
        ProblemCause.StuckStarting => [KnownExecutionState.Starting],
        ProblemCause.StuckValidating => [KnownExecutionState.Validating],
        ProblemCause.StuckStopping => [KnownExecutionState.Stopping],
        ProblemCause.StuckDegraded => [KnownExecutionState.Degraded],
        ProblemCause.IgnoresStop => [KnownExecutionState.Starting, KnownExecutionState.Validating, KnownExecutionState.Running, KnownExecutionState.Degraded, KnownExecutionState.Stopping],
        ProblemCause.RestartLoop => [],
        _ => [KnownExecutionState.Failed, KnownExecutionState.Lost],
    };

    private string Failed() => Errors switch
    {
        [{ HasMessage: true } error] => $"{Executions} failed: {error.Reason}",
        [{ HasMessage: true } error, var next, ..] => $"{Executions} failed, with {Count(Errors.Count, "different error")}, {(error.Count > next.Count ? "most often" : "such as")}: {error.Reason}",
        _ => $"{Executions} failed, without a message.",
    };

    private string Unreachable()
    {
        var waiting = draft.Executions.Count(f => f.Cause == ProblemCause.UnreachableNode);
        var who = draft.Contacts.Count == 1 ? $"{NodeName} is {ConnectionOf(draft.Contacts[0].Node)}" : $"{Count(draft.Contacts.Count, "node")} are unreachable";
        return waiting == 0 ? $"{who}." : $"{who}, and {Count(waiting, "execution")} {(waiting == 1 ? "waits" : "wait")} for {(draft.Contacts.Count == 1 ? "it" : "them")}.";
    }

    private bool IsCutOff => draft.Executions is [{ IsCutOff: true }, ..];

    private string NodeName => nodes.Length > 0 ? store.NameOfNode(nodes[0]) : "no node";

    private string JobName => jobs.Length == 1 ? store.NameOfJob(jobs[0]) + (draft.Version > 0 ? $" v{Number(draft.Version)}" : "") : Count(jobs.Length, "job");

    private string Executions => draft.Executions.Count == 1 && nodes.Length == 1 ? $"{JobName} on {NodeName}" : $"{Count(draft.Executions.Count, "execution")} of {JobName}";

    private string Connected => nodes.Length == 1 ? "its connected node" : "connected nodes";

    private string Be(string one, string many) => draft.Executions.Count == 1 ? one : many;

    private string ConnectionOf(int node) => store.FindNode(store.NodeId(node))?.Connection.ToLowerInvariant() ?? "unreachable";

    private static string TraitText(CommonTrait trait) =>
        trait.Name.StartsWith("label ", StringComparison.Ordinal) ? PlainText.Of($"{trait.Name[6..]}={trait.Value}") : PlainText.Of($"{trait.Name} {trait.Value}");

    private static string Count(int number, string noun) => RolloutSummary.Count(number, noun);

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
