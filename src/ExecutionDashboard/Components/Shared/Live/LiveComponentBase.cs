using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>
/// Base of every component that shows something live. It is told when a topic changed, pulls what it shows, and renders only when that
/// moved; it is silent while the tab is hidden and after it is gone.
/// </summary>
public abstract class LiveComponentBase : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<(LiveSubscription Subscription, Topics Topics, Func<Topics, Task<bool>> Refresh)> _watches = [];
    private readonly List<Action> _ends = [];
    private readonly List<IJSObjectReference> _modules = [];
    private CancellationTokenSource? _load;
    private bool _missed;
    private DateTimeOffset? _timed;

    [Inject]
    private LiveSignals Signals { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    [Inject]
    private IJSRuntime Scripts { get; set; } = null!;

    /// <summary>The tab it is shown in.</summary>
    [Inject]
    protected Viewer Viewer { get; set; } = null!;

    /// <summary>Cancelled when the component is gone.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Calls <paramref name="refresh"/> on the circuit's own context when a topic changed; it says whether to render.</summary>
    protected void Watch(Topics topics, Func<Topics, bool> refresh) => Watch(topics, changed => Task.FromResult(refresh(changed)));

    /// <summary>Calls <paramref name="refresh"/> on the circuit's own context when a topic changed; it says whether to render.</summary>
    protected void Watch(Topics topics, Func<Topics, Task<bool>> refresh)
    {
        if (_watches.Count == 0) Viewer.BecameVisible += CatchUp;
        LiveSubscription? subscription = null;
        subscription = Signals.Subscribe(topics, changed => Hop(changed, refresh, subscription?.TakeTimed()));
        _watches.Add((subscription, topics, refresh));
    }

    /// <summary>Calls <paramref name="tell"/> on the circuit's own context when a topic changed, while the tab is hidden too: for what reaches somebody who looks elsewhere. Nothing is rendered.</summary>
    protected void WatchAlways(Topics topics, Func<Task> tell)
    {
        var subscription = Signals.Subscribe(topics, _ => InvokeAsync(() => _gone.IsCancellationRequested ? Task.CompletedTask : RefreshAsync(topics, async _ =>
        {
            await tell();
            return false;
        })));
        _ends.Add(subscription.Dispose);
    }

    /// <summary>The tab is at a page, whatever its query.</summary>
    protected bool IsAt(string path) => Address.ToBaseRelativePath(Address.Uri).Split('?', '#')[0] == path;

    /// <summary>
    /// Calls <paramref name="take"/> on the circuit's own context when the address moved within a page; it says whether to render. A page without
    /// parameters is not told of another query otherwise.
    /// </summary>
    protected void WatchAddress(string path, Func<Task<bool>> take)
    {
        void OnChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
            _gone.IsCancellationRequested || !IsAt(path) ? Task.CompletedTask : RefreshAsync(Topics.None, _ => take()));
        Address.LocationChanged += OnChanged;
        _ends.Add(() => Address.LocationChanged -= OnChanged);
    }

    /// <summary>Calls <paramref name="pressed"/> with each single key that is pressed outside of a field.</summary>
    protected void WatchKeys(Func<string, Task> pressed)
    {
        Viewer.KeyPressed += pressed;
        _ends.Add(() => Viewer.KeyPressed -= pressed);
    }

    /// <summary>Runs what talks with the browser. Whose page was left meanwhile has nothing to talk about: its modules are gone, and that is no fault.</summary>
    protected async Task WhileHereAsync(Func<Task> talk)
    {
        try
        {
            await talk();
        }
        catch (Exception) when (_gone.IsCancellationRequested)
        {
            // the page was left
        }
    }

    /// <summary>Loads a script module, which goes with the component.</summary>
    protected async Task<IJSObjectReference> ImportAsync(string path)
    {
        var module = await Scripts.InvokeAsync<IJSObjectReference>("import", path);
        _modules.Add(module);
        return module;
    }

    /// <summary>Runs a load on the circuit's context, cancelling the one before. A failure is said over the last good value.</summary>
    protected async Task LoadAsync<T>(
        Func<Loaded<T>> get, Action<Loaded<T>> set, Func<CancellationToken, Task<Loaded<T>>> load) where T : class
    {
        if (_load is not null) await _load.CancelAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _load = cancel;
        set(get().Loading());
        StateHasChanged();
        try
        {
            var loaded = await load(cancel.Token);
            if (cancel.IsCancellationRequested) return;
            set(loaded.Problem is { } problem ? get().Failed(problem) : loaded);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // a newer load has taken over, or the component is gone
        }
        finally
        {
            if (_load == cancel) _load = null;
        }
    }

    private Task Hop(Topics changed, Func<Topics, Task<bool>> refresh, DateTimeOffset? timed) => _gone.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(async () =>
    {
        if (_gone.IsCancellationRequested) return;
        if (!Viewer.IsVisible)
        {
            _missed = true;
            return;
        }
        await RefreshAsync(changed, refresh, timed);
    });

    // Called when the browser has said that it has drawn.
    protected override void OnAfterRender(bool firstRender)
    {
        if (_timed is { } changedAt) Signals.Shown(changedAt);
        _timed = null;
    }

    private void CatchUp() => _ = InvokeAsync(async () =>
    {
        if (!_missed || _gone.IsCancellationRequested) return;
        _missed = false;
        foreach (var (_, topics, refresh) in _watches) await RefreshAsync(topics, refresh);
    });

    private async Task RefreshAsync(Topics changed, Func<Topics, Task<bool>> refresh, DateTimeOffset? timed = null)
    {
        try
        {
            if (!await refresh(changed) || _gone.IsCancellationRequested) return;
            _timed ??= timed;
            StateHasChanged();
        }
        catch (Exception e) when (!_gone.IsCancellationRequested)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <summary>Ends everything the component listens to. Overriders call it.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Viewer.BecameVisible -= CatchUp;
        foreach (var (subscription, _, _) in _watches) subscription.Dispose();
        foreach (var end in _ends) end();
        await _gone.CancelAsync();
        try
        {
            foreach (var module in _modules) await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and its modules with it
        }
    }
}
