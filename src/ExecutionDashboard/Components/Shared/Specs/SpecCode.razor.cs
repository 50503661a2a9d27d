using ExecutionDashboard.Components.Shared.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>Lines of a spec with line numbers, colours, folding and search. Only visible lines are in the document.</summary>
public sealed partial class SpecCode : IAsyncDisposable
{
    // Longer texts are copied from their address instead of the document.
    private const int LongestCopy = 1_000_000;
    private const int LineHeight = 24;

    private SpecLines? _drawn;
    private SpecFolds _folds = new(new SpecLines(SpecSyntax.Tree, []));
    private string _text = "";
    private Virtualize<int>? _rows;
    private ElementReference _host;
    private IJSObjectReference? _module;

    /// <summary>The lines, masked.</summary>
    [Parameter, EditorRequired]
    public SpecLines Lines { get; set; } = null!;

    /// <summary>Accessible name.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Address of the whole text, for copying and download; null without one.</summary>
    [Parameter]
    public string? Address { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private int Digits => Math.Max(2, Lines.Lines.Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);

    private string Found => _folds.Matches.Count == 0 ? "not found"
        : $"{Format.Count(_folds.Current + 1)} of {Format.Count(_folds.Matches.Count)}{(_folds.Matches.Count == SpecFolds.MostMatches ? "+" : "")}";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_drawn, Lines)) return;
        var sought = _folds.Sought;
        _drawn = Lines;
        _folds = new SpecFolds(Lines);
        _text = Address is null ? string.Join('\n', Lines.Lines.Select(line => line.Text)) : "";
        if (sought.Length > 0) _folds.Seek(sought);
        if (_rows is not null) await _rows.RefreshDataAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/specs.js");
    }

    private ValueTask<ItemsProviderResult<int>> Provide(ItemsProviderRequest request) =>
        ValueTask.FromResult(new ItemsProviderResult<int>(_folds.Shown.Skip(request.StartIndex).Take(request.Count), _folds.Shown.Count));

    private Task RefreshAsync() => _rows?.RefreshDataAsync() ?? Task.CompletedTask;

    private async Task ToggleAsync(int line)
    {
        _folds.Toggle(line);
        await RefreshAsync();
    }

    private async Task FoldOrOpenAsync()
    {
        if (_folds.AnyFolded) _folds.OpenAll();
        else _folds.FoldFrom(Lines.Syntax == SpecSyntax.Json ? 1 : 0);
        await RefreshAsync();
    }

    private async Task SeekAsync(ChangeEventArgs change)
    {
        _folds.Seek(change.Value?.ToString() ?? "");
        await ShowMatchAsync(_folds.CurrentPlace);
    }

    private Task OnKeyAsync(KeyboardEventArgs key) => key.Key == "Enter" ? GoAsync(key.ShiftKey ? -1 : 1) : Task.CompletedTask;

    private Task GoAsync(int by) => ShowMatchAsync(_folds.Go(by));

    private async Task ShowMatchAsync(int place)
    {
        await RefreshAsync();
        if (place >= 0 && _module is not null) await _module.InvokeVoidAsync("showLine", _host, place * LineHeight, LineHeight);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and the module with it
        }
    }
}
