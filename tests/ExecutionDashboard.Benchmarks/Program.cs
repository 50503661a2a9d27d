using System.Globalization;
using BenchmarkDotNet.Running;
using ExecutionDashboard.Benchmarks.Attention;
using ExecutionDashboard.Benchmarks.Browser;
using ExecutionDashboard.Benchmarks.Change;
using ExecutionDashboard.Benchmarks.Chaos;
using ExecutionDashboard.Benchmarks.Feed;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Live;
using ExecutionDashboard.Benchmarks.Rollout;
using ExecutionDashboard.Benchmarks.Specs;
using ExecutionDashboard.Benchmarks.Store;
using ExecutionDashboard.Benchmarks.Timeline;

const string usage = """
    store    every kind of query, apply and memory at 10,000, 100,000 and 1,000,000 executions
    feed     log, hub, and the first load of a million executions over HTTP
    live     viewers without browsers: CPU, memory and lateness at 0 to 5,000 changes a second [one page, or "growth": other sizes of the fleet]
    browser  Chromium: first rows, lateness, scrolling, script heap; the timeline's canvas; the page of a rollout ["growth": other sizes of the fleet alone]
    change   from the control plane to the browser: one change, what is asked of the control plane, a filter, first pages [executions] [first, open, filter, quiet or busy alone]
    compare  the figures of two builds beside each other, as against writes them [folder]
    timeline the timeline alone: its canvas at 1,000 to 1,000,000 lanes, and what their order costs the server
    attention problems at 1,000,000 executions on 100,000 nodes: the first look, memory, 1,000 changes a second, a region that falls over [executions] [nodes]
    soak     half an hour of changes, with viewers who come and go [minutes] [how many each half minute]
    all      all but soak
    crowd    one client that opens tabs without end, beside other viewers: memory, and how late their changes are [tabs] [tabs allowed]
    profile  viewers on a dashboard, for a profiler to look at [viewers] [changes/s] [minutes] [page]
    load     the first load over HTTP alone [executions]
    follow   how many changes a second one feed follows of those asked of a simulator, and its processor time: where one feed's limit is [changes/s] [executions]
    memory   feed and dashboard in one process at 10,000 to 1,000,000 executions: resident and heap after a first load and a restart, bytes an execution and node [executions]
    past     moments of the past over HTTP: the first one, the next near it, play, 50 at once with heap and how late a live client gets changes meanwhile [executions] [changes]
    storage  the log and its queries on SQLite and on PostgreSQL [executions] [connection string]
    takeover two feeds over PostgreSQL: from the end of the one that leads, killed or stopped, to the first change that the other stores [kill or stop] [runs] [executions]
    standby  two feeds over PostgreSQL: how far the one that stands by is behind, with Redis and without [executions] [changes/s]
    chaos    feeds, dashboards, Redis, PostgreSQL and the connections between them fail at random under 1,000 changes a second [faults] [seed] [longest of them, seconds]
    rolling  from another build to this one, a process at a time, under 1,000 changes a second: PROGRAM is the other build's program
    growth   first load, restart, join, memory, rest and pages over HTTP at 10,000, 100,000, 1,000,000 and 4,000,000 executions [executions]...
    hub      what the feed's hub streams to a client, alone [executions]
    queries  the store's queries whose name has a text, and "apply", alone [text] [executions]
    specs    a long spec alone
    scopes   viewers who see parts of the fleet beside viewers who see all of it: processor time and memory [executions] [viewers]
    lanes    the order of lanes on the server alone [nodes]
    linq     BenchmarkDotNet: the store beside LINQ over objects (its own options follow)
    counts   bytes per execution of store, feed and both, and per query, against Store/counts.json [--write]
    """;

