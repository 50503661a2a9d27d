using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// Reads the executions that changed last, up to those that are known already. Rows without a time, or with one in the future, stay at the top of every such list:
/// they are read, but do not end the poll.
/// </summary>
internal sealed class ExecutionPoll(PageIntake<Execution> intake, IControlPlane server, Func<long> commits, TimeProvider time)
{
    internal const int SmallestPage = 100;
    private const int LargestPage = 1_000;
    private const int PagesAtMost = 200;
    private const int KnownPagesAtMost = 3;
    private static readonly TimeSpan Future = TimeSpan.FromMinutes(5);

    private int _pageSize = SmallestPage;
    private DateTimeOffset? _covered;
    private bool _cut;

    /// <summary>What could not be read in the last poll, as a sentence; empty without any.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Whether the last poll ended before it reached known rows, so that a sweep must find the rest.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>How far the control plane's clock is ahead; null when it sent no time.</summary>
    public TimeSpan? ClockSkew { get; private set; }

    /// <summary>Records the present top of the list; the next poll finds what changes from here.</summary>
    public async Task<ControlPlaneFailure?> MarkAsync(CancellationToken cancel)
    {
        var result = await ReadAsync(1, "", cancel);
        if (!result.Succeeded) return result.Failure;
        // The sweep reads the rows again, but not the specs.
        await intake.TakeAsync(result.Value with { Items = [] }, new(commits(), 0), cancel);
        _covered ??= NewestIn(result.Value, HorizonOf(result.Value));
        _cut = true;
        // A first load takes long, and much has changed when it ends.
        _pageSize = LargestPage;
        return null;
    }

    /// <summary>Polls once; returns the failure that ended it.</summary>
    public async Task<ControlPlaneFailure?> LookAsync(CancellationToken cancel)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal) { "" };
        var (token, newest, problems, changed, knownPages) = ("", default(DateTimeOffset?), new List<string>(), 0, 0);
        GaveUp = false;
        for (var pages = 1; ; pages++)
        {
            var askedAt = commits();
            var result = await ReadAsync(_pageSize, token, cancel);
            if (!result.Succeeded)
            {
                _cut = _cut || pages > 1;
                return result.Failure;
            }
            var page = result.Value;
            var taken = await intake.TakeAsync(page, new(askedAt, 0), cancel);
            var horizon = HorizonOf(page);
            newest = pages == 1 ? NewestIn(page, horizon) : newest;
            changed += taken.Changed;
            problems.AddRange(page.Problems.Take(20 - problems.Count));
            knownPages = taken.Known.Contains(false) ? 0 : knownPages + 1;
            if (page.NextToken.Length == 0 || page is { Items.Count: 0, LeftOut: 0 } || HasMetTheKnown(page, taken.Known, horizon, knownPages)) break;
            if (pages == PagesAtMost || !tokens.Add(page.NextToken))
            {
                GaveUp = true;
                break;
            }
            token = page.NextToken;
        }
        _covered = newest ?? _covered;
        _cut = false;
        Problem = string.Join("; ", problems);
        _pageSize = Math.Clamp(changed * 2, SmallestPage, LargestPage);
        return null;
    }

    // The second half of the page had nothing new, and the list has reached the time of the last poll. Rows with equal times are read on, because
    // their order is arbitrary. After an interrupted poll, known rows are above unknown ones, so only the time counts.
    private bool HasMetTheKnown(FleetPage<Execution> page, bool[] known, DateTimeOffset horizon, int knownPages)
    {
        var usual = Enumerable.Range(0, known.Length).Where(i => page.Items[i].UpdatedAt is { } at && at <= horizon).ToList();
        if (usual.Count == 0) return knownPages >= KnownPagesAtMost;
        if (usual.Skip(usual.Count / 2).Any(i => !known[i])) return false;
        return _covered is null || page.Items[usual[^1]].UpdatedAt < _covered || (!_cut && knownPages >= KnownPagesAtMost);
    }

    // When most of a page is "in the future", the clocks differ, and the rows are normal.
    private DateTimeOffset HorizonOf(FleetPage<Execution> page)
    {
        var now = time.GetUtcNow();
        if (page.ServerTime is { } server) ClockSkew = server - now;
        var horizon = (page.ServerTime ?? now) + Future;
        return page.Items.Count(e => e.UpdatedAt > horizon) * 2 > page.Items.Count ? DateTimeOffset.MaxValue : horizon;
    }

    private static DateTimeOffset? NewestIn(FleetPage<Execution> page, DateTimeOffset horizon) =>
        page.Items.Where(e => e.UpdatedAt <= horizon).Max(e => e.UpdatedAt);

    private Task<ControlPlaneResult<FleetPage<Execution>>> ReadAsync(int limit, string token, CancellationToken cancel) =>
        server.ListExecutionsAsync(new() { OrderBy = "updated_at", Descending = true, Limit = limit, PageToken = token }, cancel);
}
