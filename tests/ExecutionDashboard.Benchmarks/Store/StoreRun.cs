using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Search;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Benchmarks.Store;

/// <summary>Every kind of query at a number of executions, applying changes, and memory, beside the budgets of a million.</summary>
internal sealed class StoreRun(FigureTable table, int executions)
{
    private const int BatchChanges = 1000, PageRows = 50, Budgeted = 1_000_000;
    private const double IndexedBudget = 5, SortBudget = 30, SearchBudget = 50, GroupBudget = 50;
    private const int HitsPerKind = 8, MostNodes = 100_000;

    /// <summary>Measures at each size.</summary>
    /// <param name="table">Takes the figures.</param>
    /// <param name="only">What of it: all whose name has this text.</param>
    /// <param name="sizes">Executions.</param>
    public static void Run(FigureTable table, string only, params int[] sizes)
    {
        Load(new SampleFleet(20_000), SampleFleet.Catalog());
        foreach (var size in sizes) new StoreRun(table, size).Run(only);
    }

    private void Run(string only)
    {
        var fleet = new SampleFleet(executions);
        var catalog = SampleFleet.Catalog();
        Row("nodes and jobs of the fleet", catalog.Count, "", null);
        var (store, perSecond, bytes) = LoadMeasured(fleet, catalog);
        Row("memory", bytes, "B/execution", 200);
        Row("first load into the store", perSecond, "executions/s", null, isRate: true);
        const string apply = "apply changes, batches of 1,000";
        if (apply.Contains(only, StringComparison.Ordinal)) Row(apply, Apply(store, fleet), "changes/s", 500_000, isRate: true);
        var random = new Random(2);
        foreach (var (name, budget, query) in Queries(store, random).Concat(Groups(store)))
            if (name.Contains(only, StringComparison.Ordinal)) Measure(name, budget, query);
        if (only.Length == 0) Readers(store, fleet);
        if (executions != Budgeted) return;
        // Names are looked through: as many as a fleet has nodes.
        store.Apply(SampleFleet.MoreNodes(MostNodes));
        foreach (var (what, text) in Sought(store))
            if ($"search among 100,000 nodes: {what}" is var name && name.Contains(only, StringComparison.Ordinal)) Measure(name, SearchBudget, () => store.Search(SoughtText.Parse(text), HitsPerKind));
    }

