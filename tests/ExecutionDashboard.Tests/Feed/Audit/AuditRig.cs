using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Audit;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Storage.Audit;
using ExecutionDashboard.Storage.Log;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed.Audit;

/// <summary>The feed's audit on a change log of its own and a clock that the test moves. <see cref="Restart"/> is a new feed on the same file.</summary>
internal sealed class AuditRig : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-").FullName;
    private readonly FeedMetrics _metrics = new();
    private string _file = "";
    private ChangeLog _log = null!;
    private LogReader _reader = null!;
    private FeedLog _feedLog = null!;

    public AuditRig() => Start();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    public StatusBoard Board { get; private set; } = null!;
    public AuditStore Store { get; private set; } = null!;
    public AuditReader Reader { get; private set; } = null!;
    public AuditService Service { get; private set; } = null!;
    public string File => Path.Combine(_folder, "fleet.db");

    public AuditEntry Entry(string act, AuditOutcome outcome = AuditOutcome.Done, string action = AuditActions.StopJob, string who = "Ann", string target = "job-1", string answer = "") => new()
    {
        Act = act, At = Time.GetUtcNow(), Outcome = outcome, Who = who, Role = "operator", From = "10.0.0.7", Action = action, Target = new(AuditTarget.Job, target, "ingest"), Numbers = "43 executions on 12 nodes", Reason = "it leaks",
        Answer = answer,
    };

    public void Add(params AuditEntry[] entries) => Store.Append(entries);

    /// <summary>The acts in short, newest first.</summary>
    public string Acts(AuditQuery? query = null, int most = 100) => string.Join(' ', Reader.Acts(query ?? new(), most).Acts.Select(act => $"{act.Opened.Act}:{AuditQuery.NameOf(act.Last.Outcome)}"));

    public AuditVerdict Verify(string? head = null) => Verified(head);

    /// <summary>Runs SQL as somebody would who can open the file.</summary>
    public int Tamper(string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER IF EXISTS audit_is_not_changed; DROP TRIGGER IF EXISTS audit_is_not_deleted; {sql}";
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    /// <summary>From now on a fresh copy of the file is looked at and tampered with. The file must have no write-ahead log.</summary>
    public void UseCopy()
    {
        foreach (var old in Directory.GetFiles(_folder, "copy.db*")) System.IO.File.Delete(old);
        _file = Path.Combine(_folder, "copy.db");
        System.IO.File.Copy(File, _file);
    }

    public void Restart()
    {
        Stop();
        Start();
    }

    public void Attach(string controlPlane) => _log.Attach(controlPlane);

    public void Dispose()
    {
        Stop();
        _metrics.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private AuditVerdict Verified(string? head)
    {
        using var session = TestStorage.OpenToRead(_file);
        return AuditVerification.Of(session, head);
    }

    private void Start()
    {
        _file = File;
        _log = ChangeLog.Open(TestStorage.Open(File));
        _log.Attach("http://here");
        _reader = new LogReader(_log.Database);
        _feedLog = new FeedLog(_log, _reader);
        Board = new StatusBoard(new ChangeSignal());
        Store = new AuditStore(Board, Time);
        Store.Load(_log.Database);
        Reader = new AuditReader(_feedLog, Time);
        Service = new AuditService(Store, new AuditOptions(TimeSpan.FromDays(30)), new ExecutionDashboard.Feed.Leading.Leadership(Board, Time), _metrics, Time, NullLogger<AuditService>.Instance);
    }

    private void Stop()
    {
        Service.Dispose();
        Store.Dispose();
        _feedLog.Dispose();
        _log.Dispose();
    }
}
