using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Tests.Fleet.Store;

/// <summary>Readers beside a writer that does not pause.</summary>
public class FleetStoreConcurrencyTests
{
    private const int Executions = 3000, Batches = 600, BatchChanges = 100;

    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] States = ["running", "failed", "pending", "stopped", "odd"];

    private static readonly ExecutionQuery[] Queries =
    [
        ExecutionQuery.All, ExecutionQuery.Parse("sort=updated"), ExecutionQuery.Parse("state=failed"), ExecutionQuery.Parse("state=odd&sort=node"),
        ExecutionQuery.Parse("job=job-3&sort=message"), ExecutionQuery.Parse("node=node-5"), ExecutionQuery.Parse("q=failed&sort=-revision"), ExecutionQuery.Parse("drift=yes&sort=created"),
    ];

    [Fact]
    public async Task Readers_WhileAWriterChangesEverything_SeeWholeRowsInOrderWithExactCounts()
    {
        var store = new FleetStore();
        var random = new Random(7);
        store.Apply([.. Enumerable.Range(0, Executions).Select(i => FleetChange.Of(Make(i, 0, random)))]);
        var writer = Task.Run(() =>
        {
            for (var batch = 1; batch <= Batches; batch++)
                store.Apply([.. Enumerable.Range(0, BatchChanges).Select(_ => FleetChange.Of(Make(random.Next(Executions), batch, random)))]);
        });
        var readers = Enumerable.Range(0, 2).Select(reader => Task.Run(() =>
        {
            var rounds = 0;
            do
            {
                foreach (var query in Queries) Check(store, query);
                Assert.Equal(Executions, store.Counts(ExecutionScope.All).Total);
                foreach (var field in Enum.GetValues<GroupField>()[1..]) Assert.Equal(Executions, store.Groups(ExecutionQuery.All, new(field, "region")).All.Sum(g => g.Counts.Total));
                Assert.Equal(Executions, store.ExecutionCount);
                Whole(store.FindExecution(Id(rounds % Executions))!);
            }
            while (!writer.IsCompleted && ++rounds > 0);
        })).ToArray();
        await writer;
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Page_SoManyRowsThatAllCoresLook_FindsTheSameAsOne_AlsoBesideAWriter()
    {
        const int many = 210_000;
        var store = new FleetStore();
        var random = new Random(9);
        FleetChange[] load = [.. Enumerable.Range(0, many).Select(i => FleetChange.Of(Make(i, 1, random)))];
        store.Apply(load);
        Assert.Equal(load.Count(c => Matches(c.Execution!, "7")), store.Count(ExecutionQuery.Parse("q=7")));
        var groups = load.Where(c => Matches(c.Execution!, "7")).GroupBy(c => c.Execution!.Actual.State.Name).Select(g => (g.Key, g.Count()));
        Assert.Equal(groups.Order(), store.Groups(ExecutionQuery.Parse("q=7"), new(GroupField.State)).All.Select(g => (g.Key, g.Counts.Total)).Order());
        var page = store.Page(ExecutionQuery.Parse("q=7&sort=node"), 100);
        Assert.All(page.Items, e => Assert.True(Matches(e, "7")));

        var stop = false;
        var writer = Task.Run(() =>
        {
            while (!Volatile.Read(ref stop)) store.Apply([.. Enumerable.Range(0, 50).Select(_ => load[random.Next(many)])]);
        });
        for (var i = 0; i < 10; i++) Assert.Equal(page.Total, store.Count(ExecutionQuery.Parse("q=7")));
        Volatile.Write(ref stop, true);
        await writer;

        static bool Matches(Execution e, string text) => new[] { e.Id, e.Actual.Message, e.JobId, e.NodeId }.Any(t => t.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Readers_DuringAFirstLoad_GetThroughAndNeverFail()
    {
        var store = new FleetStore();
        var random = new Random(8);
        FleetChange[] load = [.. Enumerable.Range(0, 60_000).Select(i => FleetChange.Of(Make(i, 1, random)))];
        var writer = Task.Run(() => store.Apply(load));
        var last = 0;
        do
        {
            var count = store.Select(ExecutionQuery.Parse("sort=message")).Count;
            Assert.InRange(count, last, load.Length);
            last = count;
            var page = store.Page(ExecutionQuery.Parse("sort=node"), 20);
            Assert.InRange(page.Total, last, load.Length);
        }
        while (!writer.IsCompleted);
        await writer;
        Assert.Equal(load.Length, store.Page(ExecutionQuery.All, 1).Total);
    }

    [Fact]
    public async Task Selections_WhileAWriterAddsAndRemoves_EndWithTheRightCounts()
    {
        var store = new FleetStore();
        var random = new Random(9);
        store.Apply([.. Enumerable.Range(0, Executions).Select(i => FleetChange.Of(Make(i, 0, random)))]);
        var selections = Queries.Select(store.Select).ToArray();
        var writer = Task.Run(() =>
        {
            for (var batch = 1; batch <= Batches; batch++)
                store.Apply([.. Enumerable.Range(0, BatchChanges / 4).Select(_ => random.Next(Executions) is var i && random.Next(3) == 0
                    ? FleetChange.Gone(FleetKind.Execution, Id(i)) : FleetChange.Of(Make(i, batch, random)))]);
        });
        while (!writer.IsCompleted)
        {
            foreach (var selection in selections)
            {
                store.Refresh(selection);
                Assert.InRange(selection.NewCount, 0, selection.MatchingNow);
                foreach (var execution in store.Rows(selection, 10, 20))
                    if (execution is not null) Whole(execution);
            }
        }
        await writer;
        foreach (var selection in selections)
        {
            store.Refresh(selection);
            Assert.Equal(store.Count(selection.Query), selection.MatchingNow);
        }
    }

    [Fact]
    public async Task Selections_HeldWhileRowsMove_KeepTheirRowsInTheirPlaces()
    {
        var store = new FleetStore();
        var random = new Random(10);
        store.Apply([.. Enumerable.Range(0, Executions).Select(i => FleetChange.Of(Make(i, 0, random)))]);
        var writer = Task.Run(() =>
        {
            // Rows that move, come and go: all blocks of both orders change under what is held.
            for (var batch = 1; batch <= Batches; batch++)
                store.Apply([.. Enumerable.Range(0, BatchChanges / 4).Select(_ => random.Next(Executions) is var i && random.Next(8) == 0
                    ? FleetChange.Gone(FleetKind.Execution, Id(i)) : FleetChange.Of(Make(i, batch, random)))]);
        });
        var held = new List<(ExecutionSelection Selection, string?[] Ids)>();
        do
        {
            foreach (var query in new[] { "sort=updated", "sort=-updated", "sort=created", "sort=-created" })
            {
                var selection = store.Select(ExecutionQuery.Parse(query));
                string?[] ids = [.. store.Rows(selection, 0, int.MaxValue).Select(e => e?.Id)];
                Assert.Equal(selection.Count, ids.Length);
                Assert.Equal(ids.Count(id => id is not null), ids.Where(id => id is not null).Distinct().Count());
                held.Add((selection, ids));
            }
            foreach (var (selection, ids) in held.TakeLast(40))
            {
                var (start, now) = (selection.Count / 3, store.Rows(selection, selection.Count / 3, 1000));
                for (var i = 0; i < now.Count; i++)
                    Assert.True(now[i] is null || ids[start + i] is null || now[i]!.Id == ids[start + i], $"{selection.Query}: another row at {start + i}");
            }
        }
        while (!writer.IsCompleted);
        await writer;
    }

    [Fact]
    public void Select_OfAnOrderInWhichNothingMoved_TakesNoMemoryOfItsOwn()
    {
        var store = new FleetStore();
        var random = new Random(11);
        store.Apply([.. Enumerable.Range(0, 20_000).Select(i => FleetChange.Of(Make(i, 0, random)))]);
        var byCreation = ExecutionQuery.Parse("sort=-created");
        var first = store.Select(byCreation);
        var created = store.FindExecution(Id(5))!.CreatedAt;
        store.Apply([FleetChange.Of(Make(5, 1, random) with { CreatedAt = created })]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = store.Select(byCreation);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000);
        Assert.Equal(first.Count, second.Count);
    }

    private static void Check(FleetStore store, ExecutionQuery query)
    {
        var page = store.Page(query, 25);
        foreach (var execution in page.Items) Whole(execution);
        Assert.Equal(page.Items.Count, page.Items.DistinctBy(e => e.Id).Count());
        Assert.Equal(Math.Min(page.Total, 25), page.Items.Count);
        if (query.States.Count > 0) Assert.All(page.Items, e => Assert.Contains(e.Actual.State, query.States));
        if (query.Equals(ExecutionQuery.All)) Assert.Equal(page.Items.OrderByDescending(e => e.UpdatedAt).Select(e => e.UpdatedAt), page.Items.Select(e => e.UpdatedAt));
    }

    // Every part of a row says which change it is of.
    private static void Whole(Execution e)
    {
        Assert.Equal($"{e.Actual.State} {e.Revision}", e.Actual.Message);
        Assert.Equal(Start.AddSeconds(e.Revision), e.UpdatedAt);
        Assert.Equal(e.Revision.ToString(), e.Details!["revision"]);
        Assert.Equal($"job-{e.JobVersion}", e.JobId);
    }

    private static string Id(int i) => i % 2 == 0 ? $"exec-{i}" : $"{i:x8}-0000-4000-8000-000000000000";

    private static Execution Make(int i, int revision, Random random)
    {
        var state = States[random.Next(States.Length)];
        var job = random.Next(10) == 0 ? random.Next(20) : i % 20;
        return new Execution
        {
            Id = Id(i), JobId = $"job-{job}", JobVersion = job, NodeId = $"node-{i % 30}", Revision = revision, UpdatedAt = Start.AddSeconds(revision),
            CreatedAt = Start.AddSeconds(i), Actual = new StateReport(ExecutionState.Parse(state), $"{state} {revision}"),
            Desired = new StateReport(ExecutionState.Parse("running")), Details = new Dictionary<string, string> { ["revision"] = revision.ToString() },
        };
    }
}
