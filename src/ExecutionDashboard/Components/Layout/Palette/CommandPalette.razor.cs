using ExecutionDashboard.Components.Shared.Keys;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Things;
using ExecutionDashboard.Fleet.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace ExecutionDashboard.Components.Layout.Palette;

/// <summary>
/// The palette: finds anything by a part of its name or id, and acts on it. A combobox: the focus stays in the text field, and the chosen line is its active
/// descendant.
/// </summary>
public sealed partial class CommandPalette
{
    private const int PageOfLines = 8;

    private DotNetObjectReference<CommandPalette>? _self;
    private IJSObjectReference? _module, _started;
    private ElementReference _dialog;
    private IReadOnlyList<FleetThing> _recents = [];
    private IReadOnlyList<(string Group, IReadOnlyList<(PaletteEntry Entry, int Index)> Entries)> _groups = [];
    private PaletteList _list = PaletteList.None;
    private FleetThing? _here;
    private PaletteEntry? _of;
    private Func<IDialogService, Task>? _ask;
    private string _text = "", _before = "";
    private int _active;
    private bool _isOpen;

    [Inject]
    private PaletteSearch Search { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private PaletteEntry? Active => _active < _list.Entries.Count ? _list.Entries[_active] : null;

    private string Here => Navigation.Here;

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.Changed += Follow;

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        _module = await ImportAsync("./js/palette.js");
        if (Gone.IsCancellationRequested) return;
        _self = DotNetObjectReference.Create(this);
        _started = await _module.InvokeAsync<IJSObjectReference>("start", _dialog, _self);
        await NoteAsync();
    });

    /// <summary>Called by the browser when the palette was opened.</summary>
    /// <param name="selected">Address of the row that is selected in a list; null for none.</param>
    /// <param name="recents">Addresses of recent things, newest first.</param>
    /// <param name="actions">Whether to list the actions of that row at once.</param>
    [JSInvokable]
    public void Open(string? selected, string[]? recents, bool actions)
    {
        _here = (selected is null ? null : Thing(selected)) ?? FleetThing.At(Here);
        _recents = [.. (recents ?? []).Take(4 * PaletteSearch.MostRecent).Select(Thing).OfType<FleetThing>().Distinct()];
        _isOpen = true;
        if (actions && _here is not null) ShowActions(Search.Entry(_here));
        else Find();
        StateHasChanged();
    }

    /// <summary>Called by the browser for the keys and buttons that act on a row: see <see cref="RowKey"/>. False when the palette has to say why not.</summary>
    /// <param name="selected">Address of the row; null for what is open.</param>
    /// <param name="key">The key.</param>
    [JSInvokable]
    public async Task<bool> Act(string? selected, string? key)
    {
        if (key is not { Length: > 0 } || (selected is null ? FleetThing.At(Here) : Thing(selected)) is not { } thing) return true;
        if (Search.ActionsOf(thing).Entries.FirstOrDefault(entry => entry.Action.Key == key)?.Action is not { } action) return true;
        if (action.WhyNot.Length > 0) return false;
        if (action.Ask is { } ask) await ask(Dialogs);
        else Navigation.NavigateTo(action.Address);
        return true;
    }

    /// <summary>Called by the browser when the palette was closed.</summary>
    [JSInvokable]
    public async Task Closed()
    {
        (_isOpen, _text, _of, _list, _groups, _active) = (false, "", null, PaletteList.None, [], 0);
        StateHasChanged();
        // Only now: a dialog over another one could not be used.
        if (Interlocked.Exchange(ref _ask, null) is { } ask) await ask(Dialogs);
    }

    /// <summary>Called by the browser for the keys that move in the list.</summary>
    /// <param name="key">The key's name.</param>
    /// <param name="inNewTab">Whether Ctrl or Cmd was held.</param>
    [JSInvokable]
    public async Task Press(string? key, bool inNewTab)
    {
        if (!_isOpen) return;
        var count = _list.Entries.Count;
        switch (key)
        {
            case "ArrowDown" or "ArrowUp" when count > 0:
                _active = (_active + (key == "ArrowDown" ? 1 : count - 1)) % count;
                break;
            case "PageDown" or "PageUp" when count > 0:
                _active = Math.Clamp(_active + (key == "PageDown" ? PageOfLines : -PageOfLines), 0, count - 1);
                break;
            case "ArrowRight" when Active?.Thing is not null:
                ShowActions(_active);
                break;
            case "ArrowLeft" or "Backspace" when _of is not null && _text.Length == 0:
                Back();
                break;
            case "Enter":
                await ChooseAsync(_active, inNewTab);
                break;
        }
        StateHasChanged();
    }

    private void Find()
    {
        if (!_isOpen) return;
        Take(_of is { Thing: { } thing } ? Matching(Search.ActionsOf(thing)) : _text.Trim().Length == 0 ? Search.Start(_here, _recents) : Search.Find(_text, _here));
    }

    private PaletteList Matching(PaletteList all)
    {
        if (_text.Trim().Length == 0) return all;
        var sought = SoughtText.Parse(_text);
        PaletteEntry[] found = [.. all.Entries.Select(entry => entry with { Quality = sought.Of(entry.Title, entry.Title) }).Where(entry => entry.Quality != MatchQuality.None).OrderByDescending(entry => entry.Quality)];
        return new(found, Shared.Text.Format.Count(found.Length, "action"));
    }

    private void Take(PaletteList list)
    {
        (_list, _active) = (list, 0);
        _groups = [.. list.Entries.Select((entry, index) => (entry, index)).GroupBy(e => e.entry.Group).Select(g => (g.Key, (IReadOnlyList<(PaletteEntry, int)>)[.. g]))];
    }

    private void ShowActions(int index)
    {
        if (index < _list.Entries.Count) ShowActions(_list.Entries[index]);
    }

    private void ShowActions(PaletteEntry? entry)
    {
        if (entry?.Thing is null) return;
        (_of, _before, _text) = (entry, _text, "");
        Find();
    }

    private void Back()
    {
        (_of, _text) = (null, _before);
        Find();
    }

    private async Task ChooseAsync(int index, bool inNewTab)
    {
        if (!_isOpen || index >= _list.Entries.Count) return;
        var action = _list.Entries[index].Action;
        _active = index;
        if (action.WhyNot.Length > 0) return;
        _ask = action.Ask;
        var goes = action.Ask is null && action.Copies.Length == 0;
        // A file is no page of this tab.
        inNewTab |= action.IsFile;
        if (_started is { } browser) await WhileHereAsync(async () => await browser.InvokeVoidAsync("finish", action.Copies, goes && inNewTab ? action.Address : null));
        if (goes && !inNewTab) Navigation.NavigateTo(action.Address);
    }

    private void Follow() => _ = InvokeAsync(NoteAsync);

    // The browser keeps what was visited: nobody else needs to know.
    private Task NoteAsync() => _started is null || FleetThing.At(Here) is not { } thing ? Task.CompletedTask : WhileHereAsync(async () => await _started.InvokeVoidAsync("visited", thing.Address));

    // Addresses come from the browser: relative ones, or whole.
    private FleetThing? Thing(string address)
    {
        if (address.Length > 4 * SoughtText.Longest) return null;
        return FleetThing.At(address.StartsWith(Navigation.BaseUri, StringComparison.Ordinal) ? address[Navigation.BaseUri.Length..] : address);
    }

    private static string IdOf(int index) => $"palette-{index}";

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Navigation.Changed -= Follow;
        try
        {
            if (_started is not null)
            {
                await _started.InvokeVoidAsync("dispose");
                await _started.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and its listeners with it
        }
        await base.DisposeAsync();
        _self?.Dispose();
    }
}
