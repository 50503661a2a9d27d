using System.Globalization;

namespace ExecutionDashboard.Fleet;

/// <summary>Where a deployment stands, read once for its phases, its sentence and whether a person must act.</summary>
internal sealed class RolloutStanding
{
    public RolloutStanding(Deployment deployment, FleetStore store, RolloutStrategy? strategy)
    {
        Deployment = deployment;
        Strategy = strategy ?? deployment.Strategy;
        Rows = store.RolloutRows(deployment);
        Progress = RolloutProgress.Of(deployment, Rows);
        Waves = RolloutWaves.Of(deployment, Rows, Strategy);
        var canaries = deployment.CanaryNodes.ToHashSet(StringComparer.Ordinal);
        CanaryRows = Array.FindAll(Rows, row => canaries.Contains(row.NodeId));
        CanaryCount = canaries.Count;
        // A store without any job has not loaded them yet: it cannot know that this one is gone.
        IsJobGone = deployment.JobId.Length > 0 && store.Jobs.Count > 0
            && (store.FindJob(deployment.JobId) is not { } job || job.State.Equals("deleted", StringComparison.OrdinalIgnoreCase));
    }

    public Deployment Deployment { get; }
    public RolloutStrategy? Strategy { get; }
    public RolloutRow[] Rows { get; }
    public RolloutProgress Progress { get; }
    public RolloutWaves Waves { get; }
    public RolloutRow[] CanaryRows { get; }
    public int CanaryCount { get; }
    public bool IsJobGone { get; }

    /// <summary>It begins with a canary. A way back and a one-shot job have none even when their strategy is canary, and name no nodes.</summary>
    public bool HasCanary => CanaryCount > 0 || (IsCanaryStrategy && Deployment is { IsOpen: true, Type: not "rollback", JobType: not "query" });

    /// <summary>The canary's version is not let go on yet. Where the server does not say, a wave after the first means that it was.</summary>
    public bool InCanary => HasCanary && Deployment.CanaryPromoted != true && (Deployment.CurrentWave ?? 0) <= 1 && Deployment.State != "completed";

    public int HealthyCanaries => CanaryRows.Count(row => row.IsHealthy);

    /// <summary>Every canary is healthy and a person must say go on.</summary>
    public bool AwaitsPromotion =>
        Deployment.State == "in_progress" && InCanary && Strategy?.AutoPromote != true && CanaryCount > 0 && HealthyCanaries == CanaryCount
        && (Deployment.UpdatedNodes is not { } updated || updated >= CanaryCount);

    /// <summary>The wave it is in, as the server counts, from 1; 0 when not known.</summary>
    public int CurrentWave => Deployment.CurrentWave is > 0 and var wave ? wave : InCanary ? 1 : Enumerable.Range(0, Rows.Length).Select(Waves.Of).DefaultIfEmpty().Max();

    /// <summary>Waves in all, never fewer than the wave it is in; 0 when not known.</summary>
    public int TotalWaves => Deployment.TotalWaves is > 0 and var waves ? Math.Max(waves, CurrentWave) : 0;

    private bool IsCanaryStrategy => "canary".Equals(Strategy?.Kind, StringComparison.OrdinalIgnoreCase);

    /// <summary>Since when it stands where it stands, as near as the server tells.</summary>
    public DateTimeOffset? Since => Deployment.LastProgressAt ?? Deployment.UpdatedAt ?? Rows.Select(row => row.UpdatedAt).Max();

    /// <summary>A moment in words: the time of day, with the date when it is another day than <paramref name="now"/>; UTC.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm 'UTC'" : at.UtcDateTime.Year == now.UtcDateTime.Year ? "d MMM HH:mm 'UTC'" : "d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A length of time in words, in its two largest units.</summary>
    public static string Length(TimeSpan length)
    {
        var (days, hours, minutes, seconds) = ((long)length.TotalDays, length.Hours, length.Minutes, length.Seconds);
        var text = days > 0 ? $"{days} d {hours} h" : hours > 0 ? $"{hours} h {minutes} min" : minutes > 0 ? $"{minutes} min {seconds} s" : $"{seconds} s";
        return text.Replace(" 0 h", "", StringComparison.Ordinal).Replace(" 0 min", "", StringComparison.Ordinal).Replace(" 0 s", "", StringComparison.Ordinal);
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {noun}{(number == 1 ? "" : "s")}");
}
