using System.Collections.Concurrent;
using System.Reflection;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Bulk;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Tests.Feed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations.Bulk;

/// <summary>A feed's bulk runs on a file of their own, a control plane in memory, and any number of drivers that can be killed between any two calls.</summary>
internal sealed class BulkRig : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bulk-").FullName;
    private readonly List<BulkDriver> _drivers = [];
    private long _sequence;

    public BulkRig(params FleetChange[] fleet)
    {
        using (var log = ChangeLog.Open(TestStorage.Open(File))) log.Attach("http://here");
        Signals = new(Time);
        Replica = new(Signals, Time);
        Start();
        Feed(fleet);
    }

    public static DateTimeOffset Noon { get; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Noon);
    public TestControlPlane Server { get; } = new();
    public LiveSignals Signals { get; }
    public Replica Replica { get; }
    public BulkStore Store { get; private set; } = null!;
    public StatusBoard Board { get; private set; } = null!;
    public KnownPeople People { get; } = new();
    public BulkOptions Options { get; } = new() { RequestsPerSecond = 100_000, SeenLimit = TimeSpan.FromSeconds(30) };
    /// <summary>The rows of the audit, in order, each act and outcome once.</summary>
    public ConcurrentQueue<AuditEntry> Audit { get; } = new();
    public string File => Path.Combine(_folder, "fleet.db");
    public BulkRun Run => Store.Runs(0).Runs[0];
    public IReadOnlyList<BulkItem> Items => Store.Of(Run.Id, 0)!.Items;

    /// <summary>The phases of all items, in order.</summary>
    public string Phases => string.Join(' ', Items.Select(i => i.Phase));

    public static Execution Execution(string id, KnownExecutionState state = KnownExecutionState.Running, KnownExecutionState desired = KnownExecutionState.Running, string node = "n1") => new()
    {
        Id = id, JobId = "j1", NodeId = node, Actual = new(ExecutionState.Of(state)), Desired = new(ExecutionState.Of(desired)), CreatedAt = Noon, UpdatedAt = Noon,
    };

    /// <summary>Starts a run of executions e0, e1, …, which are in the replica.</summary>
    public void Begin(int count, int waveSize = 1_000, int limit = 1_000, TimeSpan pause = default, BulkAction action = BulkAction.StopExecutions, TimeSpan? approveWithin = null)
    {
        var ids = Enumerable.Range(0, count).Select(i => action == BulkAction.StopExecutions ? $"e{i}" : $"j{i}").ToList();
        Feed(action == BulkAction.StopExecutions ? [.. ids.Select(id => FleetChange.Of(Execution(id)))] : [.. ids.Select(id => FleetChange.Of(new Job { Id = id, Name = id, State = "running", Version = 1 }))]);
        var run = new BulkRun { Id = "r1", Action = action, StartedBy = "Ann", StartedAs = "admin", Reason = "why", WaveSize = waveSize, Pause = pause, FailureLimit = limit, Nodes = 1, Executions = count };
        Assert.Null(Store.Start(new(run, [.. ids.Select(id => new BulkItem { Id = id })], approveWithin)).Refusal);
    }

    /// <summary>Applies changes to the replica, as the feed would send them; the first is a snapshot.</summary>
    public void Feed(params FleetChange[] changes) => Feed(blind: false, changes);

    public void Feed(bool blind, params FleetChange[] changes)
    {
        var first = _sequence == 0;
        var previous = first ? 1 : _sequence;
        _sequence = first ? 1 : _sequence + 1;
        Assert.True(Replica.Apply(new FeedBatch
        {
            Previous = previous, Sequence = _sequence, Reset = first, Changes = changes, Status = new FeedStatus { LogId = "log", BlindSince = blind ? Noon : null, LastSuccessAt = Time.GetUtcNow() },
        }));
    }

    /// <summary>A new process that can drive.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="diesAfter">How many calls it begins and ends before it is killed; null: never.</param>
    public TestDriver Driver(string name, int? diesAfter = null)
    {
        var death = new Death(diesAfter ?? int.MaxValue);
        var runs = new BulkRuns(Signals);
        var driver = new BulkDriver(new DirectFeed(this, death), runs, MortalServer.Of(Server, death), Replica, Signals, new BulkRights(new AccessSettings(), People), new MortalAudit(this, death),
            Microsoft.Extensions.Options.Options.Create(Options), Time, NullLogger<BulkDriver>.Instance, name);
        _drivers.Add(driver);
        return new(this, driver, runs, death);
    }

    public void RestartFeed()
    {
        Store.Dispose();
        Start();
    }

    public void Dispose()
    {
        foreach (var driver in _drivers) driver.Dispose();
        Store.Dispose();
        Signals.Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start()
    {
        Board = new(new ChangeSignal());
        Store = new(Board, Time);
        Store.Load(TestStorage.Open(File), TimeSpan.FromDays(30));
    }

    /// <summary>Who has which role now; nobody is known unless the test says so.</summary>
    internal sealed class KnownPeople : IKnownPeople
    {
        public Dictionary<string, AccessRole> Roles { get; } = [];

        public AccessRole? RoleOf(string name) => Roles.TryGetValue(name, out var role) ? role : null;
    }

    internal sealed class Killed : Exception;

    /// <summary>Counts down to the death of a process. Safe for any thread.</summary>
    internal sealed class Death(int after)
    {
        private int _left = after;

        public bool HasCome => Volatile.Read(ref _left) <= 0;

        public void Pass()
        {
            if (HasCome || Interlocked.Decrement(ref _left) <= 0) throw new Killed();
        }
    }

    private sealed class MortalAudit(BulkRig rig, Death death) : IAuditLog
    {
        public Task<(IReadOnlyList<long>? Numbers, string? Problem)> StoreAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
        {
            death.Pass();
            lock (rig.Audit)
                foreach (var entry in entries)
                    if (!rig.Audit.Any(a => a.Act == entry.Act && a.Outcome == entry.Outcome)) rig.Audit.Enqueue(entry);
            death.Pass();
            return Task.FromResult<(IReadOnlyList<long>?, string?)>(([.. entries.Select((_, i) => (long)i)], null));
        }

        public Task<(AuditRows? Rows, string? Problem)> CommandsAsync(long after, CancellationToken cancel) => throw new NotSupportedException();
        public Task<(AuditPage? Page, string? Problem)> ActsAsync(AuditQuery query, int most, CancellationToken cancel) => throw new NotSupportedException();
    }

    private sealed class DirectFeed(BulkRig rig, Death death) : IBulkFeed
    {
        public Task<BulkReply<BulkRun>> StartAsync(BulkStart start, CancellationToken cancel) => Run(() => rig.Store.Start(start));
        public Task<BulkReply<BulkRunList>> RunsAsync(long since, CancellationToken cancel) => Mortal(() => new BulkReply<BulkRunList>(rig.Store.Runs(since)));
        public Task<BulkReply<BulkRunItems>> ItemsAsync(string id, long since, CancellationToken cancel) => Mortal(() => new BulkReply<BulkRunItems>(rig.Store.Of(id, since)));
        public Task<BulkReply<BulkLease>> LeaseAsync(string driver, CancellationToken cancel) => Mortal(() => new BulkReply<BulkLease>(rig.Store.Lease(driver)));
        public Task<BulkReply<BulkRun>> WriteAsync(string id, BulkWrite write, CancellationToken cancel) => Run(() => rig.Store.Write(id, write));
        public Task<BulkReply<BulkRun>> OrderAsync(string id, BulkOrder order, CancellationToken cancel) => Run(() => rig.Store.Order(id, order));

        private Task<BulkReply<BulkRun>> Run(Func<(BulkRun? Run, string? Refusal)> call) => Mortal(() => call() is var (run, refusal) && run is not null ? new(run) : new BulkReply<BulkRun>(null, refusal ?? "", true));

        private async Task<T> Mortal<T>(Func<T> call)
        {
            death.Pass();
            var value = call();
            death.Pass();
            await Task.Yield();
            return value;
        }
    }
}

