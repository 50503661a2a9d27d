using System.Diagnostics;
using System.Net;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Past;
using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>Moments of a log of many changes, from the feed over HTTP to the fleets of a dashboard, in one process as it is usually run. The log spans a week.</summary>
internal static class PastRun
{
    private const int Batch = 1_000, Moments = 50, ChangesPerSecond = 1_000;
    private static readonly string[] States = ["starting", "running", "degraded", "failed"];
    private static readonly TimeSpan Played = TimeSpan.FromSeconds(10), Frame = TimeSpan.FromMilliseconds(100), Alone = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(FigureTable table, int executions, int changes)
    {
        void Add(string what, double value, string unit, double? budget = null) => table.Add("past", $"{executions:#,0}, {changes:#,0} changes: {what}", value, unit, budget);
        var folder = Directory.CreateTempSubdirectory("past-bench-").FullName;
        try
        {
            using var feed = new FeedRun.Parts(SqliteDatabase.Open(Path.Combine(folder, "fleet.db"), TimeSpan.FromSeconds(5))) { Every = TimeSpan.FromDays(7) / changes };
            var random = new Random(1);
            await FillAsync(feed, executions, changes, random);
            using var log = new FeedLog(feed.Log, feed.Reader);
            await using var app = await ServeAsync(feed, log);
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var address = new Address(new Uri(app.Urls.First() + "/"));
            PastStores Stores() => new(new PastClient(http, address, SharedKey.Key), Options.Create(new AttentionOptions()), TimeProvider.System);
            var (start, end) = (feed.Reader.KnownSince()!.Value, feed.Now);
            DateTimeOffset Any() => start + (end - start) * (0.05 + 0.9 * random.NextDouble());

            await FirstAsync(Add, Stores, [.. Enumerable.Range(0, 10).Select(_ => Any())]);
            await NearAsync(Add, Stores, Any(), feed.Every, random);
            foreach (var speed in new[] { 1, 60, 600 }) await PlayAsync(Add, Stores, start + (end - start) / 2, speed);
            await CrowdAsync(Add, Stores, feed, app.Urls.First(), Any, executions);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(FeedRun.Parts feed, int executions, int changes, Random random)
    {
        for (var i = 0; i < executions; i += Batch) await feed.Committer.CommitAsync([.. Enumerable.Range(i, Math.Min(Batch, executions - i)).Select(n => feed.Difference(n, "pending", 1))], default);
        for (long done = executions, revision = 2; done < changes; done += Batch, revision++)
            await feed.Committer.CommitAsync([.. Enumerable.Range(0, Batch).Select(_ => feed.Difference(random.Next(executions), States[random.Next(4)], revision)).DistinctBy(d => d.Change.Id)], default);
    }

    private static async Task<WebApplication> ServeAsync(FeedRun.Parts feed, FeedLog log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(feed.Stream).AddSingleton(feed.Metrics).AddSingleton(TimeProvider.System).AddSingleton<PresenceBoard>().AddSingleton<WatchedDashboards>()
            .AddSingleton(new PastSnapshot(log, feed.Mirror, feed.Ring, TimeProvider.System))
            .AddSignalR().AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions));
        var app = builder.Build();
        app.MapHub<FeedHub>(FeedContract.HubPath);
        app.MapGroup("/feed/v1").MapPast();
        await app.StartAsync();
        return app;
    }

    private static async Task FirstAsync(Action<string, double, string, double?> add, Func<PastStores> make, IReadOnlyList<DateTimeOffset> moments)
    {
        var (millis, counted) = (new List<double>(), new List<double>());
        foreach (var at in moments)
        {
            // Nobody has looked at the past before.
            using var stores = make();
            var clock = Stopwatch.StartNew();
            var (moment, _) = await stores.Feed.AtAsync(at, default);
            await stores.Feed.CountAsync(moment!.Sequence, default);
            counted.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            await UseAsync(stores, at, null);
            millis.Add(clock.Elapsed.TotalMilliseconds);
        }
        add("any moment, its numbers first, median", counted.Percentile(0.5), "ms", 1_000);
        add("any moment, its numbers first, worst", counted.Max(), "ms", null);
        add("any moment, its rows first, median", millis.Percentile(0.5), "ms", 1_000);
        add("any moment, its rows first, worst", millis.Max(), "ms", null);
    }

