using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>How stable a node's connection was over a time range.</summary>
/// <param name="Connects">Number of times it connected.</param>
/// <param name="Breaks">Number of times it disconnected.</param>
/// <param name="Away">Total time it was not connected, as far as known.</param>
public sealed record Connecting(int Connects, int Breaks, TimeSpan Away)
{
    /// <summary>From this many connects within an hour on, a node is flapping.</summary>
    public const int Flaps = 3;

    /// <summary>Computes it for a range from the connection spans of a lane.</summary>
    public static Connecting Of(IReadOnlyList<StateSpan> spans, DateTimeOffset from, DateTimeOffset to)
    {
        var (connects, breaks, away) = (0, 0, TimeSpan.Zero);
        for (var i = 0; i < spans.Count; i++)
        {
            var span = spans[i];
            var (start, end) = (span.From > from ? span.From : from, span.To is { } until && until < to ? until : to);
            var up = IsUp(span);
            if (!up && end > start && span.State.Length > 0) away += end - start;
            // The state before the first span is unknown, so the first span is no change.
            if (i == 0 || span.From < from || span.From > to || up == IsUp(spans[i - 1])) continue;
            if (up) connects++;
            else breaks++;
        }
        return new(connects, breaks, away);
    }

    private static bool IsUp(StateSpan span) => span.State.Equals("connected", StringComparison.OrdinalIgnoreCase);
}
