using ExecutionDashboard.Components.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Renders the visible rows of a list of any length, as table rows in an element with the class <c>rows</c>. The browser reserves the space of the others and reports
/// the visible range (<c>js/rows.js</c>). Browsers limit the height of an element, so a very long list is scrolled in parts.
/// </summary>
/// <typeparam name="TRow">A row.</typeparam>
public sealed class LongList<TRow> : LiveComponentBase
{
    /// <summary>Rows rendered before the browser has reported its range: a screen of 1,080 pixels. A few rows more would need render trees of twice the size.</summary>
    public const int FirstRows = 28;

    /// <summary>Most rows rendered at once, for a screen of 16,000 pixels.</summary>
    public const int MostDrawn = 500;

    private int _start;
    private int _drawn = FirstRows;
    private bool _skips;
    private ElementReference _before;
    private IJSObjectReference? _rows;
    private DotNetObjectReference<LongList<TRow>>? _self;

    /// <summary>Number of rows in the list.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    /// <summary>Reads rows, from an index on and a number of them.</summary>
    [Parameter, EditorRequired]
    public Func<int, int, IReadOnlyList<TRow>> Rows { get; set; } = null!;

    /// <summary>Renders a row as <c>tr</c>, with a key and its index in <c>data-index</c>.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<TRow> Row { get; set; } = null!;

    /// <summary>Whether the rows are as they were rendered last, so that this rendering of the page can leave them.</summary>
    [Parameter]
    public bool Stays { get; set; }

    /// <summary>Scrolls as little as possible to make a row visible.</summary>
    /// <param name="index">Its index.</param>
    public ValueTask ShowAsync(int index) => _rows?.InvokeVoidAsync("show", index) ?? ValueTask.CompletedTask;

    /// <summary>Called by the browser with its visible range.</summary>
    /// <param name="start">Index of the first row.</param>
    /// <param name="count">Number of rows, at most <see cref="MostDrawn"/>.</param>
    [JSInvokable]
    public void DrawRows(int start, int count)
    {
        (_start, _drawn) = (Math.Max(0, start), Math.Clamp(count, 1, MostDrawn));
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _skips = Stays;

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        var skips = _skips;
        _skips = false;
        return !skips;
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        _skips = false;
        // Show the end of a list that became shorter.
        var start = Math.Min(_start, Math.Max(0, Count - _drawn));
        builder.OpenElement(0, "tr");
        builder.AddAttribute(1, "aria-hidden", "true");
        builder.AddAttribute(2, "data-first", start);
        builder.AddAttribute(3, "data-count", Count);
        builder.AddElementReferenceCapture(4, before => _before = before);
        builder.CloseElement();
        // Rendered here instead of as child content: wrapped rows would be matched by position instead of by key, and created again with every scroll.
        builder.OpenRegion(5);
        foreach (var row in Rows(start, _drawn)) Row(row)(builder);
        builder.CloseRegion();
        builder.OpenElement(6, "tr");
        builder.AddAttribute(7, "aria-hidden", "true");
        builder.CloseElement();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        var module = await ImportAsync("./js/rows.js");
        if (Gone.IsCancellationRequested) return;
        _self = DotNetObjectReference.Create(this);
        _rows = await module.InvokeAsync<IJSObjectReference>("watch", _before, _self);
    });

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_rows is not null) await _rows.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and its rows with it
        }
        await base.DisposeAsync();
        _self?.Dispose();
    }
}
