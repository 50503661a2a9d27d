using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Feed;
using ExecutionDashboard.IntegrationTests.Simulator;
using ExecutionDashboard.Live;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using Microsoft.Extensions.Logging.Abstractions;
using Replica = ExecutionDashboard.Live.Replica;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>
/// A scenario from the control plane to the named problem: a simulator whose time a test moves, a real feed that watches it, the dashboard's copy of the fleet over the real hub,
/// and the problems found in it at the simulator's time. A step is over when the copy holds what the simulator has, so no threshold is ever waited for.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(20), Heartbeats = NodeLife.Heartbeat + TimeSpan.FromSeconds(8);

    private readonly TemporaryFolder _folder = new();
    private readonly AttentionModel _model;
    private readonly SimulatorHost _simulator;
    private readonly FeedHost _feed;
    private readonly FeedConnection _connection;
    private readonly LeapingTime _time;
    private readonly DateTimeOffset _start;
    private long _seen;

    private Stage(SimulatorHost simulator, FeedHost feed, TemporaryFolder folder, LeapingTime time, AttentionOptions options)
    {
        (_simulator, _feed, _folder, _time, _model, _start) = (simulator, feed, folder, time, new(options), simulator.Clock.GetUtcNow());
        Replica = new Replica(new LiveSignals(TimeProvider.System), TimeProvider.System);
        _connection = new FeedConnection(Replica, new Address(new Uri(feed.Address + "/")), SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance);
    }

    public Replica Replica { get; }

    public SimulatorEngine Engine => _simulator.Engine;

    public DateTimeOffset Now => _simulator.Clock.GetUtcNow();

    /// <summary>Seconds since the start.</summary>
    public double Elapsed => (Now - _start).TotalSeconds;

    /// <summary>The problems now.</summary>
    public IReadOnlyList<Problem> Open => [.. _model.Problems.Select(found => found.Problem)];

    /// <summary>Starts a scenario; all is loaded.</summary>
    public static async Task<Stage> BeginAsync(string scenario, string generation, AttentionOptions options, double speed = 1)
    {
        var simulator = await SimulatorHost.StartAsync(("Scenario", scenario), ("Generation", generation), ("Speed", speed));
        var (folder, time) = (new TemporaryFolder(), new LeapingTime());
        var feed = await FeedHost.StartAsync(simulator.Client.BaseAddress!.ToString().Replace("/api/v1/", "", StringComparison.Ordinal), folder.Path, time: time);
        var stage = new Stage(simulator, feed, folder, time, options);
        await stage._connection.StartAsync(CancellationToken.None);
        await stage.CatchUpAsync();
        return stage;
    }

    /// <summary>Lets time pass until something holds of the open problems; it must within so many seconds of the scenario.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<Problem>, bool> holds, double within)
    {
        for (var until = Elapsed + within; !holds(Open);)
        {
            Assert.True(Elapsed < until, $"Not after {Elapsed:0} s. Open are: {Told()}");
            await PassAsync(Step);
        }
    }

    /// <summary>Lets time pass, and does not wait until it is seen.</summary>
    public void PassUnseen(TimeSpan time) => _simulator.Pass(time);

    /// <summary>Ends the feed.</summary>
    public ValueTask EndFeedAsync() => _feed.DisposeAsync();

    /// <summary>File of the feed's change log.</summary>
    public string LogFile => _folder["fleet.db"];

    /// <summary>Lets time pass.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        _simulator.Pass(time);
        _time.Leap(time);
        await CatchUpAsync();
    }

    /// <summary>An operator does something; its effect is seen.</summary>
    public Task DoAsync(Action<SimulatorEngine> command)
    {
        lock (Engine.Gate) command(Engine);
        Engine.Settle();
        return CatchUpAsync();
    }

    /// <summary>The open problems in words.</summary>
    public string Told() => string.Join("; ", Open.Select(p => $"{p.Id} since {(p.Since - _start).TotalSeconds:0} s: {p.Summary} [{string.Join(" | ", p.Evidence.Select(e => e.Text))}]"));

    public async ValueTask DisposeAsync()
    {
        await _connection.StopAsync(CancellationToken.None);
        _connection.Dispose();
        await _feed.DisposeAsync();
        await _simulator.DisposeAsync();
        _folder.Dispose();
    }

    private async Task CatchUpAsync()
    {
        await Eventually.HoldsAsync(() => Task.FromResult(Missing()), seconds: 30, Pause);
        lock (Engine.Gate) _seen = Engine.World.Change;
        _model.Update(Replica.Store, Now);
    }

    /// <summary>What the dashboard does not have yet as the simulator has it; null when it has everything.</summary>
    private string? Missing()
    {
        if (Replica.Freshness is not { IsLoaded: true, Kind: FreshnessKind.Live }) return $"The fleet is {Replica.Freshness.Kind}: {Replica.Freshness.Problem}";
        var (store, world) = (Replica.Store, Engine.World);
        lock (Engine.Gate)
        {
            for (var execution = world.Recency.Newest; execution is not null && execution.Change > _seen; execution = execution.Older)
                if (store.FindExecution(world.ExecutionIds.Of(execution.Ordinal).ToString())?.Revision != execution.Revision) return $"An execution of {execution.Job.Name} is not known as it is.";
            foreach (var node in world.Nodes)
                if (!node.Deleted && (store.FindNode(node.Id) is not { } known || known.Connection != StateNames.Of(node.Connection) || known.AgentVersion != node.AgentVersion || IsOld(known, node)))
                    return $"{node.Name} is not known as it is.";
            foreach (var job in world.Jobs)
                if (store.FindJob(job.Id)?.Revision != job.Revision) return $"{job.Name} is not known as it is.";
            foreach (var deployment in world.Deployments)
                if (world.Face == ExecutionDashboard.Simulator.Generation.Deployment && store.FindDeployment(world.DeploymentIds.Of(deployment.Ordinal).ToString())?.Revision != deployment.Revision)
                    return $"The deployment of version {deployment.To.Number} of {deployment.Job.Name} is not known as it is.";
        }
        return null;
    }

    // The feed passes on what comes with every heartbeat a few seconds late.
    private bool IsOld(Node known, SimNode node) => node.SilentSince == 0 && known.LastHeartbeat < Now - Heartbeats;

    private sealed record Address(Uri BaseAddress) : IFeedAddress
    {
        Uri? IFeedAddress.BaseAddress => BaseAddress;
    }

    /// <summary>The real time, and what a test leapt over: what the feed does every few seconds keeps up with the simulator.</summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long _leapt;

        public void Leap(TimeSpan time) => Interlocked.Add(ref _leapt, time.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _leapt));

        public override long GetTimestamp() => System.GetTimestamp() + (long)(Volatile.Read(ref _leapt) * (System.TimestampFrequency / (double)TimeSpan.TicksPerSecond));
    }
}
