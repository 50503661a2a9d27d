using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Live.Attention;

/// <summary>A problem as pages show it.</summary>
/// <param name="Problem">As it is now.</param>
/// <param name="Record">What the feed keeps of it: since when it is open, who takes care of it; null while the feed has not said.</param>
public sealed record ShownProblem(Problem Problem, ProblemRecord? Record)
{
    /// <summary>The problem's id; of one of the past with the moment that it opened, in Unix milliseconds, since it may have come more than once.</summary>
    public string RowId => Record is { ResolvedAt: not null, OpenedAt: var opened } ? $"{Problem.Id}@{opened.ToUnixTimeMilliseconds()}" : Problem.Id;
}

/// <summary>
/// The open problems, the same for all viewers: found in this process, joined with what the feed keeps of them. Raises <see cref="Topics.Problems"/>. Any thread reads.
/// </summary>
public sealed class Problems(LiveSignals signals)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<FoundProblem> _found = [];
    private Dictionary<string, ProblemRecord> _records = [];
    private volatile Shown _shown = new([], [], false, null, 0);

    /// <summary>Open problems, worst first.</summary>
    public IReadOnlyList<ShownProblem> Open => _shown.Open;

    /// <summary>The data is complete and fresh: no problem shown means that there is none.</summary>
    public bool IsKnown => _shown.IsKnown;

    /// <summary>The moment of the data they were found in, UTC, by the server's clock; null before the first.</summary>
    public DateTimeOffset? AsOf => _shown.AsOf;

    /// <summary>Grows when anything shown of them changes.</summary>
    public long Version => _shown.Version;

    /// <summary>What was found, worst first: the same list until something of it changes.</summary>
    internal IReadOnlyList<FoundProblem> Found => _shown.Found;

    /// <summary>Problems were looked for at least once, in data that was complete and fresh.</summary>
    internal bool IsFound { get; private set; }

    /// <summary>What the feed keeps of the open problems.</summary>
    internal IReadOnlyCollection<ProblemRecord> Records
    {
        get
        {
            lock (_gate) return _records.Values;
        }
    }

    /// <summary>The problems that concern an execution, a node, a job or a deployment, worst first.</summary>
    public IReadOnlyList<ShownProblem> Of(FleetKind kind, string id)
    {
        var shown = _shown;
        List<ShownProblem>? concerning = null;
        for (var i = 0; i < shown.Found.Count; i++)
            if (shown.Found[i].Concerns(kind, id)) (concerning ??= []).Add(shown.Open[i]);
        return concerning ?? (IReadOnlyList<ShownProblem>)[];
    }

    /// <summary>What nobody can tell of these problems, as sentences; empty for what is live.</summary>
    public string NotKnown { get; private set; } = "";

    /// <summary>Whether it is known who had acknowledged them.</summary>
    public bool AreAcknowledgementsKnown { get; private set; } = true;

    /// <summary>Takes the problems of a moment of the past.</summary>
    /// <param name="found">All of them, worst first.</param>
    /// <param name="records">What the feed kept of them; null when that is not known.</param>
    /// <param name="known">Whether they are worked out.</param>
    /// <param name="asOf">The moment.</param>
    internal void ShowPast(IReadOnlyList<FoundProblem> found, IReadOnlyList<ProblemRecord>? records, bool known, DateTimeOffset asOf)
    {
        lock (_gate)
        {
            AreAcknowledgementsKnown = records is not null || !known;
            NotKnown = AreAcknowledgementsKnown ? "" : "Not known of this moment: problems by heartbeats, load and connects, those of the feed itself, and who had acknowledged what.";
            _records = (records ?? []).Where(r => r.ResolvedAt is null).DistinctBy(r => r.Problem.Id).ToDictionary(r => r.Problem.Id, StringComparer.Ordinal);
            (_found, IsFound) = (found, IsFound | known);
            Join(known, asOf);
        }
        signals.Raise(Topics.Problems);
    }

    /// <summary>Takes the problems that were found.</summary>
    /// <param name="found">All of them, worst first; the same list as before when none changed.</param>
    /// <param name="known">The data they were found in is complete and fresh.</param>
    /// <param name="asOf">The moment of the data.</param>
    internal void Show(IReadOnlyList<FoundProblem> found, bool known, DateTimeOffset? asOf)
    {
        lock (_gate)
        {
            var changed = !ReferenceEquals(found, _found) || known != IsKnown;
            IsFound |= known;
            _found = found;
            if (changed) Join(known, asOf);
            // The moment alone moves every second: who shows it asks at its own pace.
            else _shown = _shown with { AsOf = asOf };
            if (!changed) return;
        }
        signals.Raise(Topics.Problems);
    }

    /// <summary>Takes what the feed keeps of the open problems.</summary>
    internal void TakeRecords(IEnumerable<ProblemRecord> records)
    {
        lock (_gate)
        {
            _records = records.Where(r => r.ResolvedAt is null).ToDictionary(r => r.Problem.Id, StringComparer.Ordinal);
            Join(IsKnown, AsOf);
        }
        signals.Raise(Topics.Problems);
    }

    private void Join(bool known, DateTimeOffset? asOf) =>
        _shown = new([.. _found.Select(f => new ShownProblem(f.Problem, _records.GetValueOrDefault(f.Problem.Id)))], _found, known, asOf, Version + 1);

    private sealed record Shown(IReadOnlyList<ShownProblem> Open, IReadOnlyList<FoundProblem> Found, bool IsKnown, DateTimeOffset? AsOf, long Version);
}
