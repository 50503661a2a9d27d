using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>
/// Base of all components with live data. A component subscribes to topics, reads its data after each signal, and renders only if it changed. Nothing happens while
/// the tab is hidden, or after disposal.
/// </summary>
public abstract class LiveComponentBase : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<(LiveSubscription Subscription, Topics Topics, Func<Topics, Task<bool>> Refresh)> _watches = [];
    private readonly List<Action> _ends = [];
    private readonly List<IJSObjectReference> _modules = [];
    private CancellationTokenSource? _load;
    private readonly SupersededTree _tree;
    private bool _missed;
    private DateTimeOffset? _timed;

    /// <summary>A component with live data.</summary>
    protected LiveComponentBase() => _tree = SupersededTree.Of(this);

    [Inject]
    private LiveSignals Signals { get; set; } = null!;

    [Inject]
    private PageNavigation Address { get; set; } = null!;

    [Inject]
    private IJSRuntime Scripts { get; set; } = null!;

    /// <summary>The tab of the component.</summary>
    [Inject]
    protected Viewer Viewer { get; set; } = null!;

    /// <summary>The component that is rendered after a signal; a page with a list may name the list when nothing else of the page changed.</summary>
    protected virtual LiveComponentBase Changing => this;

    /// <summary>Cancelled when the component is disposed.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Calls <paramref name="refresh"/> in the circuit's context after a topic changed; it returns whether to render.</summary>
    protected void Watch(Topics topics, Func<Topics, bool> refresh) => Watch(topics, changed => Task.FromResult(refresh(changed)));

    /// <summary>Calls <paramref name="refresh"/> in the circuit's context after a topic changed; it returns whether to render.</summary>
    protected void Watch(Topics topics, Func<Topics, Task<bool>> refresh)
    {
        if (_watches.Count == 0)
        {
            Viewer.BecameVisible += CatchUp;
            Viewer.RightsChanged += Redraw;
        }
        LiveSubscription? subscription = null;
        subscription = Signals.Subscribe(topics, changed => Hop(changed, refresh, subscription?.TakeTimed()));
        _watches.Add((subscription, topics, refresh));
    }

    /// <summary>Calls <paramref name="tell"/> in the circuit's context after a topic changed, also while the tab is hidden, for notifications. Does not render.</summary>
    protected void WatchAlways(Topics topics, Func<Task> tell)
    {
        var subscription = Signals.Subscribe(topics, _ => InvokeAsync(() => _gone.IsCancellationRequested ? Task.CompletedTask : RefreshAsync(topics, async _ =>
        {
            await tell();
            return false;
        })));
        _ends.Add(subscription.Dispose);
    }

    /// <summary>Whether the tab is at a page, with any query.</summary>
    protected bool IsAt(string path) => Address.Page == path;

    /// <summary>
    /// Calls <paramref name="take"/> in the circuit's context after the query of a page's address changed; it returns whether to render. Blazor itself does not tell
    /// a page without parameters.
    /// </summary>
    protected void WatchAddress(string path, Func<Task<bool>> take)
    {
        void OnChanged() => _ = InvokeAsync(() =>
            _gone.IsCancellationRequested || !IsAt(path) ? Task.CompletedTask : RefreshAsync(Topics.None, _ => take()));
        Address.Changed += OnChanged;
        _ends.Add(() => Address.Changed -= OnChanged);
    }

    /// <summary>Calls <paramref name="pressed"/> for each shortcut key that is pressed outside of input fields.</summary>
    protected void WatchKeys(Func<string, Task> pressed)
    {
        Viewer.KeyPressed += pressed;
        _ends.Add(() => Viewer.KeyPressed -= pressed);
    }

    /// <summary>Runs calls to the browser. Errors after the page was left are ignored, because its modules are gone.</summary>
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

    /// <summary>Imports a script module, which is disposed with the component.</summary>
    protected async Task<IJSObjectReference> ImportAsync(string path)
    {
        var module = await Scripts.InvokeAsync<IJSObjectReference>("import", path);
        _modules.Add(module);
        return module;
    }

    /// <summary>Loads data in the circuit's context and cancels the previous load. After a failure the last value is kept.</summary>
    protected async Task LoadAsync<T>(
        Func<Loaded<T>> get, Action<Loaded<T>> set, Func<CancellationToken, Task<Loaded<T>>> load) where T : class
    {
        StopLoading();
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

    // At once: between a cancellation and its end another load would find a source that is disposed.
    private void StopLoading()
    {
        _load?.Cancel();
        _load = null;
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

    // Called after the browser has confirmed the rendering.
    protected override void OnAfterRender(bool firstRender)
    {
        _tree.Clear();
        if (_timed is { } changedAt) Signals.Shown(changedAt);
        _timed = null;
    }

    private void CatchUp() => _ = InvokeAsync(async () =>
    {
        if (!_missed || _gone.IsCancellationRequested) return;
        _missed = false;
        foreach (var (_, topics, refresh) in _watches) await RefreshAsync(topics, refresh);
    });

    private void Redraw() => _ = InvokeAsync(async () =>
    {
        if (_gone.IsCancellationRequested) return;
        foreach (var (_, topics, refresh) in _watches) await RefreshAsync(topics, refresh);
        StateHasChanged();
    });

    private async Task RefreshAsync(Topics changed, Func<Topics, Task<bool>> refresh, DateTimeOffset? timed = null)
    {
        try
        {
            if (!await refresh(changed) || _gone.IsCancellationRequested) return;
            var changes = Changing;
            changes._timed ??= timed;
            changes.StateHasChanged();
        }
        catch (Exception e) when (!_gone.IsCancellationRequested)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <summary>Ends all subscriptions. Overrides must call it.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Viewer.BecameVisible -= CatchUp;
        Viewer.RightsChanged -= Redraw;
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
