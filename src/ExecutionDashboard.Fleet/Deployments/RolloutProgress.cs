using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>
/// Progress of a deployment, counted from its executions (the newest of each node) and not from the server's counters. <see cref="Healthy"/>,
/// <see cref="Unhealthy"/>, <see cref="Failed"/>, <see cref="Pending"/> and <see cref="Stopped"/> add up to <see cref="Placed"/>; with <see cref="NotPlaced"/> they
/// add up to <see cref="Total"/>. Counts are never negative. What the server does not send is null.
/// </summary>
public sealed record RolloutProgress
{
    /// <summary>Number of nodes: as the server sends it, or the number of nodes with an execution if that is higher; null when not sent.</summary>
    public int? Total { get; init; }
    /// <summary>Nodes with an execution of this deployment.</summary>
    public int Placed { get; init; }
    /// <summary>Running, or completed (one-shot jobs).</summary>
    public int Healthy { get; init; }
    /// <summary>Degraded.</summary>
    public int Unhealthy { get; init; }
    /// <summary>Failed or lost.</summary>
    public int Failed { get; init; }
    /// <summary>Pending, starting, validating, or in an unknown state.</summary>
    public int Pending { get; init; }
    /// <summary>Stopped or stopping, for example because a later version replaced them.</summary>
    public int Stopped { get; init; }
    /// <summary>Nodes that are not connected and whose execution has not ended: its state is the last known one.</summary>
    public int Offline { get; init; }
    /// <summary>Nodes without an execution of this deployment; null when the server does not send the number of nodes.</summary>
    public int? NotPlaced { get; init; }
    /// <summary>Nodes that have not come to an end yet, good or bad; null where the server does not say how many nodes there are.</summary>
    public int? Unfinished => Total - Healthy - Failed - Stopped - Unhealthy;
    /// <summary>Describes where the server's counters and the executions differ, or what is not sent; empty when they agree.</summary>
    public string Disagreement { get; init; } = "";
    /// <summary>Share of the nodes that are done, 0–1. It is 1 only when <see cref="IsDone"/>, 0 without nodes, null when their number is unknown.</summary>
    public double? DoneShare { get; init; }
    /// <summary>Whether the server reports it as completed and every node is done. A node whose execution was replaced later counts as done.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether the server reports it as completed. Nodes without an execution then had one that was deleted.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>The counts as text, without zeros: <c>2 healthy, 1 failed, 3 not placed</c>.</summary>
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
            // Never 100 % before the server reports the rollout as completed.
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
        // An execution may be running before the server counts it as updated, so only a higher count of the server is a difference.
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