    private static async Task NearAsync(Action<string, double, string, double?> add, Func<PastStores> make, DateTimeOffset at, TimeSpan every, Random random)
    {
        using var stores = make();
        var store = await UseAsync(stores, at, null);
        var millis = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            at += every * ((random.Next(2) * 2 - 1) * Math.Pow(10, random.Next(5)));
            var clock = Stopwatch.StartNew();
            store = await UseAsync(stores, at, store);
            millis.Add(clock.Elapsed.TotalMilliseconds);
        }
        add("the next one, 1 to 10,000 changes away, p95", millis.Percentile(0.95), "ms", 150);
    }

    private static async Task PlayAsync(Action<string, double, string, double?> add, Func<PastStores> make, DateTimeOffset from, int speed)
    {
        using var stores = make();
        var store = await UseAsync(stores, from, null);
        var (frames, millis, clock) = (0, new List<double>(), Stopwatch.StartNew());
        while (clock.Elapsed < Played)
        {
            var began = clock.Elapsed;
            store = await UseAsync(stores, from + began * speed, store);
            millis.Add((clock.Elapsed - began).TotalMilliseconds);
            frames++;
            if (clock.Elapsed - began is var took && took < Frame) await Task.Delay(Frame - took, TimeProvider.System);
        }
        add($"play at {speed} times, frames a second", frames / clock.Elapsed.TotalSeconds, "", null);
        add($"play at {speed} times, a frame, p95", millis.Percentile(0.95), "ms", 100);
    }

    private static async Task CrowdAsync(Action<string, double, string, double?> add, Func<PastStores> make, FeedRun.Parts feed, string address, Func<DateTimeOffset> any, int executions)
    {
        await using var connection = new HubConnectionBuilder().WithUrl(address + FeedContract.HubPath).AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions)).Build();
        await connection.StartAsync();
        using var ended = new CancellationTokenSource();
        var live = new LiveClient(connection, feed);
        var changing = live.ChangeAsync(executions, ChangesPerSecond, ended.Token);
        var listening = live.ListenAsync(ended.Token);
        await Task.Delay(Alone, TimeProvider.System);
        var alone = live.Take();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var stores = make())
        {
            // Each looks, and then at something else: those who come later get its memory.
            var tabs = Enumerable.Range(0, Moments).Select(_ => new Tab()).ToList();
            var (clock, most) = (Stopwatch.StartNew(), 0L);
            var looked = Task.WhenAll(tabs.Select(tab => tab.LookAsync(stores, any())));
            while (!looked.IsCompleted)
            {
                await Task.WhenAny(looked, Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System));
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            }
            add($"{Moments} moments at once, until each was shown", clock.Elapsed.TotalSeconds, "s", null);
            var beside = live.Take();
            add("of them shown", (await looked).Count(shown => shown), "", null);
            add("put aside meanwhile for those who came later", tabs.Count(tab => tab.IsAside), "", null);
            add("heap meanwhile, with what the collector had not looked at", (most - before) / 1e6, "MB", null);
            add("heap of those that are kept", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, "MB", 1_500);
            add("a live client at 1,000 changes/s alone, lateness p99", alone.Percentile(0.99), "ms", null);
            add("the same beside them", beside.Percentile(0.99), "ms", null);
            GC.KeepAlive(tabs);
        }
        await ended.CancelAsync();
        await Task.WhenAll(changing, listening);
    }

    private static async Task<PastStore> UseAsync(PastStores stores, DateTimeOffset at, PastStore? from)
    {
        var (moment, problem) = await stores.Feed.AtAsync(at, default);
        if (moment is null) throw new InvalidOperationException(problem);
        var (store, why) = await stores.UseAsync(null, moment, from, _ => { }, default);
        return store ?? throw new InvalidOperationException(why);
    }

    // A tab that is left as soon as it shows its moment.
    private sealed class Tab : IPastViewer
    {
        private PastStore? _store;

        public DateTimeOffset LastUsed { get; private set; } = DateTimeOffset.MaxValue;
        public bool IsAside { get; private set; }

        public async Task<bool> LookAsync(PastStores stores, DateTimeOffset at)
        {
            var (moment, _) = await stores.Feed.AtAsync(at, default);
            (_store, _) = await stores.UseAsync(null, moment!, null, _ => { }, default, this);
            LastUsed = DateTimeOffset.MinValue;
            return _store is not null;
        }

        public void Wait(int moments)
        {
        }

        public void PutAside() => (_store, IsAside) = (null, true);
    }

    private sealed record Address(Uri BaseAddress) : IFeedAddress
    {
        Uri? IFeedAddress.BaseAddress => BaseAddress;
    }

    // A client of the hub, and the changes that it is sent: how late each batch is.
    private sealed class LiveClient(HubConnection connection, FeedRun.Parts feed)
    {
        private readonly Lock _gate = new();
        private List<double> _late = [];
        private long _committed;

        public List<double> Take()
        {
            lock (_gate)
            {
                var late = _late;
                _late = [];
                return late;
            }
        }

        public async Task ChangeAsync(int executions, int perSecond, CancellationToken cancel)
        {
            var random = new Random(7);
            for (long revision = 1_000_000; !cancel.IsCancellationRequested; revision++)
            {
                Interlocked.Exchange(ref _committed, Stopwatch.GetTimestamp());
                await feed.Committer.CommitAsync([.. Enumerable.Range(0, perSecond / 10).Select(_ => feed.Difference(random.Next(executions), States[random.Next(4)], revision)).DistinctBy(d => d.Change.Id)], default);
                await Task.Delay(Frame, TimeProvider.System, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        public async Task ListenAsync(CancellationToken cancel)
        {
            try
            {
                await foreach (var batch in connection.StreamAsync<FeedBatch>(FeedContract.Subscribe, feed.Log.LogId, feed.Log.LastSequence, cancel))
                    if (batch.Changes.Count > 0)
                        lock (_gate) _late.Add(Stopwatch.GetElapsedTime(Interlocked.Read(ref _committed)).TotalMilliseconds);
            }
            catch (OperationCanceledException)
            {
                // It was closed.
            }
        }
    }
}
