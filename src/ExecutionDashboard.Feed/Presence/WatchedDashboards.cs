using ExecutionDashboard.Fleet.Presence;

namespace ExecutionDashboard.Feed.Presence;

/// <summary>Which dashboards somebody looks at, by their connections. What a dashboard told ends with its connection, or after <see cref="PresenceLimits.Lease"/>. Safe for any thread.</summary>
internal sealed class WatchedDashboards(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);
    private TaskCompletionSource _begun = New();

    /// <summary>Whether somebody looks at any.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                if (_until.Count == 0) return false;
                var now = time.GetUtcNow();
                foreach (var (connection, until) in _until)
                    if (until <= now) _until.Remove(connection);
                return _until.Count > 0;
            }
        }
    }

    /// <summary>Completes when somebody begins to look at a dashboard; taken before <see cref="Any"/> is read, nothing is missed.</summary>
    public Task Begun
    {
        get { lock (_gate) return _begun.Task; }
    }

    /// <summary>A dashboard tells whether somebody looks at it.</summary>
    public void Told(string connection, bool isWatched)
    {
        lock (_gate)
        {
            if (!isWatched)
            {
                _until.Remove(connection);
                return;
            }
            var isFirst = !_until.ContainsKey(connection);
            _until[connection] = time.GetUtcNow() + PresenceLimits.Lease;
            if (!isFirst) return;
            (var begun, _begun) = (_begun, New());
            begun.TrySetResult();
        }
    }

    /// <summary>A dashboard is gone.</summary>
    public void Leave(string connection) => Told(connection, isWatched: false);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
