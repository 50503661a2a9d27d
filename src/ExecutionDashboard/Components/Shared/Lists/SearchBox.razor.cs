using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>A text as it was typed.</summary>
/// <param name="Text">The text, without spaces around it.</param>
/// <param name="Continues">It goes on with the text before: no step of its own in the browser's history.</param>
public readonly record struct TypedText(string Text, bool Continues);

/// <summary>A search box whose text is part of the address: it tells what was typed after a short pause, and never takes a letter away.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private readonly Queue<string> _sent = [];
    private CancellationTokenSource? _typing;
    private string _given = "";
    private string _text = "";
    private bool _continues;

    /// <summary>The text searched for.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What the empty box says.</summary>
    [Parameter, EditorRequired]
    public string Placeholder { get; set; } = "";

    /// <summary>Another text is searched for.</summary>
    [Parameter]
    public EventCallback<TypedText> OnTyped { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A text that comes back from the address after it was typed here is no news: letters may have been typed since.
        if (Text == _given) return;
        _given = Text;
        if (_sent.Contains(_given))
        {
            while (_sent.Dequeue() != _given) { }
            return;
        }
        _sent.Clear();
        (_text, _continues) = (_given, false);
    }

    // The box is bound, not only listened to: otherwise what is drawn for one letter would take away the letters typed since.
    private async Task Typed()
    {
        if (_typing is not null) await _typing.CancelAsync();
        using var typing = new CancellationTokenSource();
        _typing = typing;
        await Task.Delay(TypingPause, Time, typing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (typing.IsCancellationRequested) return;
        _typing = null;
        var text = _text.Trim();
        var before = _sent.Count > 0 ? _sent.Last() : Text;
        if (text == before) return;
        // A search that was cleared is over: the way back leads to it.
        var typed = new TypedText(text, _continues && text.Length > 0 && before.Length > 0);
        _continues = true;
        _sent.Enqueue(text);
        await OnTyped.InvokeAsync(typed);
    }

    // Who comes to the box again searches for something new.
    private void Begin() => _continues = false;

    /// <inheritdoc/>
    public void Dispose() => _typing?.Cancel();
}
