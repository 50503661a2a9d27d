using ExecutionDashboard.Components.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>A view of a page that the browser stored.</summary>
/// <param name="Address">The address, relative.</param>
/// <param name="Words">Its description, for example <c>failed, region=eu-west</c>.</param>
public sealed record ViewWords(string Address, string Words);

/// <summary>
/// Offers the last view of a page when the page is opened without one. It is never applied automatically, because the address says what is shown. The browser stores
/// the view, so all tabs share it.
/// </summary>
public sealed partial class KeptView
{
    // Longer views are not made by hand, and the browser's storage is small.
    private const int LongestKept = 4_000;

    private IJSObjectReference? _module;
    private ViewWords? _offer;
    private string? _kept;
    private bool _changed;

    /// <summary>The page's path, without a view.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>Address of the current view without selection; the path alone for the default view.</summary>
    [Parameter, EditorRequired]
    public string View { get; set; } = "";

    /// <summary>Parses a stored address, so that the result is always an address of the page.</summary>
    [Parameter, EditorRequired]
    public Func<string, ViewWords> Read { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    private string Name => "view." + Path;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (View == Path || View == _kept) return;
        _changed = _offer is not null;
        _offer = null;
    }

    // The page around it is rendered several times a second; this changes only when a view is offered or applied.
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

    // Another view may have been selected before the browser replied.
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
