using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// Reads the executions that changed last, up to those that are known already. Rows without a time, or with one in the future, stay at the top of every such list:
/// they are read, but do not end the poll. Between long looks, short ones ask for a few rows: enough to see that nothing moved, or what did.
/// </summary>
internal sealed class ExecutionPoll(PageIntake<Execution> intake, IControlPlane server, Func<long> commits, PollPace pace, TimeProvider time)
{
    internal const int SmallestPage = 100, ShortPage = 5;
    private const int LargestPage = 1_000;
    private const int PagesAtMost = 200;
    private const int KnownPagesAtMost = 3;
    private const int MostOddRows = 20;
    private const int QuietLooks = 5;
    private static readonly TimeSpan Future = TimeSpan.FromMinutes(5);

    private int _expected = SmallestPage;
    private DateTimeOffset? _covered;
    private long? _longAt;
    private int _odd;
    private bool _ahead;
    private bool _moved;
    private bool _cut;

    /// <summary>What could not be read in the last long look, as a sentence; empty without any.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Whether the last poll ended before it reached known rows, so that a sweep must find the rest.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>How far the control plane's clock is ahead; null when it sent no time.</summary>
    public TimeSpan? ClockSkew { get; private set; }

    /// <summary>How soon to look again: at most the poll interval.</summary>
    public TimeSpan Interval => HidesNothing ? pace.Interval : pace.Longest;

    private bool HasShortLooks => _longAt is not null && HidesNothing && pace.IsWatched;

    // Rows that stay at the top hide from a short page what moved below them.
    private bool HidesNothing => !_ahead && _odd <= MostOddRows;

    // A row that was stored later than its time is below rows that are known already: as long as anything moves, a long look at the usual pace finds it.
    private bool IsLongLookDue => _cut || !HasShortLooks || time.GetElapsedTime(_longAt!.Value) >= pace.Longest * (_moved ? 1 : QuietLooks);

    /// <summary>Records the present top of the list; the next poll finds what changes from here.</summary>
    public async Task<ControlPlaneFailure?> MarkAsync(CancellationToken cancel)
    {
        var result = await ReadAsync(1, "", cancel);
        if (!result.Succeeded) return result.Failure;
        // The sweep reads the rows again, but not the specs.
        await intake.TakeAsync(result.Value with { Items = [] }, new(commits(), 0), cancel);
        _covered ??= NewestIn(result.Value, HorizonOf(result.Value, AheadIn(result.Value)));
        _cut = true;
        // A first load takes long, and much has changed when it ends.
        _expected = LargestPage;
        return null;
    }

    /// <summary>Polls once; returns the failure that ended it.</summary>
    public async Task<ControlPlaneFailure?> LookAsync(CancellationToken cancel)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal) { "" };
        var (token, newest, problems, changed, knownPages) = ("", default(DateTimeOffset?), new List<string>(), 0, 0);
        var limit = Math.Clamp(Math.Max(_expected, _odd + ShortPage), IsLongLookDue ? SmallestPage : ShortPage, LargestPage);
        var began = time.GetTimestamp();
        GaveUp = false;
        for (var pages = 1; ; pages++)
        {
            var (askedAt, asked, isLong) = (commits(), time.GetTimestamp(), limit >= SmallestPage);
            var result = await ReadAsync(limit, token, cancel);
            if (!result.Succeeded)
            {
                _cut = _cut || pages > 1;
                return result.Failure;
            }
            var page = result.Value;
            pace.Answered(time.GetElapsedTime(asked), page.Items.Count);
            var taken = await intake.TakeAsync(page, new(askedAt, 0), cancel);
            // A few rows do not tell whether the clocks differ.
            var ahead = isLong && AheadIn(page);
            var horizon = HorizonOf(page, ahead);
            if (isLong && token.Length == 0) (_ahead, _odd) = (ahead, page.Items.Count(e => !(e.UpdatedAt <= horizon)));
            newest = token.Length == 0 ? NewestIn(page, horizon) : newest;
            changed += taken.Changed;
            problems.AddRange(page.Problems.Take(20 - problems.Count));
            knownPages = taken.Known.Contains(false) ? 0 : knownPages + 1;
            if (page.NextToken.Length == 0 || page is { Items.Count: 0, LeftOut: 0 } || (isLong ? HasMetTheKnown(page, taken.Known, horizon, knownPages) : HasNothingBelow(page, taken.Known, horizon))) break;
            if (!isLong)
            {
                // From the top again: a token may be only for pages of its own size.
                (limit, knownPages) = (SmallestPage, 0);
                continue;
            }
            if (pages == PagesAtMost || !tokens.Add(page.NextToken))
            {
                GaveUp = true;
                break;
            }
            token = page.NextToken;
        }
        if (limit >= SmallestPage) (_longAt, _moved, Problem) = (began, false, string.Join("; ", problems));
        _covered = newest ?? _covered;
        _cut = false;
        _moved |= changed > 0;
        _expected = changed * 2;
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

    // Of a short page: all of it is known, or the rows below what is new are.
    private bool HasNothingBelow(FleetPage<Execution> page, bool[] known, DateTimeOffset horizon) =>
        page.Items.Any(e => e.UpdatedAt <= horizon) && (!known.Contains(false) || HasMetTheKnown(page, known, horizon, 0));

    // When most of a page is "in the future", the clocks differ, and the rows are normal.
    private bool AheadIn(FleetPage<Execution> page)
    {
        var horizon = HorizonOf(page, ahead: false);
        return page.Items.Count(e => e.UpdatedAt > horizon) * 2 > page.Items.Count;
    }

    private DateTimeOffset HorizonOf(FleetPage<Execution> page, bool ahead)
    {
        var now = time.GetUtcNow();
        if (page.ServerTime is { } server) ClockSkew = server - now;
        return ahead ? DateTimeOffset.MaxValue : (page.ServerTime ?? now) + Future;
    }

    private static DateTimeOffset? NewestIn(FleetPage<Execution> page, DateTimeOffset horizon) =>
        page.Items.Where(e => e.UpdatedAt <= horizon).Max(e => e.UpdatedAt);

    private Task<ControlPlaneResult<FleetPage<Execution>>> ReadAsync(int limit, string token, CancellationToken cancel) =>
        server.ListExecutionsAsync(new() { OrderBy = "updated_at", Descending = true, Limit = limit, PageToken = token }, cancel);
}
