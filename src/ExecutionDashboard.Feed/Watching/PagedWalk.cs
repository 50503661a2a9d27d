using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// One reading of a whole list, page by page; it may rest between pages. The page after the one that was returned is asked for at once, so that
/// the server works while the page is taken in.
/// </summary>
internal sealed class PagedWalk<T>(Func<string, CancellationToken, Task<ControlPlaneResult<FleetPage<T>>>> read, long number, Func<long> commits)
{
    private const int FailuresAtMost = 3;
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal) { "" };
    private Task<ControlPlaneResult<FleetPage<T>>>? _next;
    private string _token = "";
    private long _askedAt;
    private int _failures;

    /// <summary>Number of the walk, growing.</summary>
    public long Number { get; } = number;

    /// <summary>Commits done when this walk began: what was learned later need not be in it.</summary>
    public long StartedAt { get; } = commits();

    /// <summary>The list was read to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The walk is over, complete or not.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The server gave the same page token twice: the walk ended without reaching the end.</summary>
    public bool Looped { get; private set; }

    /// <summary>
    /// The next page, and how many commits had been done when it was asked for: what was learned since is fresher than the page. A page that
    /// fails is asked for again by the next call; after the third time the walk is over.
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
