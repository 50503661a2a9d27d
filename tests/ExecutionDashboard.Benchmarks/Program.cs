using BenchmarkDotNet.Running;
using ExecutionDashboard.Benchmarks.Feed;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Live;
using ExecutionDashboard.Benchmarks.Rollout;
using ExecutionDashboard.Benchmarks.Store;

var table = new FigureTable();
switch (args.FirstOrDefault() ?? "store-quick")
{
    case "store-quick":
        StoreQuick.Run();
        return 0;
    case "store":
        BenchmarkSwitcher.FromTypes([typeof(StoreQueries), typeof(StoreApply)]).Run([.. args.Skip(1).DefaultIfEmpty("--filter=*")]);
        return 0;
    case "feed":
        await FeedRun.RunAsync(args[1..]);
        return 0;
    case "live":
        await LiveRun.RunAsync(table);
        break;
    case "rollout":
        RolloutRun.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10_000);
        return 0;
    default:
        Console.Error.WriteLine("Known: store-quick (a table in under a minute), store (BenchmarkDotNet; its own options follow), feed [executions] (log and hub, a minute for a million), live (viewers), rollout [nodes] (one look at a rollout).");
        return 2;
}
table.Write("artifacts");
return 0;
