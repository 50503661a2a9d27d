using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>
/// How far a deployment is, counted from its executions (the newest of each node), not from the server's own counters. The parts
/// <see cref="Healthy"/>, <see cref="Unhealthy"/>, <see cref="Failed"/>, <see cref="Pending"/> and <see cref="Stopped"/> make up
/// <see cref="Placed"/>; with <see cref="NotPlaced"/> they make up <see cref="Total"/>. None is negative. What the server does not tell is null.
/// </summary>
public sealed record RolloutProgress
{
    /// <summary>Nodes in all: what the server says, or the nodes that have an execution where it says fewer; null where it does not say.</summary>
    public int? Total { get; init; }
    /// <summary>Nodes that have an execution of this deployment.</summary>
    public int Placed { get; init; }
    /// <summary>Running, or ended well (one-shot jobs).</summary>
    public int Healthy { get; init; }
    /// <summary>Running degraded.</summary>
    public int Unhealthy { get; init; }
    /// <summary>Failed, or lost with their node.</summary>
    public int Failed { get; init; }
    /// <summary>On the way: pending, starting, validating, or in a state that is not known.</summary>
    public int Pending { get; init; }
    /// <summary>Stopped or stopping, for instance because a later version took their place.</summary>
    public int Stopped { get; init; }
    /// <summary>Of the placed that have not ended, those on nodes that are not connected: their state is the last known.</summary>
    public int Offline { get; init; }
    /// <summary>Nodes without an execution of this deployment; null where the server does not say how many nodes there are.</summary>
    public int? NotPlaced { get; init; }
    /// <summary>Nodes that have not come to an end yet, good or bad; null where the server does not say how many nodes there are.</summary>
    public int? Unfinished => Total - Healthy - Failed - Stopped - Unhealthy;
    /// <summary>One sentence on where the server's counters differ from its executions, or on what it does not say; empty when all agree.</summary>
    public string Disagreement { get; init; } = "";
    /// <summary>Share of the nodes that are done, 0–1; 1 only when <see cref="IsDone"/>, 0 when there are no nodes, null where it is not known how many there are.</summary>
    public double? DoneShare { get; init; }
    /// <summary>The server calls it completed and every node is done by its execution. A node whose execution was replaced since counts as done.</summary>
    public bool IsDone { get; init; }

    /// <summary>The server calls it completed: a node without an execution had one, which is gone.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>The counts in words, by node, without zeros: <c>2 healthy, 1 failed, 3 not placed</c>.</summary>
    public string Words
    {
        get
        {
            (int Count, string Word)[] parts =
                [(Healthy, "healthy"), (Unhealthy, "unhealthy"), (Failed, "failed"), (Pending, "pending"), (Stopped, "stopped"), (NotPlaced ?? 0, IsCompleted ? "without execution" : "not placed")];
            var words = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count:#,0} {part.Word}")));
            return words.Length > 0 ? words : "no executions yet";
        }
    }

    internal static RolloutProgress Of(Deployment deployment, ReadOnlySpan<RolloutRow> rows)
    {
        int healthy = 0, unhealthy = 0, failed = 0, pending = 0, stopped = 0, offline = 0;
        foreach (ref readonly var row in rows)
        {
            if (row.IsOffline) offline++;
            if (row.IsHealthy) healthy++;
            else if (row.IsDegraded) unhealthy++;
            else if (row.IsFailed) failed++;
            else if (row.IsStopped) stopped++;
            else pending++;
        }
        var placed = rows.Length;
        int? total = deployment.TotalNodes is { } told ? Math.Max(placed, told) : null;
        var completed = deployment.State == "completed";
        var done = completed ? healthy + stopped : healthy;
        var isDone = completed && placed > 0 && done == (total ?? placed);
        var progress = new RolloutProgress
        {
            Total = total, Placed = placed, Healthy = healthy, Unhealthy = unhealthy, Failed = failed, Pending = pending, Stopped = stopped,
            Offline = offline, NotPlaced = total - placed, IsDone = isDone, IsCompleted = completed,
            // The last percent belongs to the server's word: all healthy is not yet completed.
            DoneShare = isDone ? 1 : total == 0 ? 0 : total is { } whole ? Math.Min(0.99, (double)done / whole) : null,
        };
        return progress with { Disagreement = progress.Compared(deployment) };
    }

    private string Compared(Deployment deployment)
    {
        List<string> told = [], shown = [];
        void Differ(FormattableString server, FormattableString executions)
        {
            told.Add(Text(server));
            shown.Add(Text(executions));
        }

        if (deployment.TotalNodes is not { } total)
            return Placed == 0 ? "The server does not say how many nodes it is for, and no execution of it is known."
                : $"The server does not say how many nodes it is for; {(Placed == 1 ? "1 node has" : Text($"{Placed} nodes have"))} an execution of it.";
        if (total < Placed || total < 0) Differ($"{total} in all", $"{Placed} placed");
        // Running and being watched until it counts as updated is no contradiction, so only too many updated nodes are.
        var updatable = Healthy + Unhealthy + Stopped;
        if (deployment.UpdatedNodes is { } updated && (updated < 0 || updated > updatable || (deployment.State == "completed" && updated < Healthy)))
            Differ($"{updated} updated", $"{Healthy} healthy");
        if (deployment.FailedNodes is { } failed && failed != Failed)
            Differ($"{failed} failed", $"{Failed} failed");
        if (told.Count == 0) return "";
        return $"{(deployment.IsOpen ? "The server counts" : "At its end the server counted")} {string.Join(", ", told)}; its executions show {string.Join(", ", shown)}.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
