using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

/// <summary>The store against <see cref="NaiveFleet"/>.</summary>
public class FleetStorePropertyTests
{
    private static readonly Gen<(List<FleetChange> Changes, List<ExecutionQuery> Queries, int Size)> Cases =
        Gen.Select(FleetGen.Change.List[0, 120], FleetGen.Query.List[1, 8], Gen.Int[1, 9]);

    [Fact]
    public void FindExecution_AfterAnyChanges_GivesTheNewestTruth() => Cases.Sample(c =>
    {
        var (store, naive) = Apply(c.Changes);
        foreach (var id in FleetGen.AllIds) Assert.Equal(naive.Find(id), store.FindExecution(id));
        Assert.Equal(naive.Executions.Count, store.ExecutionCount);
        Assert.Equal(naive.Executions.Select(e => e.Namespace).Where(n => n.Length > 0).Distinct().Order(NaturalOrder.Instance), store.Namespaces);
        Assert.Equal(naive.Executions.Select(e => e.JobType).Where(n => n.Length > 0).Distinct().Order(NaturalOrder.Instance), store.Types);
    });

    [Fact]
    public void Page_OfAnyQuery_GivesEveryMatchOnceInOrder() => Cases.Sample(c =>
    {
        var (store, naive) = Apply(c.Changes);
        foreach (var query in c.Queries)
        {
            var expected = naive.Query(query);
            var seen = new List<Execution>();
            string? after = null;
            do
            {
                var page = store.Page(query, c.Size, after);
                Assert.Equal(expected.Count, page.Total);
                seen.AddRange(page.Items);
                after = page.Next;
                Assert.True(after is null || page.Items.Count == c.Size);
            }
            while (after is not null);
            Assert.Equal(expected, seen);
            Assert.Equal(expected.Count, store.Count(query));
            Assert.Equal(expected, store.Enumerate(query));
            Same(naive.Counts(ExecutionScope.All, e => naive.Matches(query, e)), store.Counts(query));
        }
    });

    [Fact]
    public void Page_ChangesBetweenPages_NeitherShiftNorRepeatWhatDidNotMove() =>
        Gen.Select(Cases, FleetGen.Change.List[0, 30]).Sample((c, later) =>
        {
            var (store, naive) = Apply(c.Changes);
            var query = c.Queries[0];
            var first = store.Page(query, c.Size);
            if (first.Next is null) return;
            var last = first.Items[^1];
            // A cursor names its row as it was: only where that row is as before does the naive list know the place.
            if (later.Any(change => change.Kind != FleetKind.Execution || change.Id == last.Id)) return;
            Apply(store, naive, later);
            // Another one may have replaced it, and so taken it out of the list.
            var rest = naive.Query(query).SkipWhile(e => e.Id != last.Id).ToList();
            if (rest.Count == 0) return;
            var after = rest.Skip(1).Take(c.Size);
            Assert.Equal(after, store.Page(query, c.Size, first.Next).Items);
        });

    [Fact]
    public void Counts_AfterAnyChanges_AreThoseOfAFullCount() => Cases.Sample(c =>
    {
        var (store, naive) = Apply(c.Changes);
        foreach (var scope in Enum.GetValues<ExecutionScope>())
        {
            Same(naive.Counts(scope, _ => true), store.Counts(scope));
            foreach (var job in FleetGen.AllJobs) Same(naive.Counts(scope, e => e.JobId == job), store.CountsOfJob(job, scope));
            foreach (var node in FleetGen.AllNodes) Same(naive.Counts(scope, e => e.NodeId == node), store.CountsOfNode(node, scope));
            foreach (var deployment in new[] { "dep-1", "dep-2", "job-a@1", "job-b@2", "none" })
                Same(naive.Counts(scope, e => NaiveFleet.DeploymentOf(e) == deployment), store.CountsOfDeployment(deployment, scope));
        }
    });

    [Fact]
    public void Apply_TheSameAgain_KeepsTheVersion() => Cases.Sample(c =>
    {
        var (store, naive) = Apply(c.Changes);
        var version = store.Version;
        store.Apply([.. naive.Executions.Select(e => FleetChange.Of(e with { }))]);
        Assert.Equal(version, store.Version);
    });

