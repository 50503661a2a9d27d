using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>Number of executions by state over time: the strip above a timeline.</summary>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC.</param>
/// <param name="Series">One series per state that occurs, most urgent first, each with <see cref="Stretches"/> counts.</param>
public sealed record TimelineOverview(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<(string State, int[] Counts)> Series)
{
    /// <summary>Number of intervals.</summary>
    public const int Stretches = 180;

    private static readonly TimeSpan[] Extents =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(7),
        TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(400), TimeSpan.FromDays(1_600),
    ];

    /// <summary>How far back from now the strip reaches: at least four times the range, and beyond its start.</summary>
    public static TimeSpan Extent(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        foreach (var extent in Extents)
            if (extent >= 4 * (to - from) && extent >= 1.2 * (now - from)) return extent;
        return Extents[^1];
    }

    /// <summary>Counts bars. In each interval a bar counts with its most urgent state; an end counts only in its own interval.</summary>
    public static TimelineOverview Of(IEnumerable<ExecutionBar> bars, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var counts = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var worst = new (int Rank, string State)[Stretches];
        var length = Math.Max(1, (to - from).Ticks / Stretches);
        foreach (var bar in bars)
        {
            var (first, last) = (Stretches, -1);
            foreach (var span in bar.Spans)
            {
                var state = ExecutionState.Parse(span.State);
                if (state.IsNone) continue;
                var end = state.IsTerminal ? span.From : span.To ?? now;
                if (end < from || span.From > to) continue;
                var a = (int)Math.Clamp((span.From - from).Ticks / length, 0, Stretches - 1);
                var b = (int)Math.Clamp((end - from).Ticks / length, a, Stretches - 1);
                for (var i = a; i <= b; i++)
                    if (worst[i].State is null || state.Rank < worst[i].Rank) worst[i] = (state.Rank, state.Name);
                (first, last) = (Math.Min(first, a), Math.Max(last, b));
            }
            for (var i = first; i <= last; i++)
            {
                if (worst[i].State is not { } state) continue;
                if (!counts.TryGetValue(state, out var series)) counts[state] = series = new int[Stretches];
                series[i]++;
                worst[i] = default;
            }
        }
        return new(from, to, [.. counts.OrderBy(c => ExecutionState.Parse(c.Key).Rank).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value))]);
    }
}
