namespace ExecutionDashboard.Live.Presence;

/// <summary>The tabs of this process that are connected: somebody may look at them. Any thread reads and writes.</summary>
public sealed class ConnectedTabs
{
    private readonly Lock _gate = new();
    private readonly HashSet<object> _tabs = [];
    private TaskCompletionSource _changed = New();

    /// <summary>Whether there are any.</summary>
    public bool Any
    {
        get { lock (_gate) return _tabs.Count > 0; }
    }

    /// <summary>Completes when <see cref="Any"/> changes; taken before that is read, nothing is missed.</summary>
    internal Task Changed
    {
        get { lock (_gate) return _changed.Task; }
    }

    /// <summary>A tab is connected, or no longer.</summary>
    public void Set(object tab, bool connected)
    {
        lock (_gate)
        {
            var had = _tabs.Count > 0;
            if (connected) _tabs.Add(tab);
            else _tabs.Remove(tab);
            if (had == _tabs.Count > 0) return;
            (var told, _changed) = (_changed, New());
            told.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
