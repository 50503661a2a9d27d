using ExecutionDashboard.Fleet.Store.Queries;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Timelines;

// Calls from the browser.
public sealed partial class NodeLanes
{
    /// <summary>
    /// Called by the browser with the visible rows and range, in milliseconds since the Unix epoch. The turn is the number of the last range that it received, so
    /// that an older message does not undo a newer range.
    /// </summary>
    [JSInvokable]
    public async Task See(int first, int last, double from, double to, bool follows, int turn)
    {
        if (Moment(from) is not { } start || Moment(to) is not { } end || end <= start) return;
        _seen = true;
        _window.See(first, last, start, end);
        await TellAsync(_window.Heads());
        var range = follows ? TimelineRange.Last(end - start) : TimelineRange.Between(start, end);
        if (range != _shown && turn == _turn && _told is not null)
        {
            _shown = range;
            if (RangeChanged.HasDelegate) _said.Enqueue(range);
            if (_said.Count > MostSaid) _said.Dequeue();
            // The browser shows this range already.
            _told = _told with { Span = range.Span.TotalMilliseconds, From = range.From is { } at ? TimelineWriter.Time(at) : null };
            await RangeChanged.InvokeAsync(range);
        }
        await TellMarksAsync();
        await LoadAsync();
        if (WithTable) StateHasChanged();
    }

    /// <summary>Called by the browser to open an execution.</summary>
    [JSInvokable]
    public async Task Open(string? executionId)
    {
        if (executionId is null || !_window.Knows(executionId)) return;
        if (OnOpen.HasDelegate) await OnOpen.InvokeAsync(executionId);
        else Navigation.NavigateTo(Pages.ExecutionDetail.ExecutionView.Address(executionId));
    }

    /// <summary>Called by the browser to fold or unfold a group. The name is checked, because rows may have changed.</summary>
    [JSInvokable]
    public async Task Fold(int row, string? name)
    {
        if (row >= 0 && row < Rows.Count && Rows[row].Head is { } group && group.Name == name) await OnFold.InvokeAsync(group.Key);
    }

    /// <summary>Called by the browser to open the page of a mark.</summary>
    [JSInvokable]
    public void Go(string? address)
    {
        var own = new Uri(Navigation.BaseUri);
        // Parse the address once, because a browser may interpret unusual slashes differently.
        if (address is { Length: > 0 and <= QueryText.Longest } && Uri.TryCreate(own, address, out var page) && own.IsBaseOf(page)) Navigation.NavigateTo(page.AbsoluteUri);
    }
}
