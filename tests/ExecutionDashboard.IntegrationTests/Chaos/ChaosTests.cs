namespace ExecutionDashboard.IntegrationTests.Chaos;

/// <summary>Tests that keep the whole machine busy, or take from others what they need: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "alone";
}

/// <summary>The short form of <c>eng/chaos.sh</c>: a stall, a freeze, a database that ends at once, a cut and a kill, of parts that are in use.</summary>
[Collection(Alone.Name)]
public sealed class ChaosTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60), Short = TimeSpan.FromSeconds(1), LongerThanLease = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Faults_UnderLoad_EndWithAllLiveEqualAndTheLogWhole()
    {
        await using var fleet = await ChaosFleet.StartAsync(new(Executions: 1_000, ChangesPerSecond: 200, LeaseSeconds: 3));
        await using var one = new ChaosViewer(fleet.Address, "executions?sort=-created");
        await using var other = new ChaosViewer(fleet.Address, "executions");
        var run = new ChaosRun(fleet, [one, other], Limit);
        await run.BeginAsync();

        await run.FailAsync(Fault.Stall(fleet.Links()[await LeaderAsync(run)], LongerThanLease));
        await run.FailAsync(Fault.Freeze(fleet, await LeaderAsync(run), LongerThanLease));
        await run.FailAsync(Fault.Database(fleet, TimeSpan.Zero));
        await run.FailAsync(Fault.Cut(fleet.Links().Where(links => links.Kind == "all dashboards to a feed").ElementAt(await LeaderAsync(run)), Short));
        await run.FailAsync(Fault.Kill(fleet, await LeaderAsync(run), TimeSpan.Zero));

        Assert.Empty(await run.EndAsync());
        Assert.InRange((await ChaosLog.CountsAsync(fleet.ConnectionString)).Epochs, 3, 50);
    }

    private static async Task<int> LeaderAsync(ChaosRun run) => await run.LeaderAsync() ?? throw new InvalidOperationException("No feed leads, or both do.");
}
