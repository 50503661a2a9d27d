using System.Diagnostics;
using System.Globalization;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Feed;

namespace ExecutionDashboard.IntegrationTests.Chaos;

/// <summary>How long a recovery took.</summary>
/// <param name="Kind">Kind of the fault.</param>
/// <param name="Flows">From the fault until changes reached again each dashboard that was not itself down, seconds; the fault may have lasted longer.</param>
/// <param name="Live">From the end of the fault until all processes and viewers were live again, seconds.</param>
internal sealed record Recovery(string Kind, double Flows, double Live);

/// <summary>Lets things fail one after the other. After each, all must be live again by itself within a limit; at the end all copies of the fleet equal the control plane, and the change log is whole.</summary>
/// <param name="fleet">What fails.</param>
/// <param name="viewers">Who looks on.</param>
/// <param name="limit">Longest time of a recovery.</param>
internal sealed class ChaosRun(ChaosFleet fleet, IReadOnlyList<IChaosViewer> viewers, TimeSpan limit)
{
    private const double MostStandbyLag = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Settle = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until all is live for the first time, and records from then on who writes the log.</summary>
    public async Task BeginAsync()
    {
        await LiveAsync();
        fleet.Execute(ChaosLog.Record);
    }

    /// <summary>Lets something fail, mends it, and waits until all is live.</summary>
    /// <exception cref="TimeoutException">Something is not, within the limit.</exception>
    public async Task<Recovery> FailAsync(Fault fault)
    {
        var clock = Stopwatch.StartNew();
        await fault.BeginAsync();
        // Perhaps before it is mended.
        var flows = FlowsAsync([.. fleet.DashboardAddresses.Where(dashboard => dashboard != fault.Hit)], clock);
        await Task.Delay(fault.Lasts, TimeProvider.System);
        await fault.EndAsync();
        var mended = clock.Elapsed;
        var flowing = await flows;
        await LiveAsync();
        return new(fault.Kind, flowing, (clock.Elapsed - mended).TotalSeconds);
    }

    /// <summary>Waits until each process and each viewer is live.</summary>
    /// <exception cref="TimeoutException">One is not, within the limit.</exception>
    public async Task LiveAsync()
    {
        foreach (var dashboard in fleet.DashboardAddresses) await WaitAsync(async () => await fleet.HealthAsync(dashboard, "replica") is var state && state == "live" ? null : $"{dashboard} is {state}.");
        foreach (var viewer in viewers) viewer.Mark();
        await FlowsAsync(fleet.DashboardAddresses, new Stopwatch());
        await WaitAsync(FeedsProblemAsync);
        foreach (var viewer in viewers) await WaitAsync(viewer.ProblemAsync);
    }

    /// <summary>The number of the feed that leads; null when none or more than one says so.</summary>
    public async Task<int?> LeaderAsync()
    {
        var leads = await Task.WhenAll(fleet.FeedAddresses.Select(feed => fleet.MetricAsync(feed, "feed_leader")));
        return leads.Count(l => l == 1) == 1 ? Array.IndexOf(leads, 1) : null;
    }

    /// <summary>Stops the changes and compares everything. Gives what is wrong with the log; empty when it is whole.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await fleet.CalmAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        foreach (var dashboard in fleet.DashboardAddresses)
            await WaitAsync(async () => ExecutionFacts.Difference(await ExecutionFacts.OfControlPlaneAsync(http, fleet.Simulator), await ExecutionFacts.OfExportAsync(http, dashboard)));
        await WaitAsync(async () =>
        {
            if (await LeaderAsync() is not { } leader) return "No feed leads.";
            var expected = (await ExecutionFacts.OfControlPlaneAsync(http, fleet.Simulator)).ToDictionary(e => e.Key, e => e.Value.Revision);
            await using var connection = await FeedHost.ConnectAsync(fleet.FeedAddresses[1 - leader].ToString().TrimEnd('/'));
            var standby = new Feed.Replica();
            await standby.FollowAsync(connection, _ => true);
            var found = standby.States.ToDictionary(e => e.Key, e => e.Value.Revision);
            var differences = expected.Except(found).Concat(found.Except(expected)).Take(4).ToList();
            return differences.Count == 0 ? null : $"{expected.Count} at the control plane, {found.Count} at the standby: {string.Join(", ", differences)}.";
        });
        return await ChaosLog.ProblemsAsync(fleet.ConnectionString);
    }

    private async Task<string?> FeedsProblemAsync()
    {
        if (await LeaderAsync() is not { } leader) return "No feed leads, or both do.";
        var standby = fleet.FeedAddresses[1 - leader];
        if (await fleet.HealthAsync(standby, "feed") is var health && health != "Standby") return $"{standby} is {health}.";
        if (await fleet.MetricAsync(standby, "feed_standby_lag_seconds") is not { } lag || lag > MostStandbyLag) return $"{standby} is behind.";
        if (!fleet.HasRedis) return null;
        foreach (var feed in fleet.FeedAddresses)
            if (await fleet.MetricAsync(feed, "feed_redis_connected") != 1) return $"{feed} has no Redis.";
        return null;
    }

    // Numbers move on beyond those that were on their way when it happened.
    private async Task<double> FlowsAsync(IReadOnlyList<Uri> dashboards, Stopwatch clock)
    {
        await Task.Delay(Settle, TimeProvider.System);
        var there = (await Task.WhenAll(dashboards.Select(SequenceAsync))).Max();
        foreach (var dashboard in dashboards)
            await WaitAsync(async () => await SequenceAsync(dashboard) is var has && has > there ? null
                : $"{dashboard} has {has.ToString(CultureInfo.InvariantCulture)} of {there.ToString(CultureInfo.InvariantCulture)}: {await fleet.HealthAsync(dashboard, "replica")}.");
        return clock.Elapsed.TotalSeconds;
    }

    private async Task<double> SequenceAsync(Uri dashboard) => await fleet.MetricAsync(dashboard, "dashboard_sequence") ?? -1;

    private async Task WaitAsync(Func<Task<string?>> problem)
    {
        var clock = Stopwatch.StartNew();
        while (await problem() is { } last)
        {
            if (clock.Elapsed > limit) throw new TimeoutException($"Not within {limit}: {last}\n{fleet.Tails(12)}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
