using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Chains;

/// <summary>What became of the spec from one link of a chain to the next.</summary>
public enum ChainStep
{
    /// <summary>It is the first that is known.</summary>
    First,
    /// <summary>Both were started with the same spec: a restart.</summary>
    Same,
    /// <summary>The spec differs.</summary>
    Differs,
    /// <summary>The server did not send both specs.</summary>
    Unknown,
}

/// <summary>One execution of a chain.</summary>
/// <param name="Execution">The execution.</param>
/// <param name="Step">What became of the spec since the one before.</param>
/// <param name="Lived">From its creation to its end, or to when the next was created; null while it goes on, or when not sent.</param>
/// <param name="Broken">What is wrong between the one before and it, for people; empty when nothing is.</param>
public sealed record ChainLink(Execution Execution, ChainStep Step, TimeSpan? Lived, string Broken);

/// <summary>An execution that is started again and again with one spec.</summary>
/// <param name="Links">Executions in the loop.</param>
/// <param name="Span">From the first one's creation to the last one's.</param>
/// <param name="GoesOn">The chain's newest execution is one of them.</param>
public sealed record RestartLoop(int Links, TimeSpan Span, bool GoesOn);

/// <summary>The executions that replaced each other on a node, read: how long each lived, what changed between them, and what is wrong.</summary>
/// <param name="Links">Oldest first.</param>
/// <param name="Before">What is before the first, for people; empty when nothing is.</param>
/// <param name="After">What is after the last, for people; empty when nothing is.</param>
/// <param name="Loop">The worst restart loop; null when there is none.</param>
public sealed record ExecutionChain(IReadOnlyList<ChainLink> Links, string Before, string After, RestartLoop? Loop)
{
    /// <summary>This many executions with one spec, created within <see cref="LoopSpan"/>, are a restart loop.</summary>
    public const int LoopLinks = 4;

    /// <summary>Within which so many restarts are a loop.</summary>
    public static TimeSpan LoopSpan { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Reads a chain as <see cref="FleetStore.Chain"/> gives it.</summary>
    /// <param name="chain">Executions, oldest first; at least one.</param>
    /// <param name="limit">Most executions each way that were asked for.</param>
    /// <param name="id">The execution it was asked for.</param>
    public static ExecutionChain Of(IReadOnlyList<Execution> chain, string id, int limit = FleetStore.ChainLimit)
    {
        var links = new List<ChainLink>(chain.Count);
        for (var i = 0; i < chain.Count; i++)
        {
            var (execution, before, after) = (chain[i], i > 0 ? chain[i - 1] : null, i + 1 < chain.Count ? chain[i + 1] : null);
            links.Add(new(execution, StepOf(before, execution), LivedOf(execution, after), before is null ? "" : BrokenBetween(before, execution)));
        }
        var here = Math.Max(0, links.FindIndex(link => link.Execution.Id == id));
        return new(links, End(chain, chain[0].PreviousId, here >= limit), End(chain, chain[^1].NextId, chain.Count - 1 - here >= limit), LoopOf(links));
    }

    private static ChainStep StepOf(Execution? before, Execution execution) =>
        before is null ? ChainStep.First
        : before.SpecHash.Length == 0 || execution.SpecHash.Length == 0 ? before.JobVersion == execution.JobVersion && execution.JobVersion > 0 ? ChainStep.Same : ChainStep.Unknown
        : before.SpecHash == execution.SpecHash ? ChainStep.Same : ChainStep.Differs;

    private static TimeSpan? LivedOf(Execution execution, Execution? after)
    {
        if (execution.CreatedAt is not { } start) return null;
        var end = execution.Actual.State.IsTerminal ? execution.UpdatedAt : after?.CreatedAt;
        return end is { } at && at >= start ? at - start : null;
    }

    private static string BrokenBetween(Execution before, Execution execution)
    {
        if (before.NextId.Length > 0 && before.NextId != execution.Id) return $"the one before names {before.NextId} as the next";
        if (execution.PreviousId.Length > 0 && execution.PreviousId != before.Id) return $"it names {execution.PreviousId} as the one before";
        if (before.NodeId.Length > 0 && execution.NodeId.Length > 0 && before.NodeId != execution.NodeId) return "on another node";
        return before.JobId != execution.JobId ? "of another job" : "";
    }

    private static string End(IReadOnlyList<Execution> chain, string next, bool cut)
    {
        if (next.Length == 0) return "";
        if (chain.Any(link => link.Id == next)) return $"it leads back to {next}: the chain loops";
        return cut ? $"it goes on with {next}" : $"{next} is not on the control plane";
    }

    private static RestartLoop? LoopOf(List<ChainLink> links)
    {
        RestartLoop? worst = null;
        var first = 0;
        for (var last = 0; last < links.Count; last++)
        {
            if (links[last].Step != ChainStep.Same) first = last;
            if (links[last].Execution.CreatedAt is not { } end) continue;
            while (first < last && (links[first].Execution.CreatedAt is not { } start || end - start > LoopSpan)) first++;
            var count = last - first + 1;
            if (count < LoopLinks || count < worst?.Links) continue;
            worst = new(count, end - links[first].Execution.CreatedAt!.Value, last == links.Count - 1);
        }
        return worst;
    }
}
