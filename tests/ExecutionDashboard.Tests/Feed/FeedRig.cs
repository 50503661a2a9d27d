using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed;

/// <summary>The feed's parts around a control plane in memory, on a file of its own and a clock that stands still.</summary>
internal sealed class FeedRig : IDisposable
{
    private readonly string _folder;
    private readonly bool _ownsFolder;

    public FeedRig(TestControlPlane? server = null, string? folder = null, int keyframeEvery = 100_000, Database? database = null)
    {
        Metrics = new FeedMetrics(Measured);
        Watched = new WatchedDashboards(Time);
        Ring = new ChangeRing(Mirror);
        Server = server ?? new TestControlPlane();
        _ownsFolder = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("feed-").FullName;
        Log = ChangeLog.Open(database ?? TestStorage.Open(File, keyframeEvery), keyframeEvery);
        Reader = new LogReader(Log.Database);
        Open = new FeedLog(Log, Reader);
        Aside = Log.Attach(Server.Address);
        Board = new StatusBoard(Signal);
        Log.LoadInto(Mirror, default);
        Ring.StartAt(Log.LastSequence);
        Stream = new FeedStream(Mirror, Ring, Signal, Board, Metrics, Time);
        Stream.Open(Reader, Log.LogId);
        Committer = new ChangeCommitter(Log, Mirror, Ring, Signal, Board, Metrics, Time, NullLogger<ChangeCommitter>.Instance);
        Watcher = new Watcher(Server, Log, Mirror, Committer, Board, Metrics, Options, new PollPace(Options, Watched, Time), Time, NullLogger<Watcher>.Instance, random: () => 1);
    }

    public static DateTimeOffset Start { get; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public TestControlPlane Server { get; }
    public FakeTimeProvider Time { get; } = new(Start);
    /// <summary>The dashboards that somebody looks at: none.</summary>
    public WatchedDashboards Watched { get; }
    public FeedOptions Options { get; } = new();
    public ChangeLog Log { get; }
    public LogReader Reader { get; }
    /// <summary>The log, for the parts that ask about the past.</summary>
    public FeedLog Open { get; }
    public FleetMirror Mirror { get; } = new();
    public ChangeRing Ring { get; }
    public ChangeSignal Signal { get; } = new();
    public StatusBoard Board { get; }
    public Measurements Measured { get; } = new();
    public FeedMetrics Metrics { get; }
    public FeedStream Stream { get; }
    public ChangeCommitter Committer { get; }
    public Watcher Watcher { get; }
    public string? Aside { get; }
    public string Folder => _folder;
    public string File => Path.Combine(_folder, "fleet.db");
    public FeedStatus Status => Board.Status;

    public static Execution Execution(string id, string state = "running", long revision = 1, int at = 0, string job = "job-1", string node = "node-1") => new()
    {
        Id = id,
        JobId = job,
        JobVersion = 1,
        NodeId = node,
        Desired = new StateReport(ExecutionState.Of(KnownExecutionState.Running)),
        Actual = new StateReport(ExecutionState.Parse(state)),
        Revision = revision,
        CreatedAt = Start.AddHours(-1),
        UpdatedAt = Start.AddSeconds(at - 60),
    };

    /// <summary>Puts executions <c>e0</c>, <c>e1</c>, … on the server, each a second older than the one before, and lets the watcher read them.</summary>
    public async Task KnowExecutionsAsync(int count, int cycles = 1)
    {
        for (var i = 0; i < count; i++) Server.Put(Execution($"e{i}", at: -i));
        await CycleAsync(cycles);
    }

    /// <summary>One interval of the watcher, and the time until the next.</summary>
    public async Task CycleAsync(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            await Watcher.CycleAsync(default);
            Time.Advance(Options.PollInterval);
        }
    }

    /// <summary>Cycles until a full sweep has begun and ended.</summary>
    public async Task SweepAsync()
    {
        Time.Advance(Options.SweepInterval);
        await CycleAsync(2);
    }

    /// <summary>The steps of an execution, as "from→to".</summary>
    public IEnumerable<string> StepsOf(string id) => Reader.StepsOf(FleetKind.Execution, id).Select(s => $"{s.From}→{s.To}");

    public void Dispose()
    {
        Open.Dispose();
        Log.Dispose();
        Metrics.Dispose();
        Measured.Dispose();
        if (_ownsFolder) Directory.Delete(_folder, recursive: true);
    }
}
