namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>The pace of a rollout by its finished nodes: those that are healthy, degraded, failed or stopped.</summary>
internal sealed class RolloutPace
{
    /// <summary>Fewest finished nodes from which a pace is taken.</summary>
    public const int FewestFinished = 3;

    /// <summary>Nothing must finish for at least this long before a rollout is said to stand still.</summary>
    public static readonly TimeSpan ShortestStandstill = TimeSpan.FromMinutes(2);

    // So many times the longest gap so far, and it stands still.
    private const int Patience = 3;

    private RolloutPace(DateTimeOffset? start, List<DateTimeOffset> finished, TimeSpan longest) => (Start, Finished, Longest) = (start, finished, longest);

    /// <summary>When it began, UTC; null when nothing tells.</summary>
    public DateTimeOffset? Start { get; }

    /// <summary>When its nodes finished, UTC, ascending.</summary>
    public IReadOnlyList<DateTimeOffset> Finished { get; }

    /// <summary>The longest time so far in which no node finished, from the start on.</summary>
    public TimeSpan Longest { get; }

    /// <summary>There are enough finished nodes to speak of a pace.</summary>
    public bool IsKnown => Finished.Count >= FewestFinished;

    /// <summary>When something last moved, UTC: the last node finished, or it began.</summary>
    public DateTimeOffset? LastMoved => Finished.Count > 0 ? Finished[^1] : Start;

    /// <summary>The pace of a rollout. No node finishes after <paramref name="now"/>, whatever its clock says.</summary>
    public static RolloutPace Of(RolloutSummary summary, DateTimeOffset now)
    {
        var rows = summary.Rows;
        var finished = new List<DateTimeOffset>(rows.Length);
        foreach (ref readonly var row in rows.AsSpan())
            if ((row.IsHealthy || row.IsFailed || row.IsStopped || row.IsDegraded) && row.SettledAt is { } at) finished.Add(at > now ? now : at);
        finished.Sort();
        var start = summary.Deployment.CreatedAt ?? rows.Select(row => row.FirstCreatedAt).Min();
        if (finished.Count == 0) return new(start, finished, TimeSpan.Zero);
        if (!(start <= finished[0])) start = finished[0];
        var longest = finished[0] - start.Value;
        for (var i = 1; i < finished.Count; i++)
            if (finished[i] - finished[i - 1] > longest) longest = finished[i] - finished[i - 1];
        return new(start, finished, longest);
    }

    /// <summary>How long nothing may finish: three times the longest gap so far, and <paramref name="shortest"/> at least.</summary>
    public TimeSpan Standstill(TimeSpan shortest) =>
        Longest > TimeSpan.MaxValue / Patience ? TimeSpan.MaxValue : Longest * Patience > shortest ? Longest * Patience : shortest;
}
