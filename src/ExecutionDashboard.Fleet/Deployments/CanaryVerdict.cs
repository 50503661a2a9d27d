using System.Globalization;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>How the canaries compare with the other nodes.</summary>
public enum CanaryOutcome
{
    /// <summary>The deployment has no canary.</summary>
    NoCanary,
    /// <summary>A group is below <see cref="CanaryVerdict.FewestCanaries"/> or <see cref="CanaryVerdict.FewestOthers"/>.</summary>
    TooFewToSay,
    /// <summary>Failed or degraded significantly less often.</summary>
    Better,
    /// <summary>No significant difference. With few nodes a real difference may not show.</summary>
    Same,
    /// <summary>Failed or degraded significantly more often.</summary>
    Worse,
}

/// <summary>One side of the comparison: the connected nodes whose execution is healthy, degraded or failed.</summary>
/// <param name="Nodes">Number of nodes compared.</param>
/// <param name="Failed">Nodes whose execution failed or is lost.</param>
/// <param name="FailedShare">Their share, 0–1; 0 without nodes.</param>
/// <param name="MeanChainLength">Executions of one version per node, on average: 1 without restarts; 0 without nodes.</param>
/// <param name="MedianTimeToRunning">Time from creation to the end of validation; null where the server does not send it (deployment generation).</param>
/// <param name="Degraded">Nodes whose execution is degraded now.</param>
/// <param name="DegradedShare">Their share, 0–1; 0 without nodes.</param>
public sealed record CanaryGroup(int Nodes, int Failed, double FailedShare, double MeanChainLength, TimeSpan? MedianTimeToRunning, int Degraded, double DegradedShare);

/// <summary>
/// Compares the canaries of a version with the other nodes of the same job, which run another version. The share of bad executions (failed, lost or degraded) is
/// compared with Fisher's exact test, one-sided, at 5 %. Restarts and times are shown but do not count.
/// </summary>
/// <param name="Outcome">The result.</param>
/// <param name="Canaries">The canaries.</param>
/// <param name="Rest">The newest executions of the job on the other nodes, of other deployments.</param>
/// <param name="Sentence">The result as a sentence, with the numbers.</param>
public sealed record CanaryVerdict(CanaryOutcome Outcome, CanaryGroup Canaries, CanaryGroup Rest, string Sentence)
{
    /// <summary>Fewest canaries for a comparison.</summary>
    public const int FewestCanaries = 3;
    /// <summary>Fewest other nodes for a comparison.</summary>
    public const int FewestOthers = 5;

    /// <summary>Compares. Reads the executions of the job once.</summary>
    public static CanaryVerdict Of(Deployment deployment, FleetStore store)
    {
        var none = new CanaryGroup(0, 0, 0, 0, null, 0, 0);
        if (deployment.CanaryNodes.Count == 0) return new(CanaryOutcome.NoCanary, none, none, "There is no canary.");
        var canaries = GroupOf(store.RolloutRowsWithTries(deployment), row => row.IsCanary);
        var rest = GroupOf(store.RestOfJob(deployment), row => !row.IsCanary && !row.IsStopWanted);
        var (bad, badRest) = (canaries.Failed + canaries.Degraded, rest.Failed + rest.Degraded);
        var numbers = $"{Bad(bad, canaries.Nodes, "canary", "canaries")}, {Bad(badRest, rest.Nodes, "other node", "other nodes")}";
        if (canaries.Nodes < FewestCanaries || rest.Nodes < FewestOthers)
            return new(CanaryOutcome.TooFewToSay, canaries, rest, $"Too few to say: {numbers}; at least {FewestCanaries} canaries and {FewestOthers} others are needed.");
        var (outcome, word, chance) = Judged(bad, canaries.Nodes, badRest, rest.Nodes);
        var sure = outcome == CanaryOutcome.Same ? "" : string.Create(CultureInfo.InvariantCulture, $" (chance alone: {(chance < 0.001 ? "under 0.1" : (chance * 100).ToString("0.#", CultureInfo.InvariantCulture))} %)");
        return new(outcome, canaries, rest, $"{word}: {numbers}{sure}.");
    }

    private static (CanaryOutcome, string, double) Judged(int bad, int canaries, int badRest, int rest)
    {
        var worse = FisherTest.AtLeast(bad, canaries, badRest, rest);
        if (worse < FisherTest.Level) return (CanaryOutcome.Worse, "Worse than the other nodes", worse);
        var better = FisherTest.AtLeast(badRest, rest, bad, canaries);
        return better < FisherTest.Level ? (CanaryOutcome.Better, "Better than the other nodes", better) : (CanaryOutcome.Same, "No significant difference from the other nodes", 1);
    }

    private static CanaryGroup GroupOf(RolloutRow[] rows, Func<RolloutRow, bool> belongs)
    {
        int nodes = 0, failed = 0, degraded = 0;
        long tries = 0;
        var times = new List<TimeSpan>();
        foreach (var row in rows)
        {
            // Unreachable nodes show a last known state, and an execution that is starting or was stopped says nothing about its version.
            if (row.IsOffline || !(row.IsHealthy || row.IsDegraded || row.IsFailed) || !belongs(row)) continue;
            nodes++;
            tries += row.Tries;
            if (row.IsFailed) failed++;
            if (row.IsDegraded) degraded++;
            if (row.StableAt - row.CreatedAt is { } time && time >= TimeSpan.Zero) times.Add(time);
        }
        if (nodes == 0) return new(0, 0, 0, 0, null, 0, 0);
        times.Sort();
        return new(nodes, failed, (double)failed / nodes, (double)tries / nodes, times.Count > 0 ? times[times.Count / 2] : null, degraded, (double)degraded / nodes);
    }

    private static string Bad(int bad, int nodes, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{bad:#,0} of {nodes:#,0} {(nodes == 1 ? one : many)} failed or degraded");
}
