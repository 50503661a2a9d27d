using System.Net.Http.Headers;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Live;

/// <summary>Reads the feed's snapshot (<see cref="FeedContract.SnapshotPath"/>) into a store.</summary>
internal static class SnapshotDownload
{
    /// <summary>Reads it.</summary>
    /// <param name="feed">The feed's address.</param>
    /// <param name="key">Its key.</param>
    /// <param name="observations">Goes on in the store.</param>
    /// <param name="progress">Called after each block, with the number of executions read.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The header and the store.</returns>
    /// <exception cref="HttpRequestException">The feed does not have it, or cannot be asked.</exception>
    /// <exception cref="IOException">It ended too early.</exception>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static async Task<(SnapshotHeader Header, FleetStore Store)> ReadAsync(Uri feed, FeedKey key, FleetObservations observations, Action<int> progress, CancellationToken cancel)
    {
        // The caller ends it after a silence; a large fleet may take longer than any limit for all of it.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(feed, FeedContract.SnapshotPath.TrimStart('/')));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
        using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        reply.EnsureSuccessStatusCode();
        await using var stream = await reply.Content.ReadAsStreamAsync(cancel);

        var loader = new SnapshotLoader(observations);
        // The next block is received while this one is read.
        var (here, coming) = (new Received(), new Received());
        await here.ReceiveAsync(stream, cancel);
        while (true)
        {
            var next = here.Kind == SnapshotBlockKind.End ? Task.CompletedTask : coming.ReceiveAsync(stream, cancel);
            loader.Read(here.Kind, here.Content);
            progress(loader.ExecutionCount);
            if (loader.IsComplete) return (loader.Header!, loader.Complete());
            await next;
            (here, coming) = (coming, here);
        }
    }

    private sealed class Received
    {
        private readonly byte[] _prefix = new byte[SnapshotBlock.PrefixLength];
        private byte[] _content = new byte[SnapshotBlock.UsualLength + 8_192];
        private int _length;

        public SnapshotBlockKind Kind { get; private set; }

        public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

        public async Task ReceiveAsync(Stream stream, CancellationToken cancel)
        {
            await stream.ReadExactlyAsync(_prefix, cancel);
            (Kind, _length) = SnapshotBlock.ReadPrefix(_prefix);
            if (_content.Length < _length) _content = new byte[_length];
            await stream.ReadExactlyAsync(_content.AsMemory(0, _length), cancel);
        }
    }
}
