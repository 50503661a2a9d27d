using System.Globalization;
using ExecutionDashboard.Fleet.Attention.Rules;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

internal sealed partial class ProblemCard
{
    private const string Computed = "computed", FromControlPlane = "control plane", FromNode = "node", Watched = "change log";
    private const int MostErrors = 3;
    private static readonly TimeSpan RestartGrace = TimeSpan.FromSeconds(90);

    /// <summary>The facts, most telling first.</summary>
    public IReadOnlyList<Evidence> Evidence => [.. draft.Cause switch
    {
        ProblemCause.Outage => OfOutage(),
        ProblemCause.NodeUnreachable or ProblemCause.UnreachableNode => OfContacts(),
        ProblemCause.FlappingNode => OfFlapping(),
        ProblemCause.SpecFault => OfSpec(),
        ProblemCause.CohortFault => OfCohort(),
        ProblemCause.NodeFault => OfNodeFault(),
        ProblemCause.DispatchLost => OfDispatch().Concat(OfExecutions()),
        ProblemCause.Failed => OfErrors(),
        ProblemCause.RestartLoop => OfExecutions().Concat(OfErrors()),
        _ => OfPeers().Concat(OfExecutions()),
    }];

    private IEnumerable<Evidence> OfOutage()
    {
        var outage = draft.Outage!;
        var (first, last) = (outage.Nodes[0].Since, outage.Nodes[^1].Since);
        var of = outage.Label.Length > 0 ? $"the {Count(outage.With, "node")} with {PlainText.Of(outage.Label)}" : $"the {Count(outage.With, "node")} of the fleet";
        yield return new($"{Number(outage.Nodes.Count)} of {of} are unreachable.", Computed, null, Address);
        yield return new($"They lost contact {(outage.Waves > 1 ? Together + ", all " : "")}within {Deployments.RolloutSummary.Length(TimeSpan.FromTicks(last - first))}.", FromControlPlane, ExecutionTable.ToTime(first), Address);
        yield return Contact(outage.Nodes[0]);
        var waiting = draft.Executions.Count(f => f.Cause == ProblemCause.UnreachableNode);
        if (waiting > 0) yield return new($"{Count(waiting, "execution")} {(waiting == 1 ? "waits" : "wait")} for these nodes.", FromControlPlane);
        var stopped = draft.Executions.Count(f => f.Cause == ProblemCause.IgnoresStop);
        if (stopped > 0) yield return new($"{Count(stopped, "execution")} {(stopped == 1 ? "was" : "were")} asked to stop there and may go on running.", FromControlPlane);
        var lost = draft.Executions.Count(f => f.IsLost);
        if (lost > 0) yield return new($"{Count(lost, "execution")} {(lost == 1 ? "is" : "are")} lost with them.", FromControlPlane);
        var failed = draft.Executions.Count(f => f.Cause == ProblemCause.Failed && !f.IsLost);
        if (failed > 0) yield return new($"{Count(failed, "execution")} failed there since.", FromControlPlane);
    }

    private IEnumerable<Evidence> OfContacts()
    {
        foreach (var contact in draft.Contacts.Take(MostErrors)) yield return Contact(contact);
        if (draft.Contacts.Count is 1 && store.FindNode(store.NodeId(draft.Contacts[0].Node)) is { Message.Length: > 0 } node)
            yield return new(ShownText.Of(node.Message), FromControlPlane, node.UpdatedAt, PageAddress.Node(node.Id));
        foreach (var fact in OfExecutions()) yield return fact;
    }

    private Evidence Contact(ContactFinding contact)
    {
        var node = store.FindNode(store.NodeId(contact.Node));
        var heartbeat = node?.LastHeartbeat is { } last ? string.Create(CultureInfo.InvariantCulture, $"; its last heartbeat came at {last.UtcDateTime:HH:mm:ss} UTC") : "";
        return new($"{store.NameOfNode(contact.Node)} is {ConnectionOf(contact.Node)}{heartbeat}.", FromControlPlane, ExecutionTable.ToTime(contact.Since), PageAddress.Node(store.NodeId(contact.Node)));
    }

