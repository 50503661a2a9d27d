using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// Reads a whole list repeatedly, one page per step, and finds new, changed and removed entities. Entities that a complete walk did not find are requested by id
/// before they count as removed, because rows may move between pages during a walk.
/// </summary>
internal sealed class ListWatch<T>(
    PageIntake<T> intake, Func<string, CancellationToken, Task<ControlPlaneResult<FleetPage<T>>>> read, Func<TimeSpan> every,
    ChangeCommitter committer, Backoff backoff, TimeProvider time) where T : class
{
    private const int AskedByIdAtMost = 200;
    private readonly List<string> _unread = [];
    private HashSet<string> _missing = [];
    private PagedWalk<T>? _walk;
    private DateTimeOffset _due = DateTimeOffset.MinValue;
    private DateTimeOffset _startedAt;
    private int _leftOut;

    /// <summary>Problems with the list, as a sentence; empty without any.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Failure of the last step; null after a success.</summary>
    public ControlPlaneFailure? Failure { get; private set; }

    /// <summary>Number of complete walks.</summary>
    public int Completed { get; private set; }

    /// <summary>Whether a page should be read now.</summary>
    public bool IsDue => time.GetUtcNow() >= _due;

    /// <summary>Makes the next page due at once.</summary>
    public void Hurry() => _due = DateTimeOffset.MinValue;

    /// <summary>Reads one page; null when it failed.</summary>
    public async Task<FleetPage<T>?> StepAsync(CancellationToken cancel)
    {
        if (_walk is null)
        {
            _walk = new PagedWalk<T>(read, committer.BeginWalk(), () => committer.Commits);
            _startedAt = time.GetUtcNow();
            _unread.Clear();
            _leftOut = 0;
        }
        var walk = _walk;
        var (result, askedAt) = await walk.NextAsync(cancel);
        Failure = result.Failure;
        if (result.Succeeded)
        {
            backoff.Reset();
            _unread.AddRange(result.Value.Problems.Take(20 - _unread.Count));
            _leftOut += result.Value.LeftOut;
            await intake.TakeAsync(result.Value, new(askedAt, walk.Number), cancel);
        }
        else
        {
            Problem = $"The list of {intake.Kind.Plural} could not be read: {result.Failure.Message}";
            _due = time.GetUtcNow() + backoff.Next(result.Failure.RetryAfter);
        }
        if (walk.IsOver) await EndAsync(walk, cancel);
        return result.Value;
    }

    private async Task EndAsync(PagedWalk<T> walk, CancellationToken cancel)
    {
        _walk = null;
        if (walk.Looped)
        {
            Problem = $"The list of {intake.Kind.Plural} could not be read to its end: the control plane gave the same page token twice.";
            _due = _startedAt + every();
        }
        if (!walk.IsComplete) return;
        Completed++;
        Problem = string.Join("; ", _unread);
        _due = _startedAt + every();
        var missing = intake.Kind.Table.All().Where(k => k.Walk != walk.Number && k.Commit <= walk.StartedAt).ToList();
        if (missing.Count > AskedByIdAtMost) await RemoveManyAsync(missing, cancel);
        else await AskByIdAsync(missing, cancel);
    }

    private async Task AskByIdAsync(List<Tracked<T>> missing, CancellationToken cancel)
    {
        _missing = [];
        var gone = new List<Tracked<T>>();
        foreach (var known in missing)
        {
            var askedAt = committer.Commits;
            var result = await intake.Kind.ReadOne(intake.Kind.Table.IdOf(known.Value), cancel);
            if (result.Failure is { Error: ControlPlaneError.NotFound }) gone.Add(known);
            else if (result.Succeeded)
                await intake.TakeAsync(
                    new FleetPage<T> { Items = [result.Value.Value], Specs = result.Value.Spec is { } spec ? [spec] : [] }, new(askedAt, 0), cancel);
            else if (result.Failure.Error is ControlPlaneError.Unreachable or ControlPlaneError.Unauthorized) break;
        }
        await intake.RemoveAsync(gone, cancel);
    }

    // Too many to request one by one: they are removed if a second walk, done at once, does not find them either. Unreadable rows may be among them.
    private async Task RemoveManyAsync(List<Tracked<T>> missing, CancellationToken cancel)
    {
        if (_leftOut > 0) return;
        var again = missing.Where(k => _missing.Contains(intake.Kind.Table.IdOf(k.Value))).ToList();
        _missing = [.. missing.Select(k => intake.Kind.Table.IdOf(k.Value))];
        if (again.Count < missing.Count) Hurry();
        foreach (var chunk in again.Chunk(1_000)) await intake.RemoveAsync(chunk, cancel);
    }
}
