using ExecutionDashboard.Fleet.Store.Queries;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Timelines;

// What the browser says.
public sealed partial class NodeLanes
{
    /// <summary>
    /// The browser says what is on its screen. Ends are milliseconds since the Unix epoch. The turn is that of the range which it was told last: what was said
    /// before it knew of a newer one does not take that one back.
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
            // What the browser shows already it need not be told.
            _told = _told with { Span = range.Span.TotalMilliseconds, From = range.From is { } at ? TimelineWriter.Time(at) : null };
            await RangeChanged.InvokeAsync(range);
        }
        await TellMarksAsync();
        await LoadAsync();
        if (WithTable) StateHasChanged();
    }

    /// <summary>The browser says that an execution is to be opened.</summary>
    [JSInvokable]
    public async Task Open(string? executionId)
    {
        if (executionId is null || !_window.Knows(executionId)) return;
        if (OnOpen.HasDelegate) await OnOpen.InvokeAsync(executionId);
        else Navigation.NavigateTo(Pages.ExecutionDetail.ExecutionView.Address(executionId));
    }

    /// <summary>The browser says that a group is to be folded or unfolded. Rows may be others by now: its name must still be there.</summary>
    [JSInvokable]
    public async Task Fold(int row, string? name)
    {
        if (row >= 0 && row < Rows.Count && Rows[row].Head is { } group && group.Name == name) await OnFold.InvokeAsync(group.Key);
    }

    /// <summary>The browser says that what a mark stands for is to be opened: a page of this dashboard.</summary>
    [JSInvokable]
    public void Go(string? address)
    {
        var own = new Uri(Navigation.BaseUri);
        // Where it leads is read once: a browser may read a text with odd slashes otherwise.
        if (address is { Length: > 0 and <= QueryText.Longest } && Uri.TryCreate(own, address, out var page) && own.IsBaseOf(page)) Navigation.NavigateTo(page.AbsoluteUri);
    }
}