    private IEnumerable<Evidence> OfFlapping()
    {
        foreach (var contact in draft.Contacts.Take(MostErrors))
        {
            var id = store.NodeId(contact.Node);
            var connects = store.Observations.ConnectsOf(id).Where(at => at + 1 >= contact.FlapsSince).ToArray();
            if (connects.Length == 0) continue;
            yield return new($"{store.NameOfNode(contact.Node)} connected {Count(connects.Length, "time")} within {Deployments.RolloutSummary.Length(TimeSpan.FromTicks(connects[^1] - connects[0]))}.", Watched, new DateTimeOffset(connects[^1], TimeSpan.Zero), PageAddress.Node(id));
        }
    }

    private IEnumerable<Evidence> OfSpec()
    {
        if (draft.Verdict is not { Reason: { } reason } verdict) yield break;
        yield return new($"{Number(verdict.Failed)} of {Count(verdict.Decided, "execution")} of v{Number(draft.Version)} failed{(verdict.ReasonCount < verdict.Read ? $"; {Number(verdict.ReasonCount)} of {Number(verdict.Read)} errors that were compared are this one" : " with this error")}.", Computed, reason.FirstSeen, Address);
        yield return new(reason.Reason + (reason.ErrorCode.Length > 0 ? $" ({reason.ErrorCode})" : ""), FromNode, reason.LastSeen, PageAddress.Execution(reason.SampleExecutionId));
        yield return verdict.PreviousVersion == 0
            ? new("No execution of a version before is known to compare with.", Computed)
            : new($"None of {Count(verdict.Previous, "execution")} of v{Number(verdict.PreviousVersion)} failed with it.", Computed, null, PageAddress.Versions(store.JobId(draft.Job), verdict.PreviousVersion, draft.Version));
    }

    private IEnumerable<Evidence> OfCohort()
    {
        if (draft.Trait is { } trait)
            yield return new($"{Number(trait.FailedWith)} of {Count(trait.Failed, "node")} that failed have {TraitText(trait)}, and {Number(trait.HealthyWith)} of {Number(trait.Healthy)} that run.", Computed, null, Address);
        foreach (var fact in OfErrors()) yield return fact;
    }

    private IEnumerable<Evidence> OfNodeFault()
    {
        foreach (var job in jobs.Take(MostErrors))
            yield return new($"{store.NameOfJob(job)} runs in {Count(store.RunningCount(job), "execution")} elsewhere.", Computed, null, PageAddress.Job(store.JobId(job)));
        foreach (var fact in OfErrors()) yield return fact;
    }

    private IEnumerable<Evidence> OfDispatch()
    {
        var (after, sample) = (0, -1);
        foreach (var finding in draft.Executions)
        {
            if (store.FindNode(store.NodeId(finding.Node)) is not { ConnectedSince: { } connected } || ExecutionTable.FromTime(connected) <= store.CreatedOf(finding.Row)) continue;
            after++;
            if (sample < 0) sample = finding.Node;
        }
        if (after > 0)
            yield return new($"{(draft.Executions.Count == 1 ? "Its node" : $"The nodes of {Number(after)} of them")} connected after the execution was created: a message sent before that is lost.", FromControlPlane, store.FindNode(store.NodeId(sample))?.ConnectedSince, PageAddress.Node(store.NodeId(sample)));
        if (StartedBefore() is { } started)
            yield return new($"The control plane started {Deployments.RolloutSummary.Length(started.Before)} before the execution was created: until nodes are heard from again it may take those for connected that are not.", FromControlPlane, started.At, PageAddress.Execution(started.Id));
        foreach (var fact in OfPeers()) yield return fact;
    }

