using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live.Logs;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Logs;

/// <summary>Which part of a log is shown: a range of time, and one node or all. A page may have it in its address.</summary>
/// <param name="Range">The range.</param>
/// <param name="NodeId">The node; empty for all.</param>
public sealed record LogPart(TimeRange Range, string NodeId)
{
    /// <summary>The whole log.</summary>
    public static LogPart All { get; } = new(TimeRange.All, "");
}

// The part that is shown: chosen, from one line to another, or given by the page.
public sealed partial class LogView
{
    // Lines of the same millisecond belong together.
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private LogPart _part = LogPart.All;

    /// <summary>The part that the page's address has.</summary>
    [Parameter]
    public LogPart Part { get; set; } = LogPart.All;

    /// <summary>Another part was chosen.</summary>
    [Parameter]
    public EventCallback<LogPart> PartChanged { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!PartChanged.HasDelegate || Part == _part) return;
        TakePart(Part);
    }

    private Task ChooseRangeAsync(TimeRange range) => ChooseAsync(_part with { Range = range });

    private Task ChooseFromAsync(DateTimeOffset at)
    {
        var end = _part.Range.To is { IsRelative: false } to ? to : (Moment?)null;
        return end is { Time: { } last } && last <= at ? ChooseRangeAsync(TimeRange.Of(Moment.At(last - Instant), Moment.At(at + Instant))) : ChooseRangeAsync(TimeRange.Of(Moment.At(at), end));
    }

    private Task ChooseUntilAsync(DateTimeOffset at)
    {
        var begin = _part.Range.From is { IsRelative: false } from ? from : (Moment?)null;
        return begin is { Time: { } first } && first > at ? ChooseRangeAsync(TimeRange.Of(Moment.At(at), Moment.At(first + Instant))) : ChooseRangeAsync(TimeRange.Of(begin, Moment.At(at + Instant)));
    }

    private Task ChooseAsync(LogPart part)
    {
        TakePart(part);
        return PartChanged.InvokeAsync(part);
    }

    private void TakePart(LogPart part)
    {
        _part = part;
        Refilter(InPart(_filter));
    }

    private LogFilter InPart(LogFilter filter)
    {
        var (from, to) = _part.Range.Seen(Time.GetUtcNow());
        return filter with { NodeId = _part.NodeId, From = from, To = to };
    }
}
