namespace ExecutionDashboard.Fleet.Attention.Grouping;

internal sealed partial class ProblemCard
{
    /// <summary>What can be done, best first.</summary>
    public IReadOnlyList<NextStep> NextSteps => draft.Cause switch
    {
        ProblemCause.Outage => [new(StepAction.Open, Address, "Show the nodes", "Lists the nodes without contact, with what they ran."), .. Timeline()],
        ProblemCause.NodeUnreachable or ProblemCause.UnreachableNode or ProblemCause.FlappingNode when draft.Contacts.Count > 0 => [.. NodePage(), .. Timeline()],
        ProblemCause.UnreachableNode => [.. NodePage(), .. Listing()],
        ProblemCause.NodeFault => [.. NodePage(), .. Listing(), .. Timeline()],
        ProblemCause.SpecFault => [.. Compare(), .. RollBack(), .. Listing()],
        ProblemCause.CohortFault => [.. Listing(), .. Sample()],
        ProblemCause.DispatchLost => [.. Rerun("Places it again on all of its nodes; the control plane sends the lost messages again."), .. StopOne(), .. Listing()],
        ProblemCause.IgnoresStop or ProblemCause.StuckStopping when !IsCutOff => [.. StopAgain(), .. NodePage(), .. Listing()],
        ProblemCause.IgnoresStop => [.. NodePage(), .. Listing()],
        ProblemCause.StuckDegraded => [.. Sample(), .. Rerun("Restarts it on all of its nodes with its current spec."), .. Listing()],
        ProblemCause.RestartLoop => [.. Sample(), .. StopTheJob(), .. Listing()],
        _ => [.. Sample(), .. Rerun("Restarts it on all of its nodes with its current spec."), .. Listing()],
    };

    private IEnumerable<NextStep> Listing()
    {
        if (draft.Executions.Count > 1) yield return new(StepAction.Open, Address, "Show the executions", "Lists all executions that this is about.");
    }

    private IEnumerable<NextStep> Sample()
    {
        if (FirstExecution is { } id) yield return new(StepAction.Open, PageAddress.Execution(id), draft.Executions.Count == 1 ? "Open the execution" : "Open the first execution", "Shows its messages, its log and the spec it was started with.");
    }

    private IEnumerable<NextStep> NodePage()
    {
        if (nodes.Length > 0 && FirstNode is var node) yield return new(StepAction.Open, PageAddress.Node(store.NodeId(node)), $"Open {store.NameOfNode(node)}", "Shows its connection, what it uses, and what runs on it.");
        if (draft.Contacts.Count > 1) yield return new(StepAction.Open, Address, "Show the nodes", "Lists all nodes that this is about.");
    }

    private IEnumerable<NextStep> Timeline()
    {
        if (nodes.Length > 0 && Began is { } began)
            yield return new(StepAction.Open, PageAddress.Timeline(draft.Contacts.Count > 0 ? [.. draft.Contacts.Take(20).Select(c => store.NodeId(c.Node))] : [store.NodeId(FirstNode)], began), "Open the timeline", "Shows what ran there when it began.");
    }

    private IEnumerable<NextStep> Rerun(string consequence)
    {
        if (OnlyJob is { } job) yield return new(StepAction.RerunJob, job, "Rerun the job", consequence);
    }

    private IEnumerable<NextStep> StopOne()
    {
        if (draft.Executions.Count == 1 && FirstExecution is { } id) yield return new(StepAction.StopExecution, id, "Stop the execution", "Stops it, so that another can be placed.");
    }

    private IEnumerable<NextStep> StopAgain()
    {
        if (draft.Executions.Count == 1 && FirstExecution is { } id) yield return new(StepAction.StopExecution, id, "Stop it again", "Asks the node once more to stop it.");
        else if (OnlyJob is { } job) yield return new(StepAction.StopJob, job, "Stop the job again", "Asks all of its nodes once more to stop it.");
    }

    private IEnumerable<NextStep> StopTheJob()
    {
        if (OnlyJob is { } job) yield return new(StepAction.StopJob, job, "Stop the job", "Stops it on all of its nodes until its spec is fixed.");
    }

    private IEnumerable<NextStep> RollBack()
    {
        if (draft.Verdict is { PreviousVersion: > 0 } verdict && draft.Executions is [var first, ..] && store.FindDeployment(store.DeploymentId(first.Deployment)) is { IsOpen: true } deployment)
            yield return new(StepAction.Rollback, deployment.Id, $"Roll back to v{Number(verdict.PreviousVersion)}", "Ends this rollout and brings the version before back to all of its nodes.");
    }

    private IEnumerable<NextStep> Compare()
    {
        if (OnlyJob is not { } job) yield break;
        if (draft.Verdict is { PreviousVersion: > 0 } verdict)
            yield return new(StepAction.Open, PageAddress.Versions(job, verdict.PreviousVersion, draft.Version), $"Compare v{Number(verdict.PreviousVersion)} and v{Number(draft.Version)}", "Shows what the version changed in the spec.");
        else yield return new(StepAction.Open, PageAddress.Job(job, "spec"), "Show the spec", "Shows the job's spec.");
    }

    private string? OnlyJob => jobs.Length == 1 && store.JobId(jobs[0]) is { Length: > 0 } id ? id : null;

    private string? FirstExecution => draft.Executions.Count > 0 && store.ExecutionsOf([draft.Executions[0].Row]) is [var first] ? first.Id : null;

    private int FirstNode => draft.Contacts.Count > 0 ? draft.Contacts[0].Node : draft.Executions is [{ Node: > 0 } first, ..] ? first.Node : nodes[0];

    private DateTimeOffset? Began => Store.Columns.ExecutionTable.ToTime(
        draft.Contacts.Select(c => c.Since).Concat(draft.Executions.Select(f => f.Since)).Where(since => since != 0).DefaultIfEmpty(0).Min());
}
