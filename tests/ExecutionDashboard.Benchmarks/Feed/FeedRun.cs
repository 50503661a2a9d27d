using System.Diagnostics;
using System.Net;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.PostgreSql;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>The feed's log and hub at a number of executions, on a database of its own in the temporary folder.</summary>
internal static class FeedRun
{
    private const int Batch = 1_000;
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static Task RunAsync(FigureTable table, int executions) => OnFileAsync(table, executions, async (add, open) =>
    {
        await AppendAsync(add, open, executions);
        await HistoryRun.RunAsync(add, open, executions);
        await StreamAsync(add, open);
    });

    /// <summary>The hub alone, on a log that is filled for it.</summary>
    public static Task HubAsync(FigureTable table, int executions) => OnFileAsync(table, executions, async (add, open) =>
    {
        using (var feed = new Parts(open())) await FillAsync(add, feed, executions);
        await StreamAsync(add, open);
    });

    /// <summary>The log and its queries on both storages: a file in the temporary folder, and an empty schema of a PostgreSQL database.</summary>
    /// <param name="table">Takes the figures.</param>
    /// <param name="executions">How many.</param>
    /// <param name="connection">The PostgreSQL database.</param>
    public static async Task StorageAsync(FigureTable table, int executions, string connection)
    {
        await OnFileAsync(table, executions, SideAsync);
        var schema = $"bench_{Guid.NewGuid():N}";
        await SideAsync((what, value, unit, budget, isRate) => table.Add("feed", $"{executions:#,0}, PostgreSQL: {what}", value, unit, budget, isRate), () => PgDatabase.Open($"{connection};Search Path={schema}", "", TimeProvider.System));

        async Task SideAsync(Adding add, Func<Database> open)
        {
            await AppendAsync(add, open, executions);
            await HistoryRun.RunAsync(add, open, executions);
        }
    }

