using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>A view of a page that the browser kept, as its address and in words.</summary>
/// <param name="Address">The address, relative.</param>
/// <param name="Words">What it shows, for example <c>failed, region=eu-west</c>.</param>
public sealed record ViewWords(string Address, string Words);

/// <summary>
/// Offers the view that was last chosen on a page to whoever opens the page without one. It is only offered: the address says what is shown. The
/// browser keeps the view, so all its tabs share it.
/// </summary>
public sealed partial class KeptView
{
    // Nobody names a longer view by hand, and the browser's store is small.
    private const int LongestKept = 4_000;

    private IJSObjectReference? _module;
    private ViewWords? _offer;
    private string? _kept;
    private bool _changed;

    /// <summary>The page's path: its address without a view.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>The present view's address, without what is open beside it; the bare path when none was chosen.</summary>
    [Parameter, EditorRequired]
    public string View { get; set; } = "";

    /// <summary>Reads a kept address anew, so that only an address of the page comes of it.</summary>
    [Parameter, EditorRequired]
    public Func<string, ViewWords> Read { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Name => "view." + Path;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (View == Path || View == _kept) return;
        _changed = _offer is not null;
        _offer = null;
    }

    // The page around it is drawn several times a second; it changes when a view is offered or taken.
    /// <inheritdoc/>
    protected override bool ShouldRender() => _changed || (View != Path && View != _kept);

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => WhileHereAsync(async () =>
    {
        _changed = false;
        if (firstRender)
        {
            _module = await ImportAsync("./js/shell.js");
            if (View == Path && await _module.InvokeAsync<string?>("remembered", Name) is { Length: > 0 and <= LongestKept } kept) Offer(Read("?" + kept));
        }
        if (_module is null || View == Path || View == _kept) return;
        _kept = View;
        var query = View[(View.IndexOf('?', StringComparison.Ordinal) + 1)..];
        if (query.Length <= LongestKept) await _module.InvokeVoidAsync("remember", Name, query);
    });

    // By the time the browser has answered, another view may have been chosen.
    private void Offer(ViewWords kept)
    {
        if (View != Path || kept.Address == Path) return;
        (_offer, _changed) = (kept, true);
        StateHasChanged();
    }

    private void Apply() => Navigation.NavigateTo(_offer!.Address);

    private async Task DismissAsync()
    {
        (_offer, _changed) = (null, true);
        if (_module is not null) await _module.InvokeVoidAsync("forget", Name);
    }
}
