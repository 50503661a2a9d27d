using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ExecutionDashboard.IntegrationTests.Circuits;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>Viewers without browsers, who note when a marked change reached them.</summary>
internal sealed class Viewers(ServerUnderTest server, BenchFeed feed) : IAsyncDisposable
{
    private const int MarkDigits = 6;
    private static readonly string MarkedTime = BenchFeed.MarkedTime.ToString(CultureInfo.InvariantCulture)[..^MarkDigits];
    private readonly List<Circuit> _circuits = [];
    private volatile ConcurrentQueue<double> _latencies = [];

    /// <summary>How many.</summary>
    public int Count => _circuits.Count;

    /// <summary>Renders that they received.</summary>
    public long Batches => _circuits.Sum(c => c.Batches);

    /// <summary>Bytes of them, before compression.</summary>
    public long Bytes => _circuits.Sum(c => c.Bytes);

    /// <summary>Failed pages and broken connections.</summary>
    public long Errors => _circuits.Sum(c => c.Errors);

    /// <summary>Opens pages until there are so many viewers.</summary>
    public async Task OpenAsync(string path, int count)
    {
        while (_circuits.Count < count) _circuits.Add(await OneAsync(path, server.Address));
    }

    /// <summary>Opens a page at another address, such as a proxy's.</summary>
    public Task<Circuit> OneAsync(string path, Uri address)
    {
        var last = 0;
        return Circuit.OpenAsync(server.Http, address, path, bytes =>
        {
            // Most renders have none, and need not become a text.
            if (bytes.AsSpan().IndexOf("mark-"u8) is var at and >= 0) Look(Encoding.Latin1.GetString(bytes.AsSpan(at)), "mark-", ref last);
        }, arguments => Look(arguments, MarkedTime, ref last));
    }

    private void Look(ReadOnlySpan<char> text, ReadOnlySpan<char> sign, ref int last)
    {
        for (var rest = text; rest.IndexOf(sign) is var at and >= 0; rest = rest[(at + sign.Length)..])
        {
            if (rest.Length < at + sign.Length + MarkDigits) break;
            var mark = int.TryParse(rest.Slice(at + sign.Length, MarkDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            if (mark <= last) continue;
            last = mark;
            if (feed.SinceMark(mark) is { } latency) _latencies.Enqueue(latency);
        }
    }

    /// <summary>Closes the page of so many, the oldest first.</summary>
    public async Task CloseAsync(int count)
    {
        var leaving = _circuits.Take(count).ToArray();
        _circuits.RemoveRange(0, leaving.Length);
        foreach (var circuit in leaving) await circuit.DisposeAsync();
    }

    /// <summary>Milliseconds from the feed to the viewers, of the marks that arrived since the last call.</summary>
    public IReadOnlyCollection<double> TakeLatencies() => Interlocked.Exchange(ref _latencies, []);

    public async ValueTask DisposeAsync() => await CloseAsync(_circuits.Count);
}