    private static async Task OnFileAsync(FigureTable table, int executions, Func<Adding, Func<Database>, Task> run)
    {
        void Add(string what, double value, string unit, double? budget = null, bool isRate = false) =>
            table.Add("feed", $"{executions:#,0}: {what}", value, unit, executions >= 1_000_000 ? budget : null, isRate);
        var folder = Directory.CreateTempSubdirectory("feed-bench-").FullName;
        try
        {
            await run(Add, () => SqliteDatabase.Open(Path.Combine(folder, "fleet.db"), TimeSpan.FromSeconds(5)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AppendAsync(Adding add, Func<Database> open, int executions)
    {
        using var feed = new Parts(open());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await FillAsync(add, feed, executions);
        add("memory of the mirror", (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)executions, "B/execution");

        var random = new Random(1);
        string[] states = ["starting", "running", "degraded", "failed"];
        foreach (var (name, spread) in new[] { ("20,000 live executions", Math.Min(20_000, executions)), ("any execution", executions) })
        {
            // Enough of them that the log has to settle: half of a large fleet waits before it does.
            var transitions = Math.Max(200_000, spread);
            var batches = Enumerable.Range(0, transitions / Batch).Select(b => Enumerable.Range(0, Batch)
                .Select(_ => feed.Difference(random.Next(spread), states[random.Next(4)], b + 2)).DistinctBy(d => d.Change.Id).ToList()).ToList();
            clock.Restart();
            foreach (var batch in batches) await feed.Committer.CommitAsync(batch, default);
            add($"append transitions, {name}", batches.Sum(b => b.Count) / clock.Elapsed.TotalSeconds, "transitions/s", 100_000, true);
        }

        var micros = Enumerable.Range(0, 5_000).Select(_ =>
        {
            var id = Id(random.Next(Math.Min(20_000, executions)));
            feed.Mirror.Executions.TryGet(id, out var known);
            clock.Restart();
            feed.Reader.StepsOf(FleetKind.Execution, id, known!.Last);
            return clock.Elapsed.TotalMicroseconds;
        }).ToList();
        add("history of one execution, p99", micros.Percentile(0.99) / 1000, "ms", 1);
        add("log file per event", feed.Log.Database.Bytes / (double)feed.Log.LastSequence, "B");
    }

    private static async Task FillAsync(Adding add, Parts feed, int executions)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < executions; i += Batch)
            await feed.Committer.CommitAsync([.. Enumerable.Range(i, Math.Min(Batch, executions - i)).Select(n => feed.Difference(n, "pending", 1))], default);
        add("first load into log and mirror", executions / clock.Elapsed.TotalSeconds, "executions/s", 100_000, true);
    }

    private static async Task StreamAsync(Adding add, Func<Database> open)
    {
        var clock = Stopwatch.StartNew();
        using var feed = new Parts(open());
        add("restart, mirror from the log", feed.Mirror.Count / clock.Elapsed.TotalSeconds, "executions/s", null, true);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(feed.Stream).AddSingleton(feed.Metrics).AddSingleton(TimeProvider.System).AddSingleton<PresenceBoard>().AddSingleton<WatchedDashboards>()
            .AddSignalR().AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions));
        await using var app = builder.Build();
        app.MapHub<FeedHub>(FeedContract.HubPath);
        await app.StartAsync();
        await using var connection = new HubConnectionBuilder().WithUrl(app.Urls.First() + FeedContract.HubPath)
            .AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions)).Build();
        await connection.StartAsync();

        clock.Restart();
        var received = 0;
        await foreach (var batch in connection.StreamAsync<FeedBatch>(FeedContract.Subscribe, "", 0L))
        {
            received += batch.Changes.Count;
            if (batch.Remaining == 0) break;
        }
        add("hub, snapshot to a .NET client in this process", received / clock.Elapsed.TotalSeconds, "changes/s", 300_000, true);

        foreach (var time in new[] { "first", "again" })
        {
            using var all = new MemoryStream();
            foreach (var part in new SnapshotStream(feed.Mirror, feed.Ring, feed.Stream).Parts()!) all.Write(part.Span);
            all.Position = 0;
            var before = Environment.CpuUsage.TotalTime;
            await new SnapshotLoader().ReadAsync(all, null, default);
            add($"snapshot in one piece into a store, {time}, processor time", (Environment.CpuUsage.TotalTime - before).TotalSeconds, "s");
            add($"snapshot in one piece, {time}", all.Length / (double)feed.Mirror.Count, "B/entity");
        }

        clock.Restart();
        received = 0;
        var end = feed.Log.LastSequence;
        await foreach (var batch in connection.StreamAsync<FeedBatch>(FeedContract.Subscribe, feed.Log.LogId, end - 100_000))
        {
            received += batch.Changes.Count;
            if (batch.Sequence == end) break;
        }
        add("hub, resume 100,000 numbers after a restart", clock.Elapsed.TotalSeconds, "s");

        var waits = new List<double>();
        await using var batches = connection.StreamAsync<FeedBatch>(FeedContract.Subscribe, feed.Log.LogId, end).GetAsyncEnumerator();
        await batches.MoveNextAsync();
        for (var i = 0; i < 50; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System);
            clock.Restart();
            await feed.Committer.CommitAsync([feed.Difference(i, "running", 1_000 + i)], default);
            while (await batches.MoveNextAsync() && batches.Current.Changes.Count == 0) { }
            waits.Add(clock.Elapsed.TotalMilliseconds);
        }
        add("lone change, seen by the watcher, stored, at the client, p95", waits.Percentile(0.95), "ms");
    }

    private static string Id(int n) => new Guid(n, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();

    internal delegate void Adding(string what, double value, string unit, double? budget = null, bool isRate = false);

    internal sealed class Parts : IDisposable
    {
        public Parts(Database database)
        {
            Ring = new ChangeRing(Mirror);
            Log = ChangeLog.Open(database);
            Log.Attach("http://bench");
            Log.LoadInto(Mirror, default);
            Reader = new LogReader(Log.Database);
            var (signal, ring) = (new ChangeSignal(), Ring);
            ring.StartAt(Log.LastSequence);
            var board = new StatusBoard(signal);
            Stream = new FeedStream(Mirror, ring, signal, board, Metrics, TimeProvider.System);
            Stream.Open(Reader, Log.LogId);
            Committer = new ChangeCommitter(Log, Mirror, ring, signal, board, Metrics, TimeProvider.System, NullLogger<ChangeCommitter>.Instance);
        }

        public ChangeLog Log { get; }
        public LogReader Reader { get; }
        public FleetMirror Mirror { get; } = new();
        public ChangeRing Ring { get; }
        public FeedMetrics Metrics { get; } = new();
        public FeedStream Stream { get; }
        public ChangeCommitter Committer { get; }

        /// <summary>How long after the one before a change is seen.</summary>
        public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(1);

        /// <summary>A clock that the changes move.</summary>
        public DateTimeOffset Now => Start + Every * Log.LastSequence;

        public Difference Difference(int n, string state, long revision)
        {
            var execution = new Execution
            {
                Id = Id(n),
                JobId = $"job-{n % 2_000}",
                JobType = "pipeline",
                JobVersion = 3,
                Namespace = "production",
                NodeId = $"node-edge-{n % 1_000}",
                DeploymentId = $"deployment-{n % 4_000}",
                SpecHash = $"0123456789abcdef0123456789ab{n % 2_000:0000}",
                Desired = new StateReport(ExecutionState.Of(KnownExecutionState.Running)),
                Actual = new StateReport(ExecutionState.Parse(state), $"{state}: output connection refused by peer {n % 64}"),
                Revision = revision,
                CreatedAt = Now,
                UpdatedAt = Now,
            };
            Mirror.Executions.TryGet(execution.Id, out var known);
            return new Difference(FleetChange.Of(execution), StateChanges.Of(known?.Value, execution, Now), known?.Place ?? default, known?.Value);
        }

        public void Dispose()
        {
            Log.Dispose();
            Metrics.Dispose();
        }
    }
}
