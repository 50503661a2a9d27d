using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Filters;

/// <summary>
/// The box for the filter language, whose text is part of the address. Texts are applied after a short pause in typing, a term with a value when it is complete: after
/// a space, Enter, or leaving the box. What is being typed is never overwritten. js/filter-box.js has the keys of the suggestions.
/// </summary>
public sealed partial class FilterBox
{
    private TypedEcho _echo = null!;
    private CancellationTokenSource? _typing;
    private ElementReference _host;
    private DotNetObjectReference<FilterBox>? _self;
    private IJSObjectReference? _keys;
    private IReadOnlyList<FilterCompletion> _options = [];
    private IReadOnlyList<FilterProblem> _problems = [];
    private string _text = "";
    private bool _continues;

    /// <summary>The filters of the address, as a text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The list that is filtered.</summary>
    [Parameter, EditorRequired]
    public FilterList List { get; set; } = null!;

    /// <summary>Placeholder.</summary>
    [Parameter, EditorRequired]
    public string Placeholder { get; set; } = "";

    /// <summary>Another text is to be applied.</summary>
    [Parameter]
    public EventCallback<TypedText> OnTyped { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string ListId => $"filter-options-{List.Vocabulary.Code}";

    private string ProblemsId => $"filter-problems-{List.Vocabulary.Code}";

    /// <inheritdoc/>
    protected override void OnInitialized() => _echo = new(Time);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!_echo.IsOther(Text)) return;
        (_text, _continues) = (Text, false);
        _problems = FilterParser.Parse(Text, List.Vocabulary).Problems;
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        var module = await ImportAsync("./js/filter-box.js");
        if (Gone.IsCancellationRequested) return;
        _self = DotNetObjectReference.Create(this);
        _keys = await module.InvokeAsync<IJSObjectReference>("watch", _host, _self);
    });

    // The input is bound; otherwise rendering after one letter would remove the letters typed since.
    private async Task Typed()
    {
        _options = FilterCompletions.Of(_text, List, Replica.Store);
        StopWaiting();
        using var typing = new CancellationTokenSource();
        _typing = typing;
        await Task.Delay(_echo.Pause, Time, typing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (typing.IsCancellationRequested) return;
        _typing = null;
        await ApplyAsync(FilterCompletions.Finished(_text));
    }

    // At once: between a cancellation and its end another letter would find a source that is disposed.
    private void StopWaiting()
    {
        _typing?.Cancel();
        _typing = null;
    }

    /// <summary>Called by the browser at Enter and when the box is left: what was typed is complete.</summary>
    [JSInvokable]
    public async Task Complete()
    {
        StopWaiting();
        _options = [];
        await ApplyAsync(_text);
        StateHasChanged();
    }

    /// <summary>Called by the browser when the suggestions should be shown although nothing was typed, or should go.</summary>
    [JSInvokable]
    public void Suggest(bool on)
    {
        _options = on ? FilterCompletions.Of(_text, List, Replica.Store) : [];
        StateHasChanged();
    }

    private async Task ApplyAsync(string text)
    {
        var (filter, problems) = FilterParser.Parse(text, List.Vocabulary);
        _problems = problems;
        var written = string.Join(' ', filter.Select(c => c.ToString()).Concat(problems.Select(p => p.Text)));
        if (!_echo.Send(written, Text, out var before)) return;
        // Clearing ends a search, so that Back leads to it.
        var typed = new TypedText(written, _continues && written.Length > 0 && before.Length > 0);
        _continues = true;
        await OnTyped.InvokeAsync(typed);
    }

    // Focusing the box again starts a new search.
    private void Begin() => _continues = false;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        StopWaiting();
        try
        {
            if (_keys is not null) await _keys.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and its box with it
        }
        await base.DisposeAsync();
        _self?.Dispose();
    }
}
