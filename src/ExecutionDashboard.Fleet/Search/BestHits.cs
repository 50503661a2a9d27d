namespace ExecutionDashboard.Fleet.Search;

/// <summary>Keeps the best of many hits of one kind, and counts all.</summary>
/// <param name="most">Most that are kept.</param>
/// <param name="order">Order of hits of the same quality, best first; total.</param>
internal sealed class BestHits<T>(int most, Comparison<T> order)
{
    private readonly List<(T Thing, MatchQuality Quality)> _best = new(most + 1);

    /// <summary>How many were found in all.</summary>
    public int Found { get; private set; }

    /// <summary>The best, best first.</summary>
    public IReadOnlyList<(T Thing, MatchQuality Quality)> Best => _best;

    public void Add(T thing, MatchQuality quality)
    {
        Found++;
        if (most == 0 || (_best.Count == most && !IsBetter(thing, quality, _best[^1]))) return;
        var at = _best.Count;
        while (at > 0 && IsBetter(thing, quality, _best[at - 1])) at--;
        _best.Insert(at, (thing, quality));
        if (_best.Count > most) _best.RemoveAt(most);
    }

    /// <summary>Takes what another one found.</summary>
    public void Add(BestHits<T> other)
    {
        Found += other.Found - other._best.Count;
        foreach (var (thing, quality) in other._best) Add(thing, quality);
    }

    private bool IsBetter(T thing, MatchQuality quality, (T Thing, MatchQuality Quality) than) =>
        quality != than.Quality ? quality > than.Quality : order(thing, than.Thing) < 0;
}
