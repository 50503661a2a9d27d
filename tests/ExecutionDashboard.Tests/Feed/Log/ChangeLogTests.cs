using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Tests.Feed.Log;

public sealed class ChangeLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("log-").FullName;

    private string File => Path.Combine(_folder, "fleet.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Append_AfterARestart_ContinuesTheNumbersAndKeepsTheLogId()
    {
        string logId;
        using (var log = Open())
        {
            logId = log.LogId;
            Assert.Equal(1, log.Append([Step("e1", "", "pending"), Step("e2", "", "pending")]).First);
        }
        using var again = Open();

        Assert.Equal(3, again.Append([Step("e3", "", "pending")]).First);
        Assert.Equal(logId, again.LogId);
    }

    [Fact]
    public void LoadInto_AfterARestart_KnowsEveryKindAsItWas()
    {
        FleetChange[] fleet =
        [
            FleetChange.Of(new JobSpec { Hash = "h", Json = """{"name":"ingest"}""", Name = "ingest", Labels = new Dictionary<string, string> { ["a"] = "b" } }),
            FleetChange.Of(new Job { Id = "j", Name = "ingest", State = "running", Labels = new Dictionary<string, string> { ["env"] = "prod" } }),
            FleetChange.Of(new Node { Id = "n", Connection = "connected", Labels = new Dictionary<string, string> { ["site"] = "a" }, Resources = new(1.5, 2, 3, 4, 5, 6, 7) }),
            FleetChange.Of(new Deployment { Id = "d", State = "paused", CanaryNodes = ["n"], FromVersion = 0, ToVersion = 1, CanaryPromoted = false }),
            FleetChange.Of(FeedRig.Execution("e", "odd_state", revision: 3) with
            {
                Details = new Dictionary<string, string> { ["error_code"] = "X" },
                Actual = new StateReport(ExecutionState.Parse("odd_state"), "a <b>message</b>", new Dictionary<string, string> { ["hint"] = "look" }),
            }),
        ];
        using (var log = Open()) log.Append([.. fleet.Select(c => new Difference(c, new StateChange { Id = c.Id, Kind = c.Kind, At = FeedRig.Start, SeenAt = FeedRig.Start }))]);
        using var again = Open();
        var mirror = new FleetMirror();

        again.LoadInto(mirror, default);

        foreach (var change in fleet) Assert.Equal(change, mirror.Now(change.Kind, change.Id));
        Assert.Equal(fleet.Length, mirror.Count);
        Assert.Equal(1.5, mirror.Nodes.Find("n")!.Resources!.CpuPercent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Append_ThingGoneAndBack_KeepsOneHistory(bool isLoaded)
    {
        using var log = Open();
        log.IsLoaded = isLoaded;
        using var reader = new LogReader(log.File);
        var key = log.Append([Step("e1", "", "pending")]).Keys[0];
        log.Append([new Difference(FleetChange.Gone(FleetKind.Execution, "e1"), Step("e1", "pending", "").Step, new Place(key, 1))]);

        var back = log.Append([Step("e1", "", "running")]).Keys[0];

        Assert.Equal(key, back);
        Assert.Equal(["pending", "", "running"], reader.StepsOf(FleetKind.Execution, "e1").Select(s => s.To));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Append_GoneInTheFirstLoadAndBackLater_KeepsOneHistory(bool restarted)
    {
        var log = Open();
        using var reader = new LogReader(log.File);
        var key = log.Append([Step("e1", "", "pending"), Step("e2", "", "pending")]).Keys[0];
        log.Append([new Difference(FleetChange.Gone(FleetKind.Execution, "e1"), Step("e1", "pending", "").Step, new Place(key, 1))]);
        // Either way the ids are indexed from here on: by the end of the load, or by a start that finds a load half done.
        if (restarted)
        {
            log.Dispose();
            log = Open();
        }
        else log.IsLoaded = true;

        Assert.Equal(key, log.Append([Step("e1", "", "running")]).Keys[0]);

        Assert.Equal(["pending", "", "running"], reader.StepsOf(FleetKind.Execution, "e1").Select(s => s.To));
        using var check = new SqliteConnection($"Data Source={File};Pooling=False;Mode=ReadOnly");
        check.Open();
        Assert.Equal(1L, LogSchema.Scalar(check, "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'entities_of'"));
        log.Dispose();
    }

    [Fact]
    public void StepsOf_AnyAppendsInAnyBatches_GivesWhatAListWould() =>
        Gen.Select(Gen.Int[0, 20], Gen.OneOf(Gen.Const("pending"), Gen.Const("running"), Gen.Const("failed"), Gen.Const("a state of its own"), Gen.Const("")), Gen.String[0, 12]).List[0, 200].Array[1, 4].Sample(
            batches =>
            {
                var file = Path.Combine(_folder, Guid.NewGuid() + ".db");
                var expected = new List<StateChange>();
                foreach (var batch in batches)
                {
                    // Every batch by a log opened anew: what is numbered and interned must be found again.
                    using var log = ChangeLog.Open(file, TimeSpan.FromSeconds(1));
                    log.Attach("http://here");
                    var mirror = new FleetMirror();
                    log.LoadInto(mirror, default);
                    // An empty state is a thing that goes; only what is there can.
                    var here = mirror.Executions.All().Select(k => k.Value.Id).ToHashSet();
                    var differences = new List<Difference>();
                    foreach (var (n, state, message) in batch)
                    {
                        var difference = Step($"e{n}", "", state, message);
                        var id = difference.Change.Id;
                        if (state.Length == 0 && !here.Remove(id)) continue;
                        if (state.Length == 0) difference = difference with { Change = FleetChange.Gone(FleetKind.Execution, id) };
                        else here.Add(id);
                        differences.Add(mirror.Executions.TryGet(id, out var known) ? difference with { Place = known.Place } : difference);
                    }
                    if (differences.Count == 0) continue;
                    var (first, _) = log.Append(differences);
                    expected.AddRange(differences.Select((d, i) => d.Step with { Sequence = first + i }));
                    // Housekeeping may have been done, half done or not: it must not show.
                    for (var slices = batch.Count % 3; slices > 0; slices--) log.Settle(5);
                }
                using var reader = new LogReader(file);
                using (var log = ChangeLog.Open(file, TimeSpan.FromSeconds(1)))
                {
                    var mirror = new FleetMirror();
                    log.LoadInto(mirror, default);
                    var newest = expected.GroupBy(e => e.Id).ToDictionary(g => g.Key, g => g.Last());
                    foreach (var (id, step) in newest.Where(n => n.Value.To.Length == 0)) Assert.Equal(step.Sequence, reader.LastOfGone(FleetKind.Execution, id));
                    Assert.Equal(newest.Where(n => n.Value.To.Length > 0).Select(n => (n.Key, n.Value.To, n.Value.Message, n.Value.Sequence)).Order(),
                        mirror.Executions.All().Select(k => (k.Value.Id, k.Value.Actual.State.Name, k.Value.Actual.Message, k.Last)).Order());
                }
                Assert.Equal(Enumerable.Range(1, expected.Count).Select(i => (long)i), expected.Select(e => e.Sequence));
                for (var i = 0; i <= 20; i++)
                    Assert.Equal(expected.Where(e => e.Id == $"e{i}"), reader.StepsOf(FleetKind.Execution, $"e{i}"));
                var changed = reader.ChangedBetween(expected.Count / 2, expected.Count).Select(c => c.Id).Order();
                Assert.Equal(expected.Skip(expected.Count / 2).Select(e => e.Id).Distinct().Order(), changed);
            }, iter: 25, threads: 1);

    [Fact]
    public void Append_DiskFull_StoresNothingAndGivesTheNumbersAgain()
    {
        using var log = Open();
        using var reader = new LogReader(log.File);
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
            LogSchema.Execute(empty, "CREATE TABLE other(x)");
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
            LogSchema.Execute(old, LogSchema.Steps[0]);
            LogSchema.Execute(old,
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
        using var reader = new LogReader(File);
        var mirror = new FleetMirror();
        log.LoadInto(mirror, default);

        Assert.Equal("abc", log.LogId);
        Assert.Equal(["pending", "running"], reader.StepsOf(FleetKind.Execution, "e1").Select(s => s.To));
        Assert.Equal(4, log.Append([Step("e1", "running", "failed") with { Place = mirror.Executions.All().Single(k => k.Value.Id == "e1").Place }]).First);
        Assert.Equal(["pending", "running", "failed"], reader.StepsOf(FleetKind.Execution, "e1").Select(s => s.To));
    }

    [Fact]
    public void Attach_AnotherControlPlane_StartsANewLogAndKeepsTheOldAside()
    {
        string before;
        using (var log = Open())
        {
            before = log.LogId;
            log.Append([Step("e1", "", "pending")]);
        }
        using var other = ChangeLog.Open(File, TimeSpan.FromSeconds(1));

        var aside = other.Attach("http://elsewhere");

        Assert.NotEqual(before, other.LogId);
        Assert.Equal(1, other.Append([Step("e9", "", "pending")]).First);
        using var reader = new LogReader(aside!);
        Assert.Single(reader.StepsOf(FleetKind.Execution, "e1"));
    }

    private ChangeLog Open()
    {
        var log = ChangeLog.Open(File, TimeSpan.FromSeconds(1));
        log.Attach("http://here");
        return log;
    }

    private static Difference Step(string id, string from, string to, string message = "")
    {
        var execution = FeedRig.Execution(id, to) with { Actual = new StateReport(ExecutionState.Parse(to), message) };
        return new Difference(FleetChange.Of(execution), StateChanges.Of(null, execution, FeedRig.Start) with { From = from, To = to });
    }
}
