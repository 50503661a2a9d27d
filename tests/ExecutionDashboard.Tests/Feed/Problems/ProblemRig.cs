using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Problems;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Problems;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed.Problems;

/// <summary>The feed's problems on a change log of their own and a clock that stands still. <see cref="Restart"/> is a new feed on the same file.</summary>
internal sealed class ProblemRig : IDisposable
{
    public const string Reporter = "dashboard-1";

    private readonly string _folder = Directory.CreateTempSubdirectory("problems-").FullName;
    private readonly FeedMetrics _metrics = new();
    private ChangeLog _log = null!;
    private LogReader _reader = null!;
    private long _sequence;

    public ProblemRig() => Start();

    public static DateTimeOffset Noon { get; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Noon);
    public FeedOptions Options { get; } = new();
    public StatusBoard Board { get; private set; } = null!;
    public ProblemStore Store { get; private set; } = null!;
    public ProblemReader Reader { get; private set; } = null!;
    public ProblemService Service { get; private set; } = null!;
    public FeedLog Log { get; private set; } = null!;
    public string File => Path.Combine(_folder, "fleet.db");

    public DateTimeOffset Now => Time.GetUtcNow();

    public static Problem Problem(string id, ProblemSeverity severity = ProblemSeverity.Warning, int nodes = 1, string summary = "", ProblemCause cause = ProblemCause.StuckStarting) => new()
    {
        Id = id, Cause = cause, Severity = severity, Since = Noon.AddMinutes(-1), Summary = summary.Length > 0 ? summary : $"{id} is wrong", Nodes = nodes, Executions = nodes,
    };

    /// <summary>What a dashboard sees now. Gives why it does not count; null when it does.</summary>
    public string? Report(params Problem[] open) => ReportAs(Reporter, open);

    public string? ReportAs(string reporter, params Problem[] open) => Store.Report(new ProblemReport(reporter, ++_sequence, open));

    /// <summary>A report of an older number.</summary>
    public string? ReportLate(params Problem[] open) => Store.Report(new ProblemReport(Reporter, _sequence - 1, open));

    public ProblemRecord Record(string id) => Store.Open().Items.Single(r => r.Problem.Id == id);

    /// <summary>What happened to a problem, in short.</summary>
    public string Events(string id) => string.Join(' ', Reader.Of(id)?.Events.Select(e => e.Kind.ToString()) ?? []);

    public void Restart()
    {
        Stop();
        Start();
    }

    public void Dispose()
    {
        Stop();
        _metrics.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start()
    {
        _log = ChangeLog.Open(TestStorage.Open(File));
        _log.Attach("http://here");
        _reader = new LogReader(_log.Database);
        Log = new FeedLog(_log, _reader);
        Board = new StatusBoard(new ChangeSignal());
        Store = new ProblemStore(Board, Time);
        Store.Load(_log.Database, _log.LogId);
        Reader = new ProblemReader(Log, () => Store.KnownSince(Time.GetUtcNow() - Options.Retention));
        Service = new ProblemService(Store, Microsoft.Extensions.Options.Options.Create(Options), new ExecutionDashboard.Feed.Leading.Leadership(Board, Time), _metrics, Time, NullLogger<ProblemService>.Instance);
    }

    private void Stop()
    {
        Service.Dispose();
        Store.Dispose();
        Log.Dispose();
        _log.Dispose();
    }
}
