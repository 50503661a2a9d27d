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
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="FormatException">It is cut, damaged or of another version; the message is the end of a sentence.</exception>
    public static async Task<(SnapshotHeader Header, FleetStore Store)> ReadAsync(Uri feed, FeedKey key, FleetObservations observations, Action<int> progress, CancellationToken cancel)
    {
        // The caller ends it after a silence; a large fleet may take longer than any limit for all of it.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(feed, FeedContract.SnapshotPath.TrimStart('/')));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
        using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        reply.EnsureSuccessStatusCode();
        await using var stream = await reply.Content.ReadAsStreamAsync(cancel);
        return await new SnapshotLoader(observations).ReadAsync(stream, loader => progress(loader.ExecutionCount), cancel);
    }
}
