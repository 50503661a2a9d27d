using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Logs;

// The range of time: a span before now, or from one line to another.
public sealed partial class LogView
{
    private static readonly TimeSpan[] Spans = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    private TimeSpan? _span;

    private void ChooseSpan(ChangeEventArgs args)
    {
        _span = Array.Find(Spans, span => span.TotalSeconds.ToString(CultureInfo.InvariantCulture) == args.Value?.ToString()) is { Ticks: > 0 } chosen ? chosen : null;
        Refilter(_filter with { From = _span is { } last ? Time.GetUtcNow() - last : null, To = null });
    }

    // Ends may be chosen in any order.
    private void ChooseRange(DateTimeOffset? from, DateTimeOffset? to)
    {
        _span = null;
        Refilter(_filter with { From = from > to ? to : from, To = from > to ? from : to });
    }
}