    /// <summary>A store of a fleet, how fast it was filled, and what it holds per execution, nodes and jobs apart.</summary>
    internal static (FleetStore Store, double PerSecond, double Bytes) LoadMeasured(SampleFleet fleet, IReadOnlyList<FleetChange> catalog)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (store, perSecond) = Load(fleet, catalog);
        return (store, perSecond, (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)fleet.Count);
    }

    private static (FleetStore Store, double PerSecond) Load(SampleFleet fleet, IReadOnlyList<FleetChange> catalog)
    {
        var store = new FleetStore();
        store.Apply(catalog);
        var inside = TimeSpan.Zero;
        for (var from = 0; from < fleet.Count; from += BatchChanges)
        {
            FleetChange[] batch = [.. Enumerable.Range(from, Math.Min(BatchChanges, fleet.Count - from)).Select(i => FleetChange.Of(fleet.Create(i)))];
            var start = Stopwatch.GetTimestamp();
            store.Apply(batch);
            inside += Stopwatch.GetElapsedTime(start);
        }
        return (store, fleet.Count / inside.TotalSeconds);
    }

    private static double Apply(FleetStore store, SampleFleet fleet)
    {
        var random = new Random(3);
        var best = TimeSpan.MaxValue;
        const int changes = 100_000;
        for (var round = 0; round < 4; round++)
        {
            var batches = Enumerable.Range(0, changes / BatchChanges).Select(_ => Batch(store, fleet, random, BatchChanges)).ToArray();
            var start = Stopwatch.GetTimestamp();
            foreach (var batch in batches) store.Apply(batch);
            var took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }
        return changes / best.TotalSeconds;
    }

    private static FleetChange[] Batch(FleetStore store, SampleFleet fleet, Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => FleetChange.Of(fleet.Change(store.FindExecution(fleet.Id(random.Next(fleet.Count)))!)))];

    internal static IEnumerable<(string Name, double Budget, Action Query)> Queries(FleetStore store, Random random)
    {
        ExecutionQuery All = ExecutionQuery.All, failed = ExecutionQuery.Parse("state=failed");
        string Job() => SampleFleet.JobId(random.Next(SampleFleet.Jobs));
        string Node() => SampleFleet.NodeId(random.Next(SampleFleet.Nodes));
        string Deployment() => SampleFleet.DeploymentId(random.Next(SampleFleet.Jobs), 1 + random.Next(SampleFleet.DeploymentsPerJob));
        Action Page(Func<ExecutionQuery> query, string? after = null) => () => store.Page(query(), PageRows, after);
        Action Recent(int rows)
        {
            var query = All with { UpdatedFrom = store.Page(All, 1, Deep(All, 500_000)).Items[0].UpdatedAt };
            return Page(() => query, Deep(query, rows));
        }
        string Deep(ExecutionQuery query, int rows) => store.Page(query, rows).Next!;

        yield return ("all, newest first", IndexedBudget, Page(() => All));
        yield return ("all, newest first, after row 500,000", IndexedBudget, Page(() => All, Deep(All, 500_000)));
        yield return ("one state", IndexedBudget, Page(() => failed));
        yield return ("one state, after row 4,000", IndexedBudget, Page(() => failed, Deep(failed, 4000)));
        yield return ("rare state (stopping)", IndexedBudget, Page(() => ExecutionQuery.Parse("state=stopping")));
        yield return ("two states, oldest first", IndexedBudget, Page(() => ExecutionQuery.Parse("state=failed&state=lost&sort=updated")));
        yield return ("by creation, newest first", IndexedBudget, Page(() => All with { Sort = ExecutionSort.Created }));
        yield return ("drifting", IndexedBudget, Page(() => All with { Drift = true }));
        yield return ("job (2,000 rows)", IndexedBudget, Page(() => All with { Jobs = [Job()] }));
        yield return ("job and state", IndexedBudget, Page(() => failed with { Jobs = [Job()] }));
        yield return ("node (100 rows)", IndexedBudget, Page(() => All with { Nodes = [Node()] }));
        yield return ("deployment and state", IndexedBudget, Page(() => failed with { Deployments = [Deployment()] }));
        yield return ("20 jobs (40,000 rows), by node", IndexedBudget, Page(() => All with { Jobs = [.. Enumerable.Range(0, 20).Select(_ => Job())], Sort = ExecutionSort.Node }));
        yield return ("one state, by node", IndexedBudget, Page(() => failed with { Sort = ExecutionSort.Node }));
        yield return ("updated in the last minutes", IndexedBudget, Page(() => All with { UpdatedFrom = store.Page(All, 1).Items[0].UpdatedAt - TimeSpan.FromSeconds(30) }));
        yield return ("updated in the newer half, after row 100,000", IndexedBudget, Recent(100_000));
        yield return ("count of a state and desired state", IndexedBudget, () => store.Count(failed with { Desired = [ExecutionState.Of(KnownExecutionState.Running)] }));
        foreach (var sort in Enum.GetValues<ExecutionSort>().Except([ExecutionSort.Updated, ExecutionSort.Created]))
            yield return ($"all, by {sort.ToString().ToLowerInvariant()}", SortBudget, Page(() => All with { Sort = sort }));
        yield return ("all, by revision, deep", SortBudget, Page(() => All with { Sort = ExecutionSort.Revision }, Deep(All with { Sort = ExecutionSort.Revision }, 500_000)));
        yield return ("namespace and type", SortBudget, Page(() => ExecutionQuery.Parse("namespace=staging&type=query")));
        yield return ("labels of node and job", SortBudget, Page(() => ExecutionQuery.Parse("label=region%3Deu&label=team%3Dteam-3")));
        yield return ("text in messages and names", SortBudget, Page(() => All with { Text = "refused" }));
        yield return ("text in ids (hexadecimal)", SortBudget, Page(() => All with { Text = "abc12" }));
        foreach (var (what, text) in Sought(store)) yield return ("search: " + what, SearchBudget, () => store.Search(SoughtText.Parse(text), HitsPerKind));
        // The language: the same budgets, since an operator does not know which condition has an index.
        var newest = store.Page(All, 1).Items[0].UpdatedAt!.Value;
        store.MoveTo(newest);
        ExecutionQuery Terms(string text) => All.WithTerms(text);
        yield return ("filter for:>10m", IndexedBudget, Page(() => Terms("for:>10m")));
        yield return ("filter state:pending,starting for:>10m", IndexedBudget, Page(() => Terms("state:pending,starting for:>10m")));
        yield return ("filter -state:running", IndexedBudget, Page(() => Terms("-state:running")));
        yield return ("filter node:edge-0012*", IndexedBudget, Page(() => Terms("node:edge-0012*")));
        yield return ("filter -job:job-0007", SortBudget, Page(() => Terms("-job:job-0007")));
        yield return ("filter agent:<2.1.19", SortBudget, Page(() => Terms("agent:<2.1.19")));
        yield return ("filter state:failed -label:tier=gold has:message", SortBudget, Page(() => Terms("state:failed -label:tier=gold has:message")));
        yield return ("filter version:>2 -node:edge-000* refused", SortBudget, Page(() => Terms("version:>2 -node:edge-000* refused")));
        var aging = store.Select(Terms("state:failed for:>10m"));
        var passed = newest;
        yield return ("refresh a selection after a second", IndexedBudget, () =>
        {
            store.MoveTo(passed += TimeSpan.FromSeconds(1));
            store.Refresh(aging);
        });
        yield return ("counts of a job", IndexedBudget, () => store.CountsOfJob(Job(), ExecutionScope.Current));
        // A change in between, or viewers would share one selection.
        var changed = store.Page(All, 1).Items[0];
        Action Select(ExecutionQuery query) => () =>
        {
            store.Apply([FleetChange.Of(changed = changed with { Revision = changed.Revision + 1 })]);
            store.Select(query);
        };
        yield return ("select all, newest first", 100, Select(All));
        yield return ("select one state", 100, Select(failed));
        yield return ("select all, by node", 1000, Select(All with { Sort = ExecutionSort.Node }));
        var selection = store.Select(failed);
        yield return ("refresh a selection after one change", IndexedBudget, () =>
        {
            store.Apply([FleetChange.Of(changed = changed with { Revision = changed.Revision + 1 })]);
            store.Refresh(selection);
        });
    }

    // A change in between, or all looks but the first would be answered by what is kept.
    private static IEnumerable<(string Name, double Budget, Action Query)> Groups(FleetStore store)
    {
        var changed = store.Page(ExecutionQuery.All, 1).Items[0];
        string[] filters = ["", "state:failed", "-state:running", "label:region=eu", "agent:<2.1.19"];
        string[] groupings = ["job", "version", "state", "error", "label.region", "node"];
        foreach (var filter in filters)
        {
            var query = ExecutionQuery.All.WithTerms(filter);
            foreach (var grouping in groupings)
                yield return ($"group {(filter.Length > 0 ? filter : "all")} by {grouping}", GroupBudget, () =>
                {
                    store.Apply([FleetChange.Of(changed = changed with { Revision = changed.Revision + 1 })]);
                    store.Groups(query, ExecutionGrouping.Parse(grouping));
                });
        }
    }

    private static (string What, string Text)[] Sought(FleetStore store)
    {
        var id = store.Page(ExecutionQuery.All, 1).Items[0].Id;
        return [("one letter", "e"), ("a name", "edge-00123"), ("job and node", "pipeline-0123 edge-00"), ("a pasted id", id), ("the beginning of an id", id[..4]), ("a part of an id", id[^5..]), ("a text that nothing contains", "zzzz")];
    }

    private void Measure(string name, double budget, Action action)
    {
        var times = new List<double>();
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < 3; i++) action();
        while (times.Count < 10 || (times.Count < 400 && Stopwatch.GetElapsedTime(begin).TotalSeconds < 0.8))
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Row(name + ", median", times.Percentile(0.5), "ms", null);
        Row(name + ", p99", times.Percentile(0.99), "ms", budget);
    }

    /// <summary>Pages while a writer applies changes without a pause.</summary>
    private void Readers(FleetStore store, SampleFleet fleet)
    {
        var random = new Random(4);
        var batches = Enumerable.Range(0, 200).Select(_ => Batch(store, fleet, random, 100)).ToArray();
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            var applied = 0;
            for (; !stop.IsCancellationRequested; applied++) store.Apply(batches[applied % batches.Length]);
            return applied;
        });
        Measure("while a writer applies without pause: one state", IndexedBudget, () => store.Page(ExecutionQuery.Parse("state=failed"), PageRows));
        Measure("while a writer applies without pause: all, by revision", SortBudget, () => store.Page(ExecutionQuery.Parse("sort=-revision"), PageRows));
        stop.Cancel();
        Row("batches of 100 applied meanwhile", writer.GetAwaiter().GetResult(), "", null);
    }

    private void Row(string name, double value, string unit, double? budget, bool isRate = false) =>
        table.Add("store", $"{executions:#,0}: {name}", value, unit, executions >= Budgeted ? budget : null, isRate);
}