var table = new FigureTable();
var verb = args.FirstOrDefault() ?? "all";
var all = verb == "all";
switch (verb)
{
    case "store" or "feed" or "live" or "browser" or "all":
        if (all || verb == "store")
        {
            StoreRun.Run(table, "", 10_000, 100_000, 1_000_000);
            RolloutRun.Run(table, 10_000);
            await SpecRun.RunAsync(table, megabytes: 1);
            LaneOrderRun.Run(table, 100_000);
            AttentionRun.Run(table, 1_000_000, 100_000);
        }
        if (all || verb == "feed")
        {
            foreach (var size in new[] { 10_000, 100_000, 1_000_000 }) await FeedRun.RunAsync(table, size);
            await FirstLoadRun.RunAsync(table);
        }
        if (all || verb == "live")
        {
            var page = args.Length > 1 ? args[1] : "";
            if (page != "growth") await LiveRun.RunAsync(table, page: page);
            if (page is "" or "growth") foreach (var size in new[] { 10_000, 1_000_000 }) await LiveRun.GrowAsync(table, size);
        }
        if (all || verb == "browser")
        {
            var part = args.Length > 1 ? args[1] : "";
            if (part != "growth") await BrowserRun.RunAsync(table);
            foreach (var size in new[] { 10_000, 1_000_000 }) await BrowserRun.GrowAsync(table, size);
            if (part != "growth") await TimelineRun.RunAsync(table);
        }
        break;
    case "change":
        await ChangeRun.RunAsync(table, Number(1, 10_000), args.Length > 2 ? args[2] : "");
        break;
    case "compare":
        return FigureComparison.Run(args[1]);
    case "timeline":
        foreach (var nodes in new[] { 10_000, 100_000, 1_000_000 }) LaneOrderRun.Run(table, nodes);
        await TimelineRun.RunAsync(table);
        break;
    case "attention":
        AttentionRun.Run(table, Number(1, 1_000_000), Number(2, 100_000));
        break;
    case "scopes":
        await ScopeRun.RunAsync(table, Number(1, 100_000), Number(2, 300));
        break;
    case "load":
        await FirstLoadRun.LoadAsync(table, Number(1, 1_000_000));
        break;
    case "follow":
        foreach (var rate in args.Length > 1 ? [Number(1, 0)] : new[] { 1_000, 5_000, 10_000, 20_000, 40_000 }) await FirstLoadRun.KeepUpAsync(table, rate, Number(2, 100_000));
        break;
    case "memory":
        foreach (var size in args.Length > 1 ? [Number(1, 0)] : new[] { 10_000, 100_000, 1_000_000 }) await MemoryRun.RunAsync(table, size);
        break;
    case "past":
        await PastRun.RunAsync(table, Number(1, 1_000_000), Number(2, 10_000_000));
        break;
    case "storage":
        await FeedRun.StorageAsync(table, Number(1, 1_000_000), args.Length > 2 ? args[2] : "Host=127.0.0.1;Database=postgres;Username=postgres");
        break;
    case "takeover":
        await TakeoverRun.RunAsync(table, isStopped: args.Length > 1 && args[1] == "stop", Number(2, 10), Number(3, 10_000));
        break;
    case "standby":
        await StandbyRun.RunAsync(table, Number(1, 10_000), Number(2, 20));
        break;
    case "chaos":
        var isWell = await ChaosBench.RunAsync(table, Number(1, 200), Number(2, 1), Number(3, 60));
        table.Write("artifacts");
        return isWell ? 0 : 1;
    case "rolling":
        var isUpdated = await RollingBench.RunAsync(table, Environment.GetEnvironmentVariable("PROGRAM") ?? throw new InvalidOperationException("PROGRAM is missing: see eng/rolling.sh"));
        table.Write("artifacts");
        return isUpdated ? 0 : 1;
    case "growth":
        foreach (var size in args.Length > 1 ? args.Skip(1).Select(size => int.Parse(size, CultureInfo.InvariantCulture)) : [10_000, 100_000, 1_000_000, 4_000_000]) await GrowthRun.RunAsync(table, size);
        break;
    case "hub":
        await FeedRun.HubAsync(table, Number(1, 1_000_000));
        break;
    case "queries":
        StoreRun.Run(table, args.Length > 1 ? args[1] : "", Number(2, 1_000_000));
        break;
    case "specs":
        await SpecRun.RunAsync(table, megabytes: 1);
        break;
    case "lanes":
        LaneOrderRun.Run(table, Number(1, 100_000));
        break;
    case "soak":
        await SoakRun.RunAsync(table, TimeSpan.FromMinutes(Number(1, 30)), Number(2, 5));
        break;
    case "crowd":
        await CrowdRun.RunAsync(table, Number(1, 500), Number(2, 0));
        break;
    case "profile":
        await ProfileRun.RunAsync(Number(1, 50), Number(2, 1000), TimeSpan.FromMinutes(Number(3, 5)), args.Length > 4 ? args[4] : "executions?sort=-created");
        return 0;
    case "linq":
        BenchmarkSwitcher.FromTypes([typeof(StoreQueries), typeof(StoreApply)]).Run([.. args.Skip(1).DefaultIfEmpty("--filter=*")]);
        return 0;
    case "counts":
        return await StoreCounts.RunAsync(write: args.Contains("--write"));
    default:
        Console.Error.WriteLine($"'{verb}' is not known. Known are:\n{usage}");
        return 2;
}
table.Write("artifacts");
return 0;

int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