/// <summary>A process that drives bulk runs.</summary>
internal sealed class TestDriver(BulkRig rig, BulkDriver driver, BulkRuns runs, BulkRig.Death death)
{
    /// <summary>It was killed.</summary>
    public bool IsDead => death.HasCome;

    /// <summary>One step, with the runs as the feed tells them. Gives how long nothing is due.</summary>
    /// <param name="clockGoesOn">It may have to wait for the clock.</param>
    public async Task<TimeSpan> StepAsync(bool clockGoesOn = false)
    {
        runs.Show(rig.Store.Runs(0).Runs, isWhole: true);
        try
        {
            var step = driver.StepAsync(CancellationToken.None);
            while (clockGoesOn && await Task.WhenAny(step, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System)) != step) rig.Time.Advance(TimeSpan.FromMilliseconds(500));
            return await step;
        }
        catch (BulkRig.Killed)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>Steps until nothing is due at once.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 100 && !IsDead && await StepAsync() == TimeSpan.Zero; i++)
        {
        }
    }
}

/// <summary>The control plane as a process that may be killed sees it.</summary>
internal class MortalServer : DispatchProxy
{
    private IControlPlane _server = null!;
    private BulkRig.Death _death = null!;

    public static IControlPlane Of(IControlPlane server, BulkRig.Death death)
    {
        var proxy = Create<IControlPlane, MortalServer>();
        ((MortalServer)(object)proxy)._server = server;
        ((MortalServer)(object)proxy)._death = death;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.ReturnType.IsGenericType) _death.Pass();
        var value = targetMethod.Invoke(_server, args);
        if (targetMethod.ReturnType.IsGenericType) _death.Pass();
        return value;
    }
}
