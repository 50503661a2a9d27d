using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>Asks the feed for what executions went through.</summary>
public sealed class FeedHistoryClient(HttpClient http, IFeedAddress address)
{
    /// <summary>The history of an execution, or why there is none.</summary>
    public async Task<(FeedHistory? History, string? Problem)> OfExecutionAsync(string id, CancellationToken cancel)
    {
        if (address.BaseAddress is not { } feed) return (null, "The feed's address is not known yet.");
        try
        {
            using var reply = await http.GetAsync(new Uri(feed, FeedContract.HistoryPath(id).TrimStart('/')), cancel);
            if (!reply.IsSuccessStatusCode) return (null, $"The feed has no history of it (status {(int)reply.StatusCode}).");
            var history = await reply.Content.ReadFromJsonAsync<FeedHistory>(FeedContract.Json, cancel);
            return history is null ? (null, "The feed sent no history.") : (history, null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, $"The feed cannot be asked for the history: {e.Message}");
        }
    }
}
