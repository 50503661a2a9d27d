using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// Reads a whole list once, page by page, with pauses in between. The next page is requested in advance, so that the server works while a page is processed.
/// </summary>
internal sealed class PagedWalk<T>(Func<string, CancellationToken, Task<ControlPlaneResult<FleetPage<T>>>> read, long number, Func<long> commits)
{
    private const int FailuresAtMost = 3;
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal) { "" };
    private Task<ControlPlaneResult<FleetPage<T>>>? _next;
    private string _token = "";
    private long _askedAt;
    private int _failures;

    /// <summary>Number of the walk; increases.</summary>
    public long Number { get; } = number;

    /// <summary>Number of commits when the walk began. Later changes may be missing in it.</summary>
    public long StartedAt { get; } = commits();

    /// <summary>Whether the list was read to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the walk has ended, complete or not.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the walk ended because the server sent the same page token twice.</summary>
    public bool Looped { get; private set; }

    /// <summary>
    /// The next page, and the number of commits when it was requested. A failed page is requested again by the next call; after the third failure the walk ends.
    /// </summary>
    public async Task<(ControlPlaneResult<FleetPage<T>> Page, long AskedAt)> NextAsync(CancellationToken cancel)
    {
        var (reading, askedAt) = (_next ?? Ask(cancel), _askedAt);
        _next = null;
        var result = await reading;
        if (!result.Succeeded)
        {
            IsOver = ++_failures >= FailuresAtMost || result.Failure.Error is not (ControlPlaneError.Unreachable or ControlPlaneError.Unexpected);
            return (result, askedAt);
        }
        _failures = 0;
        _token = result.Value.NextToken;
        if (_token.Length == 0 || result.Value is { Items.Count: 0, LeftOut: 0 }) IsOver = IsComplete = true;
        else if (!_tokens.Add(_token)) IsOver = Looped = true;
        else _next = Ask(cancel);
        return (result, askedAt);
    }

    private Task<ControlPlaneResult<FleetPage<T>>> Ask(CancellationToken cancel)
    {
        _askedAt = commits();
        return read(_token, cancel);
    }
}
