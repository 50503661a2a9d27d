using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Chains;

/// <summary>How the spec changed from one execution of a chain to the next.</summary>
public enum ChainStep
{
    /// <summary>The first known execution of the chain.</summary>
    First,
    /// <summary>Both were started with the same spec: a restart.</summary>
    Same,
    /// <summary>The spec differs.</summary>
    Differs,
    /// <summary>At least one of the specs is unknown: the server did not send it.</summary>
    Unknown,
}

/// <summary>One execution of a chain.</summary>
/// <param name="Execution">The execution.</param>
/// <param name="Step">How the spec changed since the previous execution.</param>
/// <param name="Lived">From its creation to its end, or to the creation of the next one. Null while it runs, or when not sent.</param>
/// <param name="Broken">What is inconsistent between the previous execution and this one, as a sentence; empty when nothing is.</param>
public sealed record ChainLink(Execution Execution, ChainStep Step, TimeSpan? Lived, string Broken);

/// <summary>An execution that is started again and again with one spec.</summary>
/// <param name="Links">Number of executions in the loop.</param>
/// <param name="Span">From the creation of the first execution to that of the last one.</param>
/// <param name="GoesOn">Whether the newest execution of the chain is part of the loop.</param>
public sealed record RestartLoop(int Links, TimeSpan Span, bool GoesOn);

/// <summary>The executions that replaced each other on a node: how long each ran, how the spec changed between them, and where the links are inconsistent.</summary>
/// <param name="Links">The executions, oldest first.</param>
/// <param name="Before">Why the chain begins with the first one, as a sentence; empty when nothing is missing.</param>
/// <param name="After">Why the chain ends with the last one, as a sentence; empty when nothing is missing.</param>
/// <param name="Loop">The worst restart loop; null when there is none.</param>
public sealed record ExecutionChain(IReadOnlyList<ChainLink> Links, string Before, string After, RestartLoop? Loop)
{
    /// <summary>From this many executions with one spec on, created within <see cref="LoopSpan"/>, a chain has a restart loop.</summary>
    public const int LoopLinks = 4;

    /// <summary>The time within which <see cref="LoopLinks"/> restarts make a loop.</summary>
    public static TimeSpan LoopSpan { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Reads a chain as <see cref="FleetStore.Chain"/> gives it.</summary>
    /// <param name="chain">Executions, oldest first; at least one.</param>
    /// <param name="limit">Most executions read in each direction.</param>
    /// <param name="id">The execution that the chain was read for.</param>
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
