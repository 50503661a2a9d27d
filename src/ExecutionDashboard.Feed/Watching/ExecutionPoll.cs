using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// Reads the executions that changed last until it meets what it knows. Rows whose time is missing or in the future stay at the top of every
/// such list: they are taken in, but they do not end it.
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

    /// <summary>What could not be read in the last look, for people; empty when nothing.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The last look ended before it had met what it knew: a sweep has to find the rest.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The control plane's clock against ours, positive when ahead; null when it did not say.</summary>
    public TimeSpan? ClockSkew { get; private set; }

    /// <summary>Notes where the list stands now: what changes from here is found by the next look.</summary>
    public async Task<ControlPlaneFailure?> MarkAsync(CancellationToken cancel)
    {
        var result = await ReadAsync(1, "", cancel);
        if (!result.Succeeded) return result.Failure;
        // The rows come again with the sweep; the specs do not.
        await intake.TakeAsync(result.Value with { Items = [] }, new(commits(), 0), cancel);
        _covered ??= NewestIn(result.Value, HorizonOf(result.Value));
        _cut = true;
        // A first load takes long, and much has changed by its end.
        _pageSize = LargestPage;
        return null;
    }

    /// <summary>Looks once; gives the failure that ended it.</summary>
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

    // The second half of the page told nothing new, and the list has come down to before the last look. Equal times go on: their order is
    // the server's whim. A look that was cut short has left known rows above unknown ones: then only the time counts.
    private bool HasMetTheKnown(FleetPage<Execution> page, bool[] known, DateTimeOffset horizon, int knownPages)
    {
        var usual = Enumerable.Range(0, known.Length).Where(i => page.Items[i].UpdatedAt is { } at && at <= horizon).ToList();
        if (usual.Count == 0) return knownPages >= KnownPagesAtMost;
        if (usual.Skip(usual.Count / 2).Any(i => !known[i])) return false;
        return _covered is null || page.Items[usual[^1]].UpdatedAt < _covered || (!_cut && knownPages >= KnownPagesAtMost);
    }

    // When most of a page is "in the future", it is the clocks that differ, not the rows that are odd.
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