    [Fact]
    public void Select_ThenChanges_KeepsRowsAndCountsWhatIsNew() => Gen.Select(Cases, FleetGen.Change.List[1, 60]).Sample((c, later) =>
    {
        var (store, naive) = Apply(c.Changes);
        var selections = c.Queries.Select(query => (query, selection: store.Select(query), held: naive.Query(query))).ToList();
        foreach (var part in later.Chunk(7))
        {
            var version = store.Version;
            var before = naive.Executions.ToDictionary(e => e.Id);
            // Time passes too, and alone changes what matches.
            naive.Moment += TimeSpan.FromSeconds(part.Length % 4);
            store.MoveTo(naive.Moment);
            var gone = part.Where(change => change is { Kind: FleetKind.Execution, Removed: true }).Select(change => change.Id).ToHashSet();
            Apply(store, naive, part);
            for (var i = 0; i < selections.Count; i++)
            {
                var (query, selection, held) = selections[i];
                // An execution that was removed and came back is another one.
                held = [.. held.Select(e => gone.Contains(e.Id) ? e with { Id = "gone: " + e.Id } : e)];
                selections[i] = (query, selection, held);
                store.Refresh(selection);
                var now = naive.Query(query).Select(e => e.Id).ToHashSet();
                var ids = held.Select(e => e.Id).ToHashSet();
                Assert.Equal(held.Count, selection.Count);
                Assert.Equal(now.Count, selection.MatchingNow);
                Assert.Equal(now.Count(id => !ids.Contains(id)), selection.NewCount);
                Assert.Equal(store.Version, selection.Version);
                Assert.Equal(held.Select(e => naive.Find(e.Id)), store.Rows(selection, 0, int.MaxValue));
                var changed = held.Any(e => before.GetValueOrDefault(e.Id) != naive.Find(e.Id));
                var left = Enumerable.Range(0, held.Count).Where(selection.HasLeft).Select(n => held[n].Id);
                Assert.Equal(held.Where(e => !now.Contains(e.Id)).Select(e => e.Id), left);
                if (changed) Assert.True(store.AnyChanged(selection, 0, int.MaxValue, version));
                if (store.Version == version) Assert.False(store.AnyChanged(selection, 0, int.MaxValue, version));
            }
        }
    });

    [Fact]
    public void Current_InWhateverOrderChangesCome_IsThatOfAFullCount() => Gen.Select(Cases, Gen.Int[0, int.MaxValue]).Sample((c, seed) =>
    {
        var (_, naive) = Apply(c.Changes);
        // What is held in the end decides, not how it came.
        FleetChange[] last = [.. naive.Executions.Select(e => FleetChange.Of(e with { ReplacedBy = null }))];
        new Random(seed).Shuffle(last);
        var store = new FleetStore();
        foreach (var part in last.Chunk(5)) store.Apply(part);
        var current = store.Enumerate(ExecutionQuery.Parse("of=current&sort=id")).Select(e => e.Id);
        Assert.Equal(naive.Executions.Where(e => e.ReplacedBy is null).Select(e => e.Id).Order(StringComparer.Ordinal), current);
    });

    private static void Same((int Total, Dictionary<string, int> ByState, int Drifting, int LastKnown) expected, StateCounts actual)
    {
        Assert.Equal(expected.Total, actual.Total);
        Assert.Equal(expected.Drifting, actual.Drifting);
        Assert.Equal(expected.LastKnown, actual.LastKnown);
        foreach (var state in ExecutionState.All) Assert.Equal(expected.ByState.GetValueOrDefault(state.Name), actual[state.Known]);
        foreach (var (name, count) in expected.ByState)
            if (ExecutionState.Parse(name).Known == KnownExecutionState.Other) Assert.Equal(count, actual.Other[name]);
    }

    private static (FleetStore, NaiveFleet) Apply(IReadOnlyList<FleetChange> changes)
    {
        var (store, naive) = (new FleetStore(), new NaiveFleet());
        store.MoveTo(naive.Moment);
        foreach (var part in changes.Chunk(17)) Apply(store, naive, part);
        return (store, naive);
    }

    private static void Apply(FleetStore store, NaiveFleet naive, IReadOnlyList<FleetChange> changes)
    {
        store.Apply(changes);
        foreach (var change in changes) naive.Apply(change);
    }
}
