using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// Lanes of nodes over time on a canvas: one node on its page, or the whole fleet. Reports the selected range and the execution to open, and keeps neither.
/// </summary>
public sealed partial class NodeLanes
{
    private const int MostSaid = 50;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OverviewPause = TimeSpan.FromSeconds(20);

    private LaneWindow _window = null!;
    private ElementReference _host;
    private DotNetObjectReference<NodeLanes>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _lanes;
    private LanesView? _told;
    // The range in the browser; the last one from the parent; and those reported to the parent that have not come back yet.
    private TimelineRange _shown = TimelineRange.Default;
    private TimelineRange? _given;
    private readonly Queue<TimelineRange> _said = [];
    private int _turn;
    private bool _loading, _again, _seen, _blind;
    private DateTimeOffset _failedAt, _overviewAt;
    private (string Nodes, TimeSpan Extent) _overviewOf;

    /// <summary>The rows. The same list object counts as unchanged.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<LaneRow> Rows { get; set; } = [];

    /// <summary>Bars that do not match are dimmed.</summary>
    [Parameter]
    public ExecutionQuery Query { get; set; } = ExecutionQuery.All;

    /// <summary>The range shown.</summary>
    [Parameter]
    public TimelineRange Range { get; set; } = TimelineRange.Default;

    /// <summary>Another range was selected. Without a listener the component keeps it.</summary>
    [Parameter]
    public EventCallback<TimelineRange> RangeChanged { get; set; }

    /// <summary>An execution should be opened; without a listener its page opens.</summary>
    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    /// <summary>A group, by its key, should be folded or unfolded.</summary>
    [Parameter]
    public EventCallback<string> OnFold { get; set; }

    /// <summary>Whether idle time is collapsed.</summary>
    [Parameter]
    public bool FoldIdle { get; set; }

    /// <summary>Height of a lane: <c>low</c>, <c>middle</c> or <c>high</c>.</summary>
    [Parameter]
    public string Height { get; set; } = "middle";

    /// <summary>Whether to show a table of the lanes below.</summary>
    [Parameter]
    public bool WithTable { get; set; }

    /// <summary>Whether it is part of a page and as high as its lanes.</summary>
    [Parameter]
    public bool Embedded { get; set; }

    /// <summary>Accessible name.</summary>
    [Parameter]
    public string Label { get; set; } = "Timeline of nodes";

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private WorstStates States { get; set; } = null!;

    [Inject]
    private OperationLog Operations { get; set; } = null!;

    [Inject]
    private SharedLanes Shared { get; set; } = null!;

    [Inject]
    private FeedHistoryClient History { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private DateTimeOffset ShownTo => _shown.Follows ? Time.GetUtcNow() : _window.To;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _window = new LaneWindow(Replica, Time, States, (nodes, from, to, cancel) => Shared.OfNodesAsync(History, nodes, from, to, cancel));
        Watch(Topics.Executions | Topics.Nodes, async _ =>
        {
            await TellAsync(_window.Follow());
            await TellAsync(_window.Summaries());
            if (_seen && !_window.IsComplete) await LoadAsync();
            if (_shown.Follows) await OverviewAsync();
            return WithTable;
        });
        Watch(Topics.Deployments | Topics.Operations, async _ =>
        {
            await TellMarksAsync();
            return false;
        });
        Watch(Topics.Status, async _ =>
        {
            var wasBlind = _blind;
            _blind = Replica.Freshness.Kind is FreshnessKind.Reconnecting or FreshnessKind.Stale or FreshnessKind.Confirming;
            if (wasBlind && !_blind) _window.AskAgain();
            // Count the last change too when a fleet becomes idle.
            await TellAsync(_window.Summaries());
            if (_seen && !_window.IsComplete) await LoadAsync();
            return false;
        });
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _window.Show(Rows, Query);
        if (Range == _given) return;
        _given = Range;
        // A range selected in the browser comes back through the address, when the browser may show another one already.
        if (_said.Contains(Range))
        {
            while (_said.Dequeue() != Range) { }
            return;
        }
        _said.Clear();
        (_shown, _turn) = (Range, _turn + 1);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var view = new LanesView(_shown.Span.TotalMilliseconds, _shown.From is { } from ? TimelineWriter.Time(from) : null, FoldIdle, Height, Embedded, Rows.Count, Label, _turn);
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _told = view;
            try
            {
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/timeline.js");
                _lanes = await _module.InvokeAsync<IJSObjectReference>("create", Gone, _host, _self, view);
            }
            catch (Exception e) when (e is OperationCanceledException or JSDisconnectedException)
            {
                return;
            }
        }
        else if (_lanes is not null && view != _told)
        {
            _told = view;
            await CallAsync("show", view);
        }
        if (!_seen) return;
        await TellAsync(_window.Heads());
        if (!_window.IsComplete) await LoadAsync();
    }

    // One request at a time; lanes that became visible meanwhile follow.
    private async Task LoadAsync()
    {
        _again = true;
        if (_loading || Time.GetUtcNow() - _failedAt < RetryPause) return;
        _loading = true;
        try
        {
            while (_again && !Gone.IsCancellationRequested)
            {
                _again = false;
                var problem = _window.Problem;
                var update = await _window.LoadAsync(Gone);
                await TellAsync(update);
                if (_window.Problem is not null) _failedAt = Time.GetUtcNow();
                else _again |= update is not null && !_window.IsComplete;
                if (problem != _window.Problem || (update is not null && WithTable)) StateHasChanged();
                if (_window.Problem is not null || (!_again && _window.IsFilling))
                {
                    _ = RetryAsync();
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _loading = false;
        }
        await OverviewAsync();
    }

    // Without changes in the fleet nothing else would trigger a retry.
    private async Task RetryAsync()
    {
        await Task.Delay(RetryPause, Time, Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!Gone.IsCancellationRequested && !_window.IsComplete) await LoadAsync();
    }

    private async Task OverviewAsync()
    {
        var now = Time.GetUtcNow();
        var of = (string.Join('\n', _window.NodesOnScreen), TimelineOverview.Extent(_window.From, _window.To, now));
        if (!_seen || _loading || (of == _overviewOf && now - _overviewAt < OverviewPause)) return;
        (_overviewOf, _overviewAt) = (of, now);
        await WhileHereAsync(async () => await TellAsync(await _window.OverviewAsync(Gone)));
    }

    private Task TellMarksAsync() => _seen ? TellAsync(_window.Marks(Operations)) : Task.CompletedTask;

    private Task TellAsync(TimelineUpdate? update) => update is null ? Task.CompletedTask : CallAsync("apply", update);

    private async Task CallAsync(string call, object argument)
    {
        if (_lanes is null || Gone.IsCancellationRequested) return;
        try
        {
            await _lanes.InvokeVoidAsync(call, Gone, argument);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // the tab is gone
        }
    }

    private static DateTimeOffset? Moment(double milliseconds) =>
        double.IsFinite(milliseconds) && Math.Abs(milliseconds) < 60_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        try
        {
            if (_lanes is not null)
            {
                await _lanes.InvokeVoidAsync("dispose");
                await _lanes.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and the module with it
        }
        _self?.Dispose();
    }

    private sealed record LanesView(double Span, double? From, bool Fold, string Height, bool Embedded, int Rows, string Label, int Turn);
}
