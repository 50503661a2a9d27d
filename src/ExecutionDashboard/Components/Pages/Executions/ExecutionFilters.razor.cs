using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Search box, states with their counts, and the filters set as chips.</summary>
public sealed partial class ExecutionFilters : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);
    private static readonly IReadOnlyDictionary<string, int> EmptyCounts = new Dictionary<string, int>();

    private readonly Queue<string> _sent = [];
    private CancellationTokenSource? _typing;
    private string _given = "";
    private string _text = "";
    private bool _adding;

    /// <summary>What is filtered by.</summary>
    [Parameter, EditorRequired]
    public ExecutionQuery Query { get; set; } = ExecutionQuery.All;

    /// <summary>Counts by state beside the query; null where none are kept.</summary>
    [Parameter]
    public StateCounts? Counts { get; set; }

    /// <summary>Another query was chosen.</summary>
    [Parameter]
    public EventCallback<ExecutionQuery> QueryChanged { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A text that comes back from the address after it was typed here is no news: letters may have been typed since.
        if (Query.Text == _given) return;
        _given = Query.Text;
        if (_sent.Contains(_given))
        {
            while (_sent.Dequeue() != _given) { }
            return;
        }
        _sent.Clear();
        _text = _given;
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
        if (text == Query.Text) return;
        _sent.Enqueue(text);
        await QueryChanged.InvokeAsync(Query with { Text = text });
    }

    private Task ToggleState(ExecutionState state) => QueryChanged.InvokeAsync(Query with
    {
        States = Query.States.Contains(state) ? [.. Query.States.Where(s => s != state)] : [.. Query.States, state],
    });

    private Task ToggleDrift() => QueryChanged.InvokeAsync(Query with { Drift = Query.Drift == true ? null : true });

    private Task Clear() => QueryChanged.InvokeAsync(new ExecutionQuery { Sort = Query.Sort, Ascending = Query.Ascending });

    private Task Add(ExecutionQuery query)
    {
        _adding = false;
        return QueryChanged.InvokeAsync(query);
    }

    /// <inheritdoc/>
    public void Dispose() => _typing?.Cancel();
}
