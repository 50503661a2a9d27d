using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>How steady a node's connection was over a stretch of time.</summary>
/// <param name="Connects">Times that it came to be connected within the stretch.</param>
/// <param name="Breaks">Times that it ceased to be.</param>
/// <param name="Away">How long it was not connected, of what is known.</param>
public sealed record Connecting(int Connects, int Breaks, TimeSpan Away)
{
    /// <summary>Connects within an hour from which on a node is said to flap.</summary>
    public const int Flaps = 3;

    /// <summary>The steadiness between two moments, from the spans of a lane; what lies outside is left out.</summary>
    public static Connecting Of(IReadOnlyList<StateSpan> spans, DateTimeOffset from, DateTimeOffset to)
    {
        var (connects, breaks, away) = (0, 0, TimeSpan.Zero);
        for (var i = 0; i < spans.Count; i++)
        {
            var span = spans[i];
            var (start, end) = (span.From > from ? span.From : from, span.To is { } until && until < to ? until : to);
            var up = IsUp(span);
            if (!up && end > start && span.State.Length > 0) away += end - start;
            // What it was before the first span is not known: that is no change.
            if (i == 0 || span.From < from || span.From > to || up == IsUp(spans[i - 1])) continue;
            if (up) connects++;
            else breaks++;
        }
        return new(connects, breaks, away);
    }

    private static bool IsUp(StateSpan span) => span.State.Equals("connected", StringComparison.OrdinalIgnoreCase);
}
