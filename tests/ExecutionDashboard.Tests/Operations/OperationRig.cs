using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Presence;
using ExecutionDashboard.Operations.Targets;
using ExecutionDashboard.Operations.Undo;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Tests.Feed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>The commands of the dashboard, with a control plane in memory and changes that the test feeds to the replica.</summary>
internal sealed class OperationRig : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly LiveSignals _signals;
    private readonly Replica _replica;
    private readonly CommandRights _rights;
    private long _sequence;

    public OperationRig(params FleetChange[] fleet)
    {
        _signals = new LiveSignals(Time);
        _replica = new Replica(_signals, Time);
        Log = new OperationLog(_signals, Time);
        var watch = new OperationWatch(Log, _signals, Time);
        Trail = new AuditTrail(Audit, Time, NullLogger<AuditTrail>.Instance);
        Trail.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        Door = new AuditDoor(User, Origin, Trail, Time);
        var rights = _rights = new CommandRights(User, new AccessSettings(), _replica, Door);
        Open = new OpenCommands(_signals, Time);
        Targets = new OperationTargets(Server, _replica);
        Stop = new StopOperations(Server, _replica, Log, watch, rights, Targets);
        Jobs = new JobOperations(Server, _replica, Log, watch, rights, Stop, Targets);
        Deployments = new DeploymentOperations(Server, _replica, Log, watch, rights, Targets, Delayed = new DelayedCommands(_signals, Time));
        Feed(fleet);
    }

    public FakeTimeProvider Time { get; } = new();
    public TestControlPlane Server { get; } = new();
    public TestUser User { get; } = new();
    public TestOrigin Origin { get; } = new();
    public TestAudit Audit { get; } = new();
    public AuditTrail Trail { get; }
    public AuditDoor Door { get; }
    public CommandRights Rights => _rights;
    public OperationLog Log { get; }
    public OperationTargets Targets { get; }
    public DelayedCommands Delayed { get; }
    public OpenCommands Open { get; }
    public StopOperations Stop { get; }
    public JobOperations Jobs { get; }
    public DeploymentOperations Deployments { get; }

    /// <summary>Applies a batch to the replica, as the feed would send it; the first one is a snapshot.</summary>
    public void Feed(params FleetChange[] changes)
    {
        var first = _sequence == 0;
        var previous = first ? 1 : _sequence;
        _sequence = first ? 1 : _sequence + 1;
        Assert.True(_replica.Apply(new FeedBatch { Previous = previous, Sequence = _sequence, Reset = first, Changes = changes, Status = new FeedStatus { LogId = "log" } }));
    }

    /// <summary>What the operator sees now of an execution, a job or a deployment.</summary>
    public SeenTarget Execution(string id) => Targets.See(FleetKind.Execution, id);
    public SeenTarget Job(string id) => Targets.See(FleetKind.Job, id);
    public SeenTarget Deployment(string id) => Targets.See(FleetKind.Deployment, id);

    /// <summary>The low-risk commands of a new tab.</summary>
    public UndoableCommands Tab() => new(Delayed, Deployments, Targets, new CommandPresence(Open, _replica, new FleetSight(_replica), User), _rights, User, new AccessSettings());

    /// <summary>The feed is unreachable.</summary>
    public void LoseFeed() => _replica.FeedLost("Gone.");
    /// <summary>This dashboard's copy of the fleet.</summary>
    public Replica Replica => _replica;

    /// <summary>Its signals.</summary>
    public LiveSignals Signals => _signals;

    /// <summary>The feed sends its status.</summary>
    public void Status(FeedStatus status) => Assert.True(_replica.Apply(new FeedBatch { Previous = _sequence, Sequence = ++_sequence, Status = status }));

    /// <summary>The last command for a target, after it ended. It ends on the thread pool, so the test waits for the topic that signals it.</summary>
    public async Task<Operation> EndedAsync(string target)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _signals.Subscribe(Topics.Operations, _ =>
        {
            if (Log.Of(target) is { HasEnded: true }) ended.TrySetResult();
            return Task.CompletedTask;
        });
        var started = TimeProvider.System.GetTimestamp();
        while (Log.Of(target) is not { HasEnded: true } && TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            Time.Advance(LiveSignals.Interval);
            await Task.WhenAny(ended.Task, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }
        return Log.Of(target)!;
    }

    /// <summary>Waits for what commands do on the thread pool, at most 10 s.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!holds() && TimeProvider.System.GetElapsedTime(started) < Patience) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        Assert.True(holds());
    }

    public void Dispose()
    {
        Trail.Dispose();
        _signals.Stop();
    }
}
