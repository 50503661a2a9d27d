using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Tests.Feed.Log;

/// <summary>What only a SQLite file can be: full, damaged, or written by other versions of the program.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("log-").FullName;

    private string File => Path.Combine(_folder, "fleet.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Append_DiskFull_StoresNothingAndGivesTheNumbersAgain()
    {
        using var log = Open();
        var reader = new LogReader(log.Database);
        log.Append([Step("e0", "", "pending")]);
        log.Execute("PRAGMA max_page_count = 30");
        var much = Enumerable.Range(1, 2_000).Select(i => Step($"e{i}", "", "state " + i)).ToList();

        Assert.Throws<SqliteException>(() => log.Append(much));
        Assert.Equal(1, log.LastSequence);
        log.Execute("PRAGMA max_page_count = 1000000");

        Assert.Equal(2, log.Append(much).First);
        Assert.Equal(2_001, log.LastSequence);
        Assert.Equal("state 2000", Assert.Single(reader.StepsOf(FleetKind.Execution, "e2000")).To);
    }

    [Fact]
    public void HistoryOfOneEntity_OfALogOfAnyLength_ReadsItsOwnChangesOnly()
    {
        using var log = Open();
        using var session = log.Database.OpenReader();
        foreach (var sql in (string[])[log.Database.Entities.Steps, log.Database.Entities.Last])
        {
            using var plan = session.Prepare("EXPLAIN QUERY PLAN " + sql);
            List<string> lines = [];
            while (plan.Read()) lines.Add(plan.Text(3));
            Assert.All(lines.Where(line => line.Contains("events", StringComparison.Ordinal)), line => Assert.StartsWith("SEARCH events USING INTEGER PRIMARY KEY (rowid=?)", line, StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("events", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Open_FileOfANewerProgram_IsRefusedByName()
    {
        using (var log = Open()) log.Execute("PRAGMA user_version = 99");

        var refused = Assert.Throws<InvalidOperationException>(Open);

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedByName()
    {
        System.IO.File.WriteAllText(File, "this is not a database, but long enough to be read as the header of one, surely: " + new string('x', 200));

        var refused = Assert.Throws<InvalidOperationException>(Open);

        Assert.Contains("Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EmptyFileOfVersionZero_IsMigrated()
    {
        using (var empty = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            empty.Open();
            new SqliteSession(empty).Execute("CREATE TABLE other(x)");
        }

        using var log = Open();

        Assert.Equal(1, log.Append([Step("e1", "", "pending")]).First);
    }

    [Fact]
    public void Open_FileOfTheFirstSchema_KeepsNumbersAndHistory()
    {
        using (var old = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            old.Open();
            new SqliteSession(old).Execute(SqliteSchema.Steps[0]);
            new SqliteSession(old).Execute(
                """
                PRAGMA user_version = 1;
                INSERT INTO meta VALUES('log_id', 'abc'), ('control_plane', 'http://here');
                INSERT INTO texts VALUES(1, 'pending'), (2, 'running');
                INSERT INTO entities VALUES(1, 0, 'e1', '{"id":"e1","revision":2,"actual":{"state":"running"}}'), (2, 0, 'e2', '{"id":"e2"}');
                INSERT INTO events VALUES
                    (1, 1, 0, 0, 1, 0, 'm', 0, 0, 1, 0, 0, 1, 0, 0, 0), (2, 2, 0, 0, 1, 0, 'm', 0, 0, 1, 0, 0, 1, 0, 0, 0),
                    (3, 1, 0, 1, 2, 0, 'm', 0, 0, 1, 0, 0, 2, 0, 0, 0);
                """);
        }

        using var log = Open();
        var reader = new LogReader(log.Database);
        var mirror = new FleetMirror();
        log.LoadInto(mirror, default);

        Assert.Equal("abc", log.LogId);
        // What entities were before is not known of what an older version wrote.
        using (var session = reader.Open()) Assert.Equal(3, session.MetaNumber(LogTimes.FormerFromName));
        Assert.Equal(["pending", "running"], reader.StepsOf(FleetKind.Execution, "e1").Select(s => s.To));
        Assert.Equal(4, log.Append([Step("e1", "running", "failed") with { Place = mirror.Executions.All().Single(k => k.Value.Id == "e1").Place }]).First);
        Assert.Equal(["pending", "running", "failed"], reader.StepsOf(FleetKind.Execution, "e1").Select(s => s.To));
    }

    private ChangeLog Open()
    {
        var log = ChangeLog.Open(TestStorage.Open(File));
        log.Attach("http://here");
        return log;
    }

    private static Difference Step(string id, string from, string to, string message = "")
    {
        var execution = FeedRig.Execution(id, to) with { Actual = new StateReport(ExecutionState.Parse(to), message) };
        return new Difference(FleetChange.Of(execution), StateChanges.Of(null, execution, FeedRig.Start) with { From = from, To = to });
    }
}
