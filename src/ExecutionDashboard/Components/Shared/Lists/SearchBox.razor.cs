using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>A text that was typed.</summary>
/// <param name="Text">The trimmed text.</param>
/// <param name="Continues">Whether it continues the previous text, so that it adds no entry to the browser's history.</param>
public readonly record struct TypedText(string Text, bool Continues);

/// <summary>A search box whose text is part of the address. It reports the text after a short pause in typing, and never overwrites what is being typed.</summary>
public sealed partial class SearchBox : IDisposable
{
    private TypedEcho _echo = null!;
    private CancellationTokenSource? _typing;
    private string _text = "";
    private bool _continues;

    /// <summary>The current search text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>Placeholder.</summary>
    [Parameter, EditorRequired]
    public string Placeholder { get; set; } = "";

    /// <summary>Another text was typed.</summary>
    [Parameter]
    public EventCallback<TypedText> OnTyped { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => _echo = new(Time);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_echo.IsOther(Text)) (_text, _continues) = (Text, false);
    }

    // The input is bound; otherwise rendering after one letter would remove the letters typed since.
    private async Task Typed()
    {
        StopWaiting();
        using var typing = new CancellationTokenSource();
        _typing = typing;
        await Task.Delay(_echo.Pause, Time, typing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (typing.IsCancellationRequested) return;
        _typing = null;
        var text = _text.Trim();
        if (!_echo.Send(text, Text, out var before)) return;
        // Clearing ends a search, so that Back leads to it.
        var typed = new TypedText(text, _continues && text.Length > 0 && before.Length > 0);
        _continues = true;
        await OnTyped.InvokeAsync(typed);
    }

    // Focusing the box again starts a new search.
    private void Begin() => _continues = false;

    /// <inheritdoc/>
    public void Dispose() => StopWaiting();

    private void StopWaiting()
    {
        // At once: between a cancellation and its end another letter would find a source that is disposed.
        _typing?.Cancel();
        _typing = null;
    }
}
