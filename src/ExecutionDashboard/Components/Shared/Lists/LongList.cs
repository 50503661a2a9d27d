using ExecutionDashboard.Components.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// The rows on screen of a list of any length, as rows of a table in an element of the class <c>rows</c>. The room of the others, and what is on
/// screen, is the browser's business (<c>js/rows.js</c>): no browser lays out an element of any height, so a very long list is scrolled in part.
/// </summary>
/// <typeparam name="TRow">What a row is drawn from.</typeparam>
public sealed class LongList<TRow> : LiveComponentBase
{
    /// <summary>Rows drawn before the browser has said what is on screen.</summary>
    public const int FirstRows = 30;

    /// <summary>Most rows drawn at once: those of a screen of 16,000 pixels.</summary>
    public const int MostDrawn = 500;

    private int _start;
    private int _drawn = FirstRows;
    private ElementReference _before;
    private IJSObjectReference? _rows;
    private DotNetObjectReference<LongList<TRow>>? _self;

    /// <summary>Rows of the whole list.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    /// <summary>Reads rows: the place of the first, and how many.</summary>
    [Parameter, EditorRequired]
    public Func<int, int, IReadOnlyList<TRow>> Rows { get; set; } = null!;

    /// <summary>Draws a row, as a <c>tr</c> with a key and its place in <c>data-index</c>.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<TRow> Row { get; set; } = null!;

    /// <summary>Scrolls just as far as it takes to have a row on screen.</summary>
    /// <param name="index">Its place.</param>
    public ValueTask ShowAsync(int index) => _rows?.InvokeVoidAsync("show", index) ?? ValueTask.CompletedTask;

    /// <summary>The browser says which rows are on its screen.</summary>
    /// <param name="start">Place of the first.</param>
    /// <param name="count">How many, at most <see cref="MostDrawn"/>.</param>
    [JSInvokable]
    public void DrawRows(int start, int count)
    {
        (_start, _drawn) = (Math.Max(0, start), Math.Clamp(count, 1, MostDrawn));
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        // A list that has become shorter shows its end.
        var start = Math.Min(_start, Math.Max(0, Count - _drawn));
        builder.OpenElement(0, "tr");
        builder.AddAttribute(1, "aria-hidden", "true");
        builder.AddAttribute(2, "data-first", start);
        builder.AddAttribute(3, "data-count", Count);
        builder.AddElementReferenceCapture(4, before => _before = before);
        builder.CloseElement();
        // Drawn here and not as contents: rows that are wrapped are told apart by their place instead of their key, and all made anew by every scroll.
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
