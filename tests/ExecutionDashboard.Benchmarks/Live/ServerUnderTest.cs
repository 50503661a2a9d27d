using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Diagnostics.NETCore.Client;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>The program in a process of its own, with what it uses.</summary>
internal sealed partial class ServerUnderTest : IAsyncDisposable
{
    private const long CollectHeap = 0x800000;
    private const int MostLines = 30;
    private static readonly TimeSpan CollectionLimit = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private PartProcess _part = null!;
    private Process _process = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address => _part.Address;

    /// <summary>Its number in the system.</summary>
    public int ProcessId => _part.ProcessId;

    /// <summary>For asking it.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Processor time used so far, of all cores.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory resident now, bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the program with settings: the one that was built with the benchmarks, or that of another build, which the variable PROGRAM names.</summary>
    public static async Task<ServerUnderTest> StartAsync(params (string Key, string Value)[] settings)
    {
        var server = new ServerUnderTest();
        var all = new Dictionary<string, string> { ["Simulator:Database"] = "", [SharedKey.Setting] = SharedKey.Value, ["Storage:ConnectionString"] = server._folder["fleet.db"], ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information" };
        foreach (var (key, value) in settings) all[key] = value;
        var program = Environment.GetEnvironmentVariable("PROGRAM");
        // An older build that is published looks for its assets in the folder where it is started.
        if (program is not null && Path.GetDirectoryName(program) is { } published && Directory.Exists(Path.Combine(published, "wwwroot"))) all["ASPNETCORE_CONTENTROOT"] = published;
        server._part = await PartProcess.StartAsync(all, server._folder.Path, program: program);
        server._process = Process.GetProcessById(server._part.ProcessId);
        return server;
    }

    /// <summary>Waits until its replica is live; gives how long that took from now.</summary>
    public async Task<TimeSpan> LiveAsync(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!(await Http.GetStringAsync(new Uri(Address, "health/ready"))).Contains("\"description\":\"live\"", StringComparison.Ordinal))
        {
            if (clock.Elapsed > limit) throw new TimeoutException($"The dashboard is not live after {limit}: {await Http.GetStringAsync(new Uri(Address, "health/ready"))}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        return clock.Elapsed;
    }

    /// <summary>Bytes on the managed heap after a full collection, which is asked for.</summary>
    public async Task<double> HeapAsync()
    {
        var (before, clock) = (await FullCollectionsAsync(), Stopwatch.StartNew());
        using (var session = new DiagnosticsClient(_process.Id).StartEventPipeSession(new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, CollectHeap), requestRundown: false))
        {
            var drained = session.EventStream.CopyToAsync(Stream.Null);
            while (await FullCollectionsAsync() <= before)
            {
                if (clock.Elapsed > CollectionLimit) throw new TimeoutException("The program did not collect its heap when asked to.");
                await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
            }
            await session.StopAsync(CancellationToken.None);
            await drained;
        }
        return await MetricAsync("dotnet_gc_last_collection_heap_size_bytes", "");
    }

    private Task<double> FullCollectionsAsync() => MetricAsync("dotnet_gc_collections_total", "gc_heap_generation=\"gen2\"");

    /// <summary>The sum of a metric's series whose labels hold a text.</summary>
    public async Task<double> MetricAsync(string name, string labels) =>
        Series().Matches(await Http.GetStringAsync(new Uri(Address, "metrics")))
            .Where(m => m.Groups["name"].Value == name && m.Groups["labels"].Value.Contains(labels, StringComparison.Ordinal))
            .Sum(m => double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        // What it warned of belongs to the run.
        foreach (var line in _part.Output.Split('\n').SkipWhile(l => !Complaint().IsMatch(l)).Take(MostLines)) Console.Error.WriteLine(line);
        Http.Dispose();
        _process.Dispose();
        await _part.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex("^(warn|fail|crit):")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"^(?<name>[a-z_0-9]+)(\{(?<labels>[^}]*)\})? (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Series();
}
