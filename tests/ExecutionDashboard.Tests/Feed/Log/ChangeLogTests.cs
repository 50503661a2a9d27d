using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Sqlite;

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
        var reader = new LogReader(log.Database);
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
        var reader = new LogReader(log.Database);

        Assert.Equal(["pending", "", "running"], reader.StepsOf(FleetKind.Execution, "e1").Select(s => s.To));
        using var check = log.Database.OpenReader();
        Assert.Equal(1, check.Number(log.Database is SqliteDatabase ? "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'entities_of'" : "SELECT count(*) FROM pg_class WHERE relname = 'entities_of' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"));
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
                    using var log = ChangeLog.Open(TestStorage.Open(file));
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
                using var last = ChangeLog.Open(TestStorage.Open(file));
                var reader = new LogReader(last.Database);
                var loaded = new FleetMirror();
                last.LoadInto(loaded, default);
                var newest = expected.GroupBy(e => e.Id).ToDictionary(g => g.Key, g => g.Last());
                foreach (var (id, step) in newest.Where(n => n.Value.To.Length == 0)) Assert.Equal(step.Sequence, reader.LastOfGone(FleetKind.Execution, id));
                Assert.Equal(newest.Where(n => n.Value.To.Length > 0).Select(n => (n.Key, n.Value.To, n.Value.Message, n.Value.Sequence)).Order(),
                    loaded.Executions.All().Select(k => (k.Value.Id, k.Value.Actual.State.Name, k.Value.Actual.Message, k.Last)).Order());
                Assert.Equal(Enumerable.Range(1, expected.Count).Select(i => (long)i), expected.Select(e => e.Sequence));
                for (var i = 0; i <= 20; i++)
                    Assert.Equal(expected.Where(e => e.Id == $"e{i}"), reader.StepsOf(FleetKind.Execution, $"e{i}"));
                var changed = reader.ChangedBetween(expected.Count / 2, expected.Count).Select(c => c.Id).Order();
                Assert.Equal(expected.Skip(expected.Count / 2).Select(e => e.Id).Distinct().Order(), changed);
            }, iter: TestStorage.Stories(25), threads: 1);

    [Fact]
    public void Attach_AnotherControlPlane_StartsANewLogAndKeepsTheOldAside()
    {
        string before;
        using (var log = Open())
        {
            before = log.LogId;
            log.Append([Step("e1", "", "pending")]);
        }
        using var other = ChangeLog.Open(TestStorage.Open(File));

        var aside = other.Attach("http://elsewhere");

        Assert.NotEqual(before, other.LogId);
        Assert.Equal(1, other.Append([Step("e9", "", "pending")]).First);
        using var there = TestStorage.OpenAside(aside!);
        var reader = new LogReader(there);
        Assert.Single(reader.StepsOf(FleetKind.Execution, "e1"));
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
