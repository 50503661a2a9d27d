using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Progress of a phase of a rollout.</summary>
public enum RolloutPhaseState
{
    /// <summary>Finished.</summary>
    Done,
    /// <summary>Running. At most one phase is.</summary>
    Current,
    /// <summary>Upcoming.</summary>
    Ahead,
    /// <summary>The rollout failed in this phase.</summary>
    Failed,
    /// <summary>Will not run.</summary>
    Skipped,
}

/// <summary>A phase of a rollout.</summary>
/// <param name="Name">
/// Its name: <c>Canary</c>, <c>Wave 2</c> (the canary is wave 1), <c>All nodes</c>, and for the last one <c>Done</c>, <c>Failed</c>, <c>Rolled back</c> or
/// <c>Canceled</c>. With <c>, paused</c> when it is paused.
/// </param>
/// <param name="State">Its progress.</param>
/// <param name="StartedAt">Start, UTC, estimated from the creation of its executions; null when unknown or upcoming.</param>
/// <param name="EndedAt">End, UTC; null while running, or when unknown.</param>
public sealed record RolloutPhase(string Name, RolloutPhaseState State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

/// <summary>The phases of a rollout, and a sentence about the current one.</summary>
public static class RolloutPhases
{
    /// <summary>From more waves than this on, all waves are one phase.</summary>
    public const int MostWaves = 1000;

    // Phases before and after the current one in a folded strip.
    private const int Window = 6;

    /// <summary>All phases in order. Never empty.</summary>
    public static IReadOnlyList<RolloutPhase> Of(RolloutSummary summary)
    {
        var d = summary.Deployment;
        var names = Names(summary, out var at);
        var starts = Starts(summary, names.Count);
        var phases = new List<RolloutPhase>(names.Count + 1);
        for (var i = 0; i < names.Count; i++)
        {
            var state = StateOf(d, i, at, summary);
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
    /// The phases as a strip shows them: all of them up to <paramref name="most"/>, else those around the current one, with the others combined as <c>Waves 2–5</c>.
    /// The current or failed phase is never combined.
    /// </summary>
    /// <param name="phases">The phases.</param>
    /// <param name="most">Most phases that are shown without combining; at least 9.</param>
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

    /// <summary>Describes the current phase and what it waits for, in one or two sentences; times in UTC.</summary>
    public static string Sentence(RolloutSummary summary, DateTimeOffset now) => RolloutSentence.Of(summary, now);

    private static List<string> Names(RolloutSummary summary, out int at)
    {
        var names = new List<string>();
        if (summary.HasCanary) names.Add("Canary");
        var (waves, current) = (summary.TotalWaves, summary.CurrentWave);
        var first = names.Count + 1;
        var known = Math.Max(waves, current);
        if ("immediate".Equals(summary.Strategy?.Kind, StringComparison.OrdinalIgnoreCase) || known == 0 || (waves == 1 && names.Count == 0)) names.Add("All nodes");
        else if (known > MostWaves) names.Add(string.Create(CultureInfo.InvariantCulture, $"Waves {first}–{known}"));
        else if (known < first) names.Add("All other nodes");
        else
            for (var wave = first; wave <= known; wave++) names.Add(string.Create(CultureInfo.InvariantCulture, $"Wave {wave}"));
        if (summary.HasCanary && known == 1 && waves == 1) names.RemoveAt(1);
        at = summary.InCanary ? 0 : Math.Clamp(Math.Max(current, first) - 1, 0, names.Count - 1);
        return names;
    }

    private static RolloutPhaseState StateOf(Deployment d, int phase, int at, RolloutSummary summary)
    {
        if (d.State == "completed") return RolloutPhaseState.Done;
        if (d.State == "pending" || (d.State.Length == 0 && summary.Rows.Length == 0)) return RolloutPhaseState.Ahead;
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

    private static DateTimeOffset?[] Starts(RolloutSummary summary, int phases)
    {
        var starts = new DateTimeOffset?[phases];
        for (var i = 0; i < summary.Rows.Length; i++)
        {
            var wave = summary.Waves.Of(i);
            if (wave == 0 || summary.Rows[i].FirstCreatedAt is not { } created) continue;
            ref var start = ref starts[Math.Min(wave, phases) - 1];
            if (start is null || created < start) start = created;
        }
        return starts;
    }
}
