using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Where a phase of a rollout is.</summary>
public enum RolloutPhaseState
{
    /// <summary>Over.</summary>
    Done,
    /// <summary>The rollout is in it; at most one phase is.</summary>
    Current,
    /// <summary>Still to come.</summary>
    Ahead,
    /// <summary>The rollout ended in it, badly.</summary>
    Failed,
    /// <summary>Will not come any more.</summary>
    Skipped,
}

/// <summary>A phase of a rollout.</summary>
/// <param name="Name">Name for people: <c>Canary</c>, <c>Wave 2</c> (numbered as the server does: the canary is the first), <c>All nodes</c>, and as the last <c>Done</c>, <c>Failed</c>, <c>Rolled back</c> or <c>Canceled</c>. A held phase says so: <c>Wave 2, paused</c>.</param>
/// <param name="State">Where it is.</param>
/// <param name="StartedAt">When it began, UTC, worked out from the creation of its executions; null when not known or not begun.</param>
/// <param name="EndedAt">When it ended, UTC; null while it goes on and where it is not known.</param>
public sealed record RolloutPhase(string Name, RolloutPhaseState State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

/// <summary>The phases of a rollout, where it stands, and what it waits for.</summary>
public static class RolloutPhases
{
    /// <summary>More waves than this become one phase.</summary>
    public const int MostWaves = 1000;

    // Phases around the present that a folded strip shows.
    private const int Window = 6;

    /// <summary>The phases from the first to the end. Never empty.</summary>
    public static IReadOnlyList<RolloutPhase> Of(RolloutSummary standing)
    {
        var d = standing.Deployment;
        var names = Names(standing, out var at);
        var starts = Starts(standing, names.Count);
        var phases = new List<RolloutPhase>(names.Count + 1);
        for (var i = 0; i < names.Count; i++)
        {
            var state = StateOf(d, i, at, standing);
            var begun = state is not (RolloutPhaseState.Ahead or RolloutPhaseState.Skipped);
            var name = state == RolloutPhaseState.Current && d.State == "paused" ? names[i] + ", paused" : names[i];
            var next = i + 1 < starts.Length ? starts[i + 1] : null;
            DateTimeOffset? end = state switch
            {
                RolloutPhaseState.Done => next ?? (i == names.Count - 1 ? d.CompletedAt : null),
                RolloutPhaseState.Failed => d.CompletedAt,
                _ => null,
            };
            var start = begun ? starts[i] ?? (i == 0 ? d.CreatedAt : null) : null;
            phases.Add(new RolloutPhase(name, state, start, end < start ? null : end));
        }
        phases.Add(End(d));
        return phases;
    }

    /// <summary>
    /// The phases as a strip shows them: all while they are few, else those around the present, and the others together as <c>Waves 2–5</c>. The phase that
    /// the rollout is in, or failed in, is always shown on its own.
    /// </summary>
    /// <param name="phases">The phases.</param>
    /// <param name="most">So many are all shown; at least 9.</param>
    public static IReadOnlyList<RolloutPhase> Fold(IReadOnlyList<RolloutPhase> phases, int most)
    {
        if (phases.Count <= Math.Max(most, Window + 3)) return phases;
        var all = phases.ToList();
        var focus = all.FindIndex(phase => phase.State is RolloutPhaseState.Current or RolloutPhaseState.Failed);
        if (focus < 0) focus = all.FindIndex(phase => phase.State != RolloutPhaseState.Done);
        if (focus < 0) focus = all.Count - 1;
        var from = Math.Clamp(focus - Window / 2, 1, all.Count - Window - 1);
        return [all[0], .. Together(all[1..from]), .. all[from..(from + Window)], .. Together(all[(from + Window)..^1]), all[^1]];
    }

    private static IEnumerable<RolloutPhase> Together(List<RolloutPhase> waves)
    {
        if (waves.Count < 2) return waves;
        static string Number(RolloutPhase wave) => wave.Name[(wave.Name.LastIndexOf(' ') + 1)..];
        return [new($"Waves {Number(waves[0])}–{Number(waves[^1])}", waves[0].State, waves[0].StartedAt, waves[^1].EndedAt)];
    }

    /// <summary>Where it stands and what it waits for, one or two sentences for people; times in UTC.</summary>
    public static string Sentence(RolloutSummary standing, DateTimeOffset now) => RolloutSentence.Of(standing, now);

    private static List<string> Names(RolloutSummary standing, out int at)
    {
        var names = new List<string>();
        if (standing.HasCanary) names.Add("Canary");
        var (waves, current) = (standing.TotalWaves, standing.CurrentWave);
        var first = names.Count + 1;
        var known = Math.Max(waves, current);
        if ("immediate".Equals(standing.Strategy?.Kind, StringComparison.OrdinalIgnoreCase) || known == 0 || (waves == 1 && names.Count == 0)) names.Add("All nodes");
        else if (known > MostWaves) names.Add(string.Create(CultureInfo.InvariantCulture, $"Waves {first}–{known}"));
        else if (known < first) names.Add("All other nodes");
        else
            for (var wave = first; wave <= known; wave++) names.Add(string.Create(CultureInfo.InvariantCulture, $"Wave {wave}"));
        if (standing.HasCanary && known == 1 && waves == 1) names.RemoveAt(1);
        at = standing.InCanary ? 0 : Math.Clamp(Math.Max(current, first) - 1, 0, names.Count - 1);
        return names;
    }

    private static RolloutPhaseState StateOf(Deployment d, int phase, int at, RolloutSummary standing)
    {
        if (d.State == "completed") return RolloutPhaseState.Done;
        if (d.State == "pending" || (d.State.Length == 0 && standing.Rows.Length == 0)) return RolloutPhaseState.Ahead;
        if (phase < at) return RolloutPhaseState.Done;
        if (phase > at) return d.IsOpen || IsUnknown(d.State) ? RolloutPhaseState.Ahead : RolloutPhaseState.Skipped;
        return d.State switch
        {
            "failed" or "rolled_back" => RolloutPhaseState.Failed,
            "canceled" => RolloutPhaseState.Skipped,
            _ => RolloutPhaseState.Current,
        };
    }

    internal static bool IsUnknown(string state) =>
        state is not ("pending" or "in_progress" or "paused" or "completed" or "failed" or "canceled" or "rolled_back");

    private static RolloutPhase End(Deployment d) => d.State switch
    {
        "completed" => new("Done", RolloutPhaseState.Done, d.CompletedAt, d.CompletedAt),
        "failed" => new("Failed", RolloutPhaseState.Failed, d.CompletedAt, d.CompletedAt),
        "rolled_back" => new("Rolled back", RolloutPhaseState.Failed, d.CompletedAt, d.CompletedAt),
        "canceled" => new("Canceled", RolloutPhaseState.Done, d.CompletedAt, d.CompletedAt),
        _ => new("Done", RolloutPhaseState.Ahead, null, null),
    };

    private static DateTimeOffset?[] Starts(RolloutSummary standing, int phases)
    {
        var starts = new DateTimeOffset?[phases];
        for (var i = 0; i < standing.Rows.Length; i++)
        {
            var wave = standing.Waves.Of(i);
            if (wave == 0 || standing.Rows[i].FirstCreatedAt is not { } created) continue;
            ref var start = ref starts[Math.Min(wave, phases) - 1];
            if (start is null || created < start) start = created;
        }
        return starts;
    }
}
