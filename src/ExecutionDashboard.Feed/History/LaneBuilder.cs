using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Feed.History;

/// <summary>Turns changes into spans. In log order no change is before its predecessor, whatever the clocks were.</summary>
internal static class LaneBuilder
{
    /// <summary>
    /// The spans that overlap <paramref name="from"/> – <paramref name="to"/>. Adjacent spans with the same state are merged; spans without a duration, and times
    /// without the entity, are dropped.
    /// </summary>
    /// <param name="steps">The changes, oldest first.</param>
    /// <param name="from">Start of the range.</param>
    /// <param name="to">End of the range.</param>
    public static List<StateSpan> Spans(IEnumerable<LaneStep> steps, DateTimeOffset from, DateTimeOffset to)
    {
        var spans = new List<StateSpan>();
        var (state, since, source) = ("", DateTimeOffset.MinValue, ChangeSource.Watched);
        var floor = DateTimeOffset.MinValue;
        foreach (var step in steps)
        {
            var at = step.At > floor ? step.At : floor;
            floor = step.Floor > at ? step.Floor : at;
            if (step.State == state) continue;
            if (state.Length > 0 && since < at) spans.Add(new StateSpan(state, since, at, source));
            (state, since, source) = (step.State, at, step.Source);
            if (spans.Count > 0 && spans[^1] is var last && last.To == at && last.State == state)
            {
                // The span in between had no duration.
                spans.RemoveAt(spans.Count - 1);
                (since, source) = (last.From, last.Source);
            }
            if (at > to) break;
        }
        if (state.Length > 0) spans.Add(new StateSpan(state, since, null, source));
        spans.RemoveAll(span => span.From >= to || span.To <= from);
        return spans;
    }

    /// <summary>The first changes of an execution by its own times, for the time before the feed saw it.</summary>
    /// <param name="first">The first change that the feed saw.</param>
    /// <param name="created">When it was created.</param>
    /// <param name="stable">When it was stable.</param>
    public static IEnumerable<LaneStep> Derived(LaneStep first, DateTimeOffset? created, DateTimeOffset? stable)
    {
        if (created is { } then && then < first.At) yield return new LaneStep(0, "pending", then, then, ChangeSource.Derived);
        if (stable is { } since && since < first.At && since >= (created ?? since)) yield return new LaneStep(0, "running", since, since, ChangeSource.Derived);
    }
}
