using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Logs;

/// <summary>
/// The log of a job, or of a job on one node, as it is written: follow, pause, search, levels. It holds still while paused and renders once a tick, however many lines come.
/// Give it a key of job and node: it follows what it was made with.
/// </summary>
public sealed partial class LogView
{
    private static readonly LogLevelName[] Levels = [LogLevelName.Error, LogLevelName.Warn, LogLevelName.Info, LogLevelName.Debug, LogLevelName.None];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    // The end is always drawn whole: what is followed must not be blank until the browser has asked for the lines that just came.
    private const int DrawnAtEnd = 100;
    private const int MostClicks = 2_000;

    private readonly int[] _levels = new int[Enum.GetValues<LogLevelName>().Length];
    private DotNetObjectReference<LogView>? _self;
    private IJSObjectReference? _module, _following;
    private ElementReference _host;
    private LogTail? _tail;
    private LogFilter _filter = LogFilter.All;
    private LogStanding _standing = new(LogPhase.Connecting);
    private readonly Dictionary<LogEntry, Action> _clicks = new(ReferenceEqualityComparer.Instance);
    private List<LogEntry> _lines = [], _older = [], _newest = [];
    private LogEntry? _picked;
    private long _total, _fellOut, _dropped, _unreadable, _waiting, _pausedAt;
    private bool _follow = true;
    private bool _toEnd;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public string JobId { get; set; } = "";

    /// <summary>Only of this node; empty is all.</summary>
    [Parameter]
    public string NodeId { get; set; } = "";

    [Inject]
    private IJobLogs Logs { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private string EndedWords => _standing.Error switch
    {
        ControlPlaneError.NotOffered => "This control plane does not offer logs.",
        ControlPlaneError.NotFound => "The control plane has no logs of this job, or no longer the job.",
        _ => Masked.Text(_standing.Problem),
    };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Viewer.KeyPressed += OnKeyAsync;
        _ = FollowAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _self = DotNetObjectReference.Create(this);
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "/js/logs.js");
                _following = await _module.InvokeAsync<IJSObjectReference>("start", _host, _self);
            }
            if (!_toEnd || _following is null) return;
            _toEnd = false;
            await _following.InvokeVoidAsync("toEnd");
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone
        }
    }

    /// <summary>The reader scrolled back: what is read must not move away.</summary>
    [JSInvokable]
    public void ScrolledBack()
    {
        if (!_follow || _lines.Count == 0) return;
        SwitchFollow();
        StateHasChanged();
    }

    private async Task FollowAsync()
    {
        try
        {
            var tail = _tail = new LogTail(Logs, new LogRequest(JobId) { NodeId = NodeId }, Time);
            while (await tail.ChangedAsync(Gone))
            {
                // A hidden tab collects and does not render.
                while (!Viewer.IsVisible) await Task.Delay(Tick * 5, Time, Gone);
                Take();
                StateHasChanged();
                await Task.Delay(Tick, Time, Gone);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // the page is gone
        }
        catch (Exception e) when (!Gone.IsCancellationRequested)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void Take()
    {
        if (_tail is not { } tail) return;
        (_standing, _dropped, _unreadable) = (tail.Standing, tail.Dropped, tail.Unreadable);
        _total = tail.Look(ring =>
        {
            foreach (var level in Levels) _levels[(int)level] = ring.Of(level);
            _fellOut = ring.FellOut;
            if (_follow) Show(ring.Lines(_filter));
            return ring.Total;
        });
        _waiting = _follow ? 0 : _total - _pausedAt;
        _toEnd = _follow;
    }

    private void Show(List<LogEntry> lines)
    {
        var drawn = Math.Min(DrawnAtEnd, lines.Count);
        (_lines, _older, _newest) = (lines, lines.GetRange(0, lines.Count - drawn), lines.GetRange(lines.Count - drawn, drawn));
    }

    // Made once a line: a handler made anew is sent to the browser anew, at every tick.
    private Action ClickOn(LogEntry line)
    {
        if (_clicks.Count > MostClicks) _clicks.Clear();
        if (!_clicks.TryGetValue(line, out var click)) _clicks[line] = click = () => Pick(line);
        return click;
    }

    private void Refilter(LogFilter filter)
    {
        _filter = filter;
        // A filter is asked of all that is held: a paused view shows what matches up to now.
        var (lines, total) = _tail?.Look(ring => (ring.Lines(filter), ring.Total)) ?? ([], 0);
        Show(lines);
        (_pausedAt, _waiting, _toEnd) = (total, 0, true);
    }

    private void Search(ChangeEventArgs args) => Refilter(_filter with { Text = (args.Value?.ToString() ?? "").Trim() });

    private void Toggle(LogLevelName level)
    {
        var hidden = _filter.Hidden.ToHashSet();
        if (!hidden.Remove(level)) hidden.Add(level);
        Refilter(_filter with { Hidden = hidden });
    }

    private void Clear() => Refilter(LogFilter.All);

    private void SwitchFollow()
    {
        _follow = !_follow;
        _pausedAt = _total;
        Take();
    }

    private async Task RestartAsync()
    {
        if (_tail is { } old) await old.DisposeAsync();
        _standing = new(LogPhase.Connecting);
        _tail = null;
        _ = FollowAsync();
    }

    private void Pick(LogEntry line)
    {
        _picked = _picked?.Number == line.Number ? null : line;
        // A line that is read in full must not run away.
        if (_picked is not null && _follow) SwitchFollow();
    }

    private string NodeName(string id) => id.Length == 0 ? "" : Replica.Store.FindNode(id)?.DisplayName ?? id;

    private Task OnKeyAsync(string key)
    {
        if (key != "p") return Task.CompletedTask;
        SwitchFollow();
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Viewer.KeyPressed -= OnKeyAsync;
        await base.DisposeAsync();
        if (_tail is { } tail) await tail.DisposeAsync();
        try
        {
            if (_following is not null)
            {
                await _following.InvokeVoidAsync("dispose");
                await _following.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and its listeners with it
        }
        _self?.Dispose();
    }
}
