using System.Diagnostics;
using System.Net;
using ExecutionDashboard.Benchmarks.Store;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>
/// The real feed without a watcher: its log, mirror and hub. The benchmark writes the changes and so knows exactly when each was made. A tenth of the changes are
/// among the newest executions, which are at the top of a list sorted by creation. Some of those carry a mark, in their message and in the time of the change.
/// </summary>
internal sealed class BenchFeed : IAsyncDisposable
{
    /// <summary>Executions created last that change more often than others.</summary>
    public const int OnScreen = 60;
    /// <summary>The time of a marked change: this and the mark, milliseconds of the Unix epoch, where no other change is.</summary>
    public const long MarkedTime = 4_000_000_000_000;
    /// <summary>A rollout over every node, shown by waves.</summary>
    public const string Large = "deploy-bench-large";
    /// <summary>A rollout that is shown block by block, with what is on the screen of a list.</summary>
    public const string Small = "deploy-bench-small";
    /// <summary>Nodes of the small rollout.</summary>
    public const int SmallNodes = 500;
    private const int MarkedRows = 10, MostMarks = 100_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20), LeastBetweenMarks = TimeSpan.FromMilliseconds(250);
    // Not in step with anything: what comes at a fixed pace meets the same part of a tick again and again.
    private const int MoreBetweenMarks = 250;
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly long[] _marks = new long[MostMarks];
    private readonly double[] _markTimes = new double[MostMarks];
    private readonly CancellationTokenSource _stop = new();
    private readonly FeedMetrics _metrics = new();
    private readonly FleetMirror _mirror = new();
    private readonly Random _random = new(7);
    private readonly SampleFleet _fleet;
    private readonly ChangeLog _log;
    private readonly LogReader _reader;
    private readonly ChangeCommitter _committer;
    private WebApplication _app = null!;
    private Task _changing = Task.CompletedTask;
    private int _mark;
    private volatile int _rate;

    private BenchFeed(int executions)
    {
        _fleet = new SampleFleet(executions);
        var file = _folder["fleet.db"];
        _log = ChangeLog.Open(SqliteDatabase.Open(file, TimeSpan.FromSeconds(5)));
        _log.Attach("http://bench");
        _reader = new LogReader(_log.Database);
        var (signal, ring) = (new ChangeSignal(), new ChangeRing(_mirror));
        ring.StartAt(_log.LastSequence);
        Timelines = new NodeTimelines(new FeedLog(_log, _reader), _mirror, ring);
        Board = new StatusBoard(signal);
        Board.Update(s => s with { LogId = _log.LogId, ControlPlane = "http://bench", LastSuccessAt = TimeProvider.System.GetUtcNow() });
        Stream = new FeedStream(_mirror, ring, signal, Board, _metrics, TimeProvider.System);
        Snapshot = new SnapshotStream(_mirror, ring, Stream);
        _committer = new ChangeCommitter(_log, _mirror, ring, signal, Board, _metrics, TimeProvider.System, NullLogger<ChangeCommitter>.Instance);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Changes a second, from now on.</summary>
    public int Rate
    {
        get => _rate;
        set => _rate = value;
    }

    /// <summary>Changes committed so far.</summary>
    public long Committed { get; private set; }

    private StatusBoard Board { get; }

    private FeedStream Stream { get; }

    private SnapshotStream Snapshot { get; }

    private NodeTimelines Timelines { get; }

    /// <summary>The timeline of the nodes of those executions that change more often than others.</summary>
    public string TimelinePath => "timeline?last=600&" + string.Join('&', Enumerable.Range(_fleet.Count - OnScreen, OnScreen)
        .Select(i => _mirror.Executions.Find(_fleet.Id(i))!.NodeId).Distinct().Select(node => $"node={node}"));

    /// <summary>Starts a feed that has a fleet of so many executions.</summary>
    public static async Task<BenchFeed> StartAsync(int executions)
    {
        var feed = new BenchFeed(executions);
        await feed.LoadAsync();
        feed.Stream.Open(feed._reader, feed._log.LogId);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(feed.Stream).AddSingleton(feed.Snapshot).AddSingleton(feed._metrics).AddSingleton(feed.Timelines).AddSingleton(TimeProvider.System).AddSingleton<PresenceBoard>().AddSingleton<WatchedDashboards>().AddSignalR().AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions));
        feed._app = builder.Build();
        feed._app.MapHub<FeedHub>(FeedContract.HubPath);
        var api = feed._app.MapGroup("/feed/v1");
        api.MapTimelines();
        api.MapSnapshot();
        await feed._app.StartAsync();
        feed.Address = new Uri(feed._app.Urls.First() + "/");
        feed._changing = Task.Factory.StartNew(feed.ChangeAsync, TaskCreationOptions.LongRunning).Unwrap();
        return feed;
    }

    /// <summary>Milliseconds since a mark came in; null for one that never did.</summary>
    public double? SinceMark(int mark) => mark > 0 && mark < MostMarks && Volatile.Read(ref _marks[mark]) is > 0 and var at ? Stopwatch.GetElapsedTime(at).TotalMilliseconds : null;

    /// <summary>When a mark came in, milliseconds of the Unix epoch.</summary>
    public double MarkedAt(int mark) => _markTimes[mark];

    /// <summary>All executions as they are now.</summary>
    public IEnumerable<Execution> Executions => _mirror.Executions.All().Select(known => known.Value);

    private async Task LoadAsync()
    {
        await CommitAsync([.. SampleFleet.Catalog(), FleetChange.Of(Rollout(Large, SampleFleet.Nodes)), FleetChange.Of(Rollout(Small, SmallNodes))]);
        for (var from = 0; from < _fleet.Count; from += 1000)
            await CommitAsync([.. Enumerable.Range(from, Math.Min(1000, _fleet.Count - from)).Select(i => FleetChange.Of(Create(i)))]);
    }

    private static Deployment Rollout(string id, int nodes) => new()
    {
        Id = id, JobId = SampleFleet.JobId(0), State = "in_progress", FromVersion = 1, ToVersion = 2, TotalNodes = nodes,
        CurrentWave = 3, TotalWaves = 10, CreatedAt = Start, Strategy = new RolloutStrategy { Kind = "rolling", MaxParallel = nodes / 10 },
    };

    // The executions created last are of the small rollout, those before them of the large one: one a node.
    private Execution Create(int i)
    {
        var execution = _fleet.Create(i);
        var last = _fleet.Count - 1 - i;
        if (last >= SmallNodes + SampleFleet.Nodes) return execution;
        return execution with { JobId = SampleFleet.JobId(0), JobVersion = 2, NodeId = SampleFleet.NodeId(i % SampleFleet.Nodes), DeploymentId = last < SmallNodes ? Small : Large };
    }

    private async Task ChangeAsync()
    {
        var (clock, due, nextMark) = (Stopwatch.StartNew(), 0.0, TimeSpan.Zero);
        using var timer = new PeriodicTimer(Step, TimeProvider.System);
        var before = clock.Elapsed;
        while (!_stop.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            var now = clock.Elapsed;
            due = Math.Min(due + _rate * (now - before).TotalSeconds, _rate);
            before = now;
            var batch = new List<FleetChange>();
            for (; due >= 1; due--) batch.Add(Change(_random.Next(10) == 0 ? _fleet.Count - 1 - _random.Next(OnScreen) : _random.Next(_fleet.Count), 0));
            if (now > nextMark && _mark + 1 < MostMarks)
            {
                nextMark = now + LeastBetweenMarks + TimeSpan.FromMilliseconds(_random.Next(MoreBetweenMarks));
                _mark++;
                _markTimes[_mark] = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
                Volatile.Write(ref _marks[_mark], Stopwatch.GetTimestamp());
                batch.Add(Change(_fleet.Count - 1 - _mark % MarkedRows, _mark));
            }
            if (batch.Count > 0) await CommitAsync([.. batch.AsEnumerable().Reverse().DistinctBy(c => c.Id)]);
            if (now.TotalSeconds % 1 < Step.TotalSeconds) Board.Update(s => s with { LastSuccessAt = TimeProvider.System.GetUtcNow() });
        }
    }

    // A marked change is one of state too, and of a failure every other time: pages that show nothing else show it.
    private FleetChange Change(int i, int mark)
    {
        _mirror.Executions.TryGet(_fleet.Id(i), out var known);
        var changed = _fleet.Change(known!.Value);
        if (mark == 0) return FleetChange.Of(changed);
        var state = known.Value.Actual.State.Known == KnownExecutionState.Degraded ? KnownExecutionState.Running : KnownExecutionState.Degraded;
        return FleetChange.Of(changed with { Actual = new StateReport(ExecutionState.Of(state), $"mark-{mark:d6}"), UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(MarkedTime + mark) });
    }

    private async Task CommitAsync(IReadOnlyList<FleetChange> changes)
    {
        var now = TimeProvider.System.GetUtcNow();
        await _committer.CommitAsync([.. changes.Select(change => change switch
        {
            { Execution: { } e } => _mirror.Executions.TryGet(e.Id, out var known)
                ? new Difference(change, StateChanges.Of(known.Value, e, now), known.Place, known.Value)
                : new Difference(change, StateChanges.Of(null, e, now)),
            { Node: { } n } => new Difference(change, StateChanges.Of(null, n, now)),
            { Job: { } j } => new Difference(change, StateChanges.Of(null, j, now)),
            _ => new Difference(change, StateChanges.Of(null, change.Deployment, now)),
        })], default);
        Committed += changes.Count;
    }

    /// <summary>Nothing changes any more, marked rows included.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _changing;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        _log.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }
}
