using ExecutionDashboard.Fleet.Attention;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Live.Attention;

/// <summary>
/// Keeps <see cref="Problems"/> as the copy of the fleet changes: a look once a second at most, and never more than a twentieth of a core.
/// </summary>
public sealed partial class AttentionWatch(Replica replica, Problems problems, IOptions<AttentionOptions> options, TimeProvider time, ILogger<AttentionWatch> log) : BackgroundService
{
    /// <summary>Shortest time between two looks.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // A look that takes long is followed by a pause that keeps its share of a core small.
    private const int PauseFactor = 20;

    private readonly AttentionModel _model = new(options.Value);
    private FeedFacts _facts = new();
    private IReadOnlyList<Problem> _slow = [];
    private readonly PlaneProblems _planes = new();
    private (IReadOnlyList<FoundProblem> Found, IReadOnlyList<Problem> Blind, IReadOnlyList<Problem> Slow, IReadOnlyList<FoundProblem> All) _shown = ([], [], [], []);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var before = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                Look();
            }
            catch (Exception problem)
            {
                // The next look starts from what is there then; a fault here must not end the process.
                LogFailed(log, problem);
            }
            // One slow look, such as the first, or one on a machine that was busy, is no reason to be late with the next.
            var took = time.GetElapsedTime(started);
            var pause = (took < before ? took : before) * PauseFactor;
            before = took;
            await Task.Delay(pause > Pace ? pause : Pace, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks once.</summary>
    internal void Look()
    {
        var freshness = replica.Freshness;
        // What is incomplete or old opens nothing, and nothing gets stuck because we are blind: time stands still at the moment of the data.
        var isKnown = freshness is { IsLoaded: true, Kind: FreshnessKind.Live };
        if (isKnown && replica.ServerTime is { } now) _model.Update(replica.Store, now);
        var found = WithOthers(freshness, isKnown);
        // Before anybody is told, so that filters by problems find what the list of problems shows.
        replica.Store.MarkProblems(found);
        problems.Show(found, isKnown, replica.ServerTime);
    }

    // What keeps us from knowing is told first, by our own clock: the server's stands still meanwhile. What the feed measures is the feed's word.
    private IReadOnlyList<FoundProblem> WithOthers(Freshness freshness, bool isKnown)
    {
        var now = time.GetUtcNow();
        var isLost = freshness.Kind == FreshnessKind.Reconnecting;
        _facts = FeedFacts.Next(_facts, replica.Status, isLost ? freshness.Since : null, isLost ? freshness.Problem : "", options.Value, now);
        var blind = freshness.Planes.Count == 0 ? BlindRules.Of(_facts, options.Value, now) : _planes.Blind(replica.Status.Planes, options.Value, now);
        var known = _planes.Of(_model.Problems, freshness.Planes, replica.Store.Planes);
        if (isKnown) _slow = ConvergenceRules.Of(replica.Status.Burning, replica.Store);
        if (!ReferenceEquals(_shown.Found, known) || !_shown.Blind.SequenceEqual(blind) || !_shown.Slow.SequenceEqual(_slow))
            _shown = (known, blind, _slow, blind.Count + _slow.Count == 0 ? known : [.. blind.Select(problem => new FoundProblem(problem)), .. WithSlow(known)]);
        return _shown.All;
    }

    // Worst first, as the others are.
    private IEnumerable<FoundProblem> WithSlow(IReadOnlyList<FoundProblem> known) => known.Concat(_slow.Select(problem => new FoundProblem(problem))).OrderByDescending(found => found.Problem.Severity);

    [LoggerMessage(Level = LogLevel.Error, Message = "Problems could not be worked out")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
