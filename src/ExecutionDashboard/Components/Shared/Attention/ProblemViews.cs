using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live.Attention;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Attention;

/// <summary>The open problems as every page needs them, the same for all viewers.</summary>
public sealed record ProblemsView
{
    /// <summary>Most problems that the overview names.</summary>
    public const int MostNamed = 8;

    /// <summary>All, worst first.</summary>
    public IReadOnlyList<ShownProblem> Open { get; init; } = [];
    /// <summary>The worst that nobody has acknowledged, each the content of its place in the list; at most <see cref="MostNamed"/>.</summary>
    public IReadOnlyList<(string Id, MarkupString Item)> Named { get; init; } = [];
    /// <summary>Those that nobody has acknowledged.</summary>
    public int Waiting { get; init; }
    /// <summary>Those that somebody takes care of.</summary>
    public int Acknowledged => Open.Count - Waiting;
    /// <summary>How bad the worst is that nobody has acknowledged; null when there is none.</summary>
    public ProblemSeverity? Worst { get; init; }
    /// <summary>Those that nobody has acknowledged, by what they are about first of all.</summary>
    public IReadOnlyDictionary<FleetKind, int> ByKind { get; init; } = new Dictionary<FleetKind, int>();
    /// <summary>The data is complete and fresh: no problem shown means that there is none.</summary>
    public bool IsKnown { get; init; }
    /// <summary>What nobody can tell of them, as sentences; empty for what is live.</summary>
    public string NotKnown { get; init; } = "";
    /// <summary>Whether it is known who acknowledged them.</summary>
    public bool AreAcknowledgementsKnown { get; init; } = true;
    /// <summary>Number of the last problem that opened or got worse while somebody looked; <see cref="ProblemViews.OpenedSince"/> names those after one.</summary>
    public long LastOpened { get; init; }
}

/// <summary>A problem that opened or got worse.</summary>
/// <param name="Number">Growing in this process.</param>
/// <param name="Problem">The problem as it was then.</param>
public sealed record OpenedProblem(long Number, Problem Problem);

/// <summary>What the pages show of the problems, worked out once for all viewers when one of them changed. Safe for any thread.</summary>
public sealed class ProblemViews(Problems problems)
{
    // Who was told less lately is told how many there are.
    private const int MostRemembered = 50;

    private readonly Lock _gate = new();
    private readonly Queue<OpenedProblem> _opened = [];
    private (long Version, ProblemsView View)? _kept;
    private Dictionary<string, (ShownProblem Shown, MarkupString Item)> _drawn = [];
    private Dictionary<string, ProblemSeverity>? _before;
    private long _number;

    /// <summary>The problems now; the same object until one of them changed.</summary>
    public ProblemsView Now
    {
        get
        {
            lock (_gate)
            {
                // Read before the problems are: what changes after that has another number.
                var version = problems.Version;
                if (_kept is { } kept && kept.Version == version) return kept.View;
                var view = Work();
                _kept = (version, view);
                return view;
            }
        }
    }

    /// <summary>Problems that opened or got worse after one, oldest first.</summary>
    /// <param name="number">See <see cref="ProblemsView.LastOpened"/>.</param>
    public IReadOnlyList<OpenedProblem> OpenedSince(long number)
    {
        lock (_gate) return [.. _opened.Where(o => o.Number > number)];
    }

    private ProblemsView Work()
    {
        // A rule that finds a problem twice must not cost everybody their page.
        IReadOnlyList<ShownProblem> open = [.. problems.Open.DistinctBy(p => p.Problem.Id)];
        IReadOnlyList<ShownProblem> waiting = [.. open.Where(p => p.Record?.Acknowledgement is null)];
        Note(open, problems.IsKnown);
        return new()
        {
            Open = open, Waiting = waiting.Count, Named = Draw(waiting), IsKnown = problems.IsKnown, LastOpened = _number, NotKnown = problems.NotKnown, AreAcknowledgementsKnown = problems.AreAcknowledgementsKnown,
            Worst = waiting.Count > 0 ? waiting.Max(p => p.Problem.Severity) : null,
            ByKind = waiting.Where(p => p.Problem.Subjects.Count > 0).CountBy(p => p.Problem.Subjects[0].Kind).ToDictionary(),
        };
    }

    // What is found when the fleet is seen for the first time is not news.
    private void Note(IReadOnlyList<ShownProblem> open, bool isKnown)
    {
        if (_before is { } before)
        {
            foreach (var problem in open.Select(p => p.Problem))
            {
                if (before.TryGetValue(problem.Id, out var was) && was >= problem.Severity) continue;
                _opened.Enqueue(new(++_number, problem));
                if (_opened.Count > MostRemembered) _opened.Dequeue();
            }
        }
        if (isKnown || _before is not null) _before = open.ToDictionary(p => p.Problem.Id, p => p.Problem.Severity, StringComparer.Ordinal);
    }

    private IReadOnlyList<(string Id, MarkupString Item)> Draw(IReadOnlyList<ShownProblem> waiting)
    {
        var before = _drawn;
        _drawn = waiting.Take(ProblemsView.MostNamed).ToDictionary(
            p => p.Problem.Id, p => before.TryGetValue(p.Problem.Id, out var kept) && ReferenceEquals(kept.Shown.Problem, p.Problem) && ReferenceEquals(kept.Shown.Record, p.Record) ? kept : (p, Draw(p)),
            StringComparer.Ordinal);
        return [.. waiting.Take(ProblemsView.MostNamed).Select(p => (p.Problem.Id, _drawn[p.Problem.Id].Item))];
    }

    private static MarkupString Draw(ShownProblem shown)
    {
        var problem = shown.Problem;
        var notes = string.Join(" · ", new[] { ProblemLabels.Extent(problem), ProblemLabels.Repeats(shown.Record) }.Where(note => note.Length > 0));
        return Markup.Of(
            $"""<a href="{ProblemLabels.Address(problem.Id)}">{ProblemLabels.Sign(problem.Severity)} <span class="problem-head"><span class="name">{ProblemLabels.Title(problem.Cause)}</span> <span class="quiet">{notes}</span></span> <span class="problem-time quiet">{At.Of(problem.Since, "lasting")}</span> <span class="problem-summary">{Masked.Text(problem.Summary)}</span></a>""");
    }
}
