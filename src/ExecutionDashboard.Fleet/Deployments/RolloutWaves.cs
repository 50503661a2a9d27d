namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>
/// Assigns executions to waves. Servers do not send the wave, so it is estimated from the order of creation and the size of a wave, and never goes beyond the
/// server's current wave.
/// </summary>
internal sealed class RolloutWaves
{
    private readonly int[] _waves;

    private RolloutWaves(int[] waves) => _waves = waves;

    /// <summary>The last wave with an execution; 0 when unknown.</summary>
    public int Last => _waves.Length == 0 ? 0 : _waves.Max();

    /// <summary>The wave of a row, from 1; 0 when unknown.</summary>
    public int Of(int row) => _waves[row];

    /// <param name="deployment">The deployment.</param>
    /// <param name="rows">Its rows, by the first creation on their node.</param>
    /// <param name="strategy">Rollout strategy; null when unknown.</param>
    public static RolloutWaves Of(Deployment deployment, ReadOnlySpan<RolloutRow> rows, RolloutStrategy? strategy)
    {
        var waves = new int[rows.Length];
        var canaries = deployment.CanaryNodes.Distinct(StringComparer.Ordinal).Count();
        var first = canaries > 0 ? 2 : 1;
        var size = WaveSize(deployment, rows.Length, strategy ?? deployment.Strategy, canaries);
        var last = deployment.CurrentWave is > 0 and var current ? current : int.MaxValue;
        var rank = 0;
        for (var i = 0; i < waves.Length; i++)
        {
            if (rows[i].IsCanary) waves[i] = 1;
            else if (size > 0) waves[i] = Math.Min(first + rank++ / size, Math.Max(first, last));
        }
        return new RolloutWaves(waves);
    }

    private static int WaveSize(Deployment deployment, int placed, RolloutStrategy? strategy, int canaries)
    {
        var total = Math.Max(deployment.TotalNodes ?? 0, placed);
        if (strategy is { Kind: "immediate" }) return Math.Max(1, total);
        switch (strategy?.MaxParallel)
        {
            case 0 when strategy.ParallelIsPercent is false: return Math.Max(1, total);
            case > 0 and var parallel when strategy.ParallelIsPercent:
                return deployment.TotalNodes is > 0 ? Math.Max(1, (int)Math.Ceiling(total * Math.Min(parallel, 100) / 100.0)) : 0;
            case > 0 and var parallel: return parallel;
        }
        var rest = total - canaries;
        var waves = Math.Max(0, deployment.TotalWaves ?? 0) - (canaries > 0 ? 1 : 0);
        return waves > 0 && rest > 0 && deployment.TotalNodes is > 0 ? Math.Max(1, (int)(((long)rest + waves - 1) / waves)) : 0;
    }
}
