using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Logs;
using ExecutionDashboard.Operations.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Logs;

/// <summary>
/// The live log of a job, or of a job on one node: follow, pause, search, levels. Stands still while paused, and renders once per tick, however many lines arrive.
/// Set its key to job and node, because it does not react to other parameters.
/// </summary>
public sealed partial class LogView
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    // The end is always rendered completely, so that following does not show blanks until the browser has requested new lines.
    private const int DrawnAtEnd = 100;
    private const int MostClicks = 2_000;

    // Wrapped rows have different heights and cannot be virtualised, so only this many are rendered.
    private const int DrawnWrapped = 500;

    // A longer list is of no use; the search finds the others.
    private const int MostNodes = 300;

    private readonly int[] _levels = new int[Enum.GetValues<LogLevelName>().Length];
    private DotNetObjectReference<LogView>? _self;
    private IJSObjectReference? _module, _following;
    private ElementReference _host;
    private LogTail? _tail;
    private LogStatus _status = new(LogPhase.Connecting);
    private readonly Dictionary<LogEntry, Action> _clicks = new(ReferenceEqualityComparer.Instance);
    private List<LogEntry> _lines = [], _older = [], _newest = [];
    private IReadOnlyList<(string Id, string Name)> _nodes = [];
    private LogEntry? _picked;
    private long _total, _fellOut, _dropped, _unreadable, _waiting, _pausedAt;
    private bool _follow = true;
    private bool _toEnd;
    private bool _wrap;
    private bool _isEndShown;
    private int _heard;
    private string _notSaved = "";

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public string JobId { get; set; } = "";

    /// <summary>Only lines of this node; empty for all.</summary>
    [Parameter]
    public string NodeId { get; set; } = "";

    /// <summary>End of the execution whose last lines are shown first (<see cref="EndedExecution"/>), UTC; null for a running log.</summary>
    [Parameter]
    public DateTimeOffset? Ended { get; set; }

    [Inject]
    private IJobLogs Logs { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private AuditDoor Audit { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private string EndedWords => _status.Error switch
    {
        ControlPlaneError.NotOffered => "This control plane does not offer logs.",
        ControlPlaneError.NotFound => "The control plane has no logs of this job. The job may have been deleted.",
        _ => Masked.Text(_status.Problem),
    };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Viewer.KeyPressed += OnKeyAsync;
        BeginFilters();
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
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/logs.js");
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

    /// <summary>Called by the browser after scrolling back: following stops, so that the text does not move.</summary>
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
            var tail = _tail = new LogTail(Logs, new LogRequest(JobId) { NodeId = NodeId }, Time, Ended);
            while (await tail.ChangedAsync(Gone))
            {
                // A hidden tab collects lines and does not render.
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
        // A span before now moves on.
        if (_follow && _query.Filter.IsRelative) _matches = MatcherNow();
        (_status, _dropped, _unreadable) = (tail.Status, tail.Dropped, tail.Unreadable);
        _total = tail.Look(ring =>
        {
            foreach (var level in LogFilterList.Levels) _levels[(int)level] = ring.Of(level);
            _fellOut = ring.FellOut;
            TakeNodes(ring.ByNode);
            if (ring.Mark > 0 && !_isEndShown) ShowEnd(ring);
            else if (_follow) Show(ring.Lines(_matches));
            return ring.Total;
        });
        _waiting = _follow ? 0 : _total - _pausedAt;
        _toEnd |= _follow;
    }

    // For an ended execution, show its last lines instead of the newest ones.
    private void ShowEnd(LogRing ring)
    {
        Show(ring.Lines(_matches).FindAll(line => line.Number <= ring.Mark));
        (_isEndShown, _follow, _toEnd, _pausedAt) = (true, false, true, ring.Mark);
    }

    private void Show(List<LogEntry> lines)
    {
        var drawn = Math.Min(_wrap ? DrawnWrapped : DrawnAtEnd, lines.Count);
        (_lines, _older, _newest) = (lines, lines.GetRange(0, lines.Count - drawn), lines.GetRange(lines.Count - drawn, drawn));
    }

    // Most ticks bring no lines of new nodes.
    private void TakeNodes(IReadOnlyDictionary<string, int> byNode)
    {
        if (NodeId.Length > 0 || (byNode.Count == _heard && _nodes.All(node => node.Id == _query.Node || byNode.ContainsKey(node.Id)))) return;
        _heard = byNode.Count;
        var chosen = _query.Node.Length > 0 && !byNode.ContainsKey(_query.Node) ? new[] { KeyValuePair.Create(_query.Node, 0) } : [];
        _nodes = [.. byNode.OrderByDescending(node => node.Value).Take(MostNodes).Concat(chosen).Select(node => (node.Key, NodeName(node.Key))).OrderBy(node => node.Item2, StringComparer.OrdinalIgnoreCase)];
    }

    private void SwitchWrap()
    {
        _wrap = !_wrap;
        Show(_lines);
        _toEnd = _follow;
    }

    private Task DownloadAsync() => WhileHereAsync(async () =>
    {
        if (_module is null) return;
        var now = Time.GetUtcNow();
        var (job, node) = (Replica.Store.FindJob(JobId)?.DisplayName ?? JobId, NodeName(NodeId.Length > 0 ? NodeId : _query.Node));
        var act = await Audit.AskAsync(AuditActions.Export, new(AuditTarget.Job, JobId, $"Log of {job}{(node.Length > 0 ? $" on {node}" : "")}"), Format.Count(_lines.Count, "line"), "", Gone);
        _notSaved = act.Problem;
        if (act.Problem.Length > 0) return;
        var bytes = LogFile.Write($"Log of job {job}{(node.Length > 0 ? " on node " + node : "")}", _lines, _total, LogFilterList.List.Words(_query, Replica.Store), NodeName, now);
        using var stream = new DotNetStreamReference(new MemoryStream(bytes));
        var levels = LogFilterList.Levels.All(_query.Shows) ? "" : string.Join('-', LogFilterList.Levels.Where(_query.Shows).Select(LogLabels.Word));
        await _module.InvokeVoidAsync("save", ExportName.Of("txt", now, "log", job, node, levels, string.Join('-', _query.Texts)), stream);
        act.Done();
    });

    // Created once per line, because a new handler is sent to the browser again with every tick.
    private Action ClickOn(LogEntry line)
    {
        if (_clicks.Count > MostClicks) _clicks.Clear();
        if (!_clicks.TryGetValue(line, out var click)) _clicks[line] = click = () => Pick(line);
        return click;
    }

    private void SwitchFollow()
    {
        _follow = !_follow;
        _pausedAt = _total;
        Take();
    }

    private async Task RestartAsync()
    {
        if (_tail is { } old) await old.DisposeAsync();
        _status = new(LogPhase.Connecting);
        _tail = null;
        _ = FollowAsync();
    }

    private void Pick(LogEntry line)
    {
        _picked = _picked?.Number == line.Number ? null : line;
        // Stop following while a line is open, so that it does not scroll away.
        if (_picked is not null && _follow) SwitchFollow();
    }

    private string NodeName(string id) => id.Length == 0 ? "" : Replica.Store.FindNode(id)?.DisplayName ?? PlainText.Of(id);

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
        Navigation.Changed -= OnAddressChanged;
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