    // A node that was connected before the control plane's restart counts as connected for 90 s after it.
    private (TimeSpan Before, DateTimeOffset At, string Id)? StartedBefore()
    {
        if (store.Observations.ControlPlaneStarted is not (> 0 and var ticks)) return null;
        var at = new DateTimeOffset(ticks, TimeSpan.Zero);
        foreach (var execution in store.ExecutionsOf([.. draft.Executions.Take(Problem.MostSubjects).Select(f => f.Row)]))
            if (execution.CreatedAt - at is { } before && before >= TimeSpan.Zero && before <= RestartGrace) return (before, at, execution.Id);
        return null;
    }

    private IEnumerable<Evidence> OfPeers()
    {
        if (StateOf(draft.Cause) is not { } state || jobs.Length != 1) yield break;
        var (durations, source) = PeerTimes(jobs[0], state);
        if (durations.Count < MostErrors)
        {
            yield return new("How long other executions of the job take is not known yet.", Computed);
            yield break;
        }
        var (median, p95) = (durations[(durations.Count - 1) / 2], durations[(int)Math.Ceiling(durations.Count * 0.95) - 1]);
        yield return new($"{Count(durations.Count, "other execution")} of the job took {Deployments.RolloutSummary.Length(median)} (median) and {Deployments.RolloutSummary.Length(p95)} (95th percentile) {Words(state)}.", source);
    }

    // What was watched is exact; else what they tell of themselves, from their creation on.
    private (IReadOnlyList<TimeSpan> Durations, string Source) PeerTimes(int job, KnownExecutionState state)
    {
        var watched = store.Observations.DurationsOf(store.JobId(job), state);
        if (watched.Count >= MostErrors || state is KnownExecutionState.Stopping or KnownExecutionState.Degraded) return (watched, Watched);
        return (store.TimesToRun(job), FromControlPlane);
    }

    private static KnownExecutionState? StateOf(ProblemCause cause) => cause switch
    {
        ProblemCause.DispatchLost => KnownExecutionState.Pending,
        ProblemCause.StuckStarting => KnownExecutionState.Starting,
        ProblemCause.StuckValidating => KnownExecutionState.Validating,
        ProblemCause.StuckStopping => KnownExecutionState.Stopping,
        ProblemCause.StuckDegraded => KnownExecutionState.Degraded,
        _ => null,
    };

    private static string Words(KnownExecutionState state) => state switch
    {
        KnownExecutionState.Pending => "to be started",
        KnownExecutionState.Starting => "to start",
        KnownExecutionState.Validating => "to validate",
        KnownExecutionState.Stopping => "to stop",
        _ => "to recover",
    };

    private IEnumerable<Evidence> OfExecutions()
    {
        foreach (var execution in store.ExecutionsOf([.. draft.Executions.Take(MostErrors).Select(f => f.Row)]))
        {
            var place = store.FindNode(execution.NodeId)?.DisplayName ?? PlainText.Of(execution.NodeId);
            var said = execution.Actual.Message.Length > 0 ? $": {ShownText.Of(execution.Actual.Message)}" : "";
            yield return new($"{execution.Actual.State.Name} on {(place.Length > 0 ? place : "no node")}, wanted {execution.Desired.State.Name}{said}", FromControlPlane, execution.UpdatedAt ?? execution.CreatedAt, PageAddress.Execution(execution.Id));
        }
    }

    // The most frequent first, of those executions that are named.
    private IReadOnlyList<Deployments.FailureGroup> Errors => field ??= Deployments.FailureGroups.Of(store.ExecutionsOf([.. draft.Executions.Take(Problem.MostSubjects).Select(f => f.Row)]));

    private IEnumerable<Evidence> OfErrors()
    {
        foreach (var group in Errors.Take(MostErrors))
            yield return new($"{group.Reason}{(group.ErrorCode.Length > 0 ? $" ({group.ErrorCode})" : "")}{(group.Count > 1 ? $", {Number(group.Count)} times" : "")}", FromNode, group.LastSeen, PageAddress.Execution(group.SampleExecutionId));
    }
}
