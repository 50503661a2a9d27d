using System.Net.Http.Headers;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.UserData;

namespace ExecutionDashboard.Live.UserData;

/// <summary>Where views and preferences are kept. A problem in an answer says why there is none, for people.</summary>
public interface IUserDataFeed
{
    /// <summary>What changed after a version; 0 for everything.</summary>
    Task<(UserDataChanges? Changes, string? Problem)> ChangesAsync(long after, CancellationToken cancel);

    /// <summary>Saves a view.</summary>
    Task<(SavedView? Saved, string? Problem)> SaveAsync(SaveViewRequest request, CancellationToken cancel);

    /// <summary>Deletes a view that nobody changed since a version. Gives why not; null when it is deleted.</summary>
    Task<string?> DeleteAsync(string id, long expected, CancellationToken cancel);

    /// <summary>Keeps preferences, all or none. Gives why not; null when they are stored.</summary>
    Task<string?> SaveAsync(SavePreferencesRequest request, CancellationToken cancel);

    /// <summary>Asks for the right to renew a sign-in.</summary>
    Task<(RenewalTurn? Turn, string? Problem)> TakeRenewalAsync(string session, string holder, CancellationToken cancel);

    /// <summary>Gives the right to renew a sign-in back. Gives why not: then it ends with its time.</summary>
    Task<string?> EndRenewalAsync(string session, string holder, CancellationToken cancel);
}

/// <summary>The views and preferences that the feed keeps.</summary>
public sealed class UserDataClient(HttpClient http, IFeedAddress address, FeedKey key) : IUserDataFeed
{
    /// <inheritdoc/>
    public Task<(UserDataChanges? Changes, string? Problem)> ChangesAsync(long after, CancellationToken cancel) =>
        SendAsync<UserDataChanges>(HttpMethod.Get, FeedContract.UserDataPath(after), null, cancel);

    /// <inheritdoc/>
    public Task<(SavedView? Saved, string? Problem)> SaveAsync(SaveViewRequest request, CancellationToken cancel) => SendAsync<SavedView>(HttpMethod.Put, FeedContract.ViewsPath, request, cancel);

    /// <inheritdoc/>
    public async Task<string?> DeleteAsync(string id, long expected, CancellationToken cancel) => (await SendAsync<object>(HttpMethod.Delete, FeedContract.ViewPath(id, expected), null, cancel)).Problem;

    /// <inheritdoc/>
    public async Task<string?> SaveAsync(SavePreferencesRequest request, CancellationToken cancel) => (await SendAsync<object>(HttpMethod.Put, FeedContract.PreferencesPath, request, cancel)).Problem;

    /// <inheritdoc/>
    public Task<(RenewalTurn? Turn, string? Problem)> TakeRenewalAsync(string session, string holder, CancellationToken cancel) =>
        SendAsync<RenewalTurn>(HttpMethod.Post, FeedContract.RenewalPath(session, holder), null, cancel);

    /// <inheritdoc/>
    public async Task<string?> EndRenewalAsync(string session, string holder, CancellationToken cancel) => (await SendAsync<object>(HttpMethod.Delete, FeedContract.RenewalPath(session, holder), null, cancel)).Problem;

    private async Task<(T? Answer, string? Problem)> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel) where T : class
    {
        if (address.BaseAddress is not { } feed) return (null, "The feed's address is not known yet.");
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(feed, path.TrimStart('/')));
            if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: FeedContract.Json);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (reply.StatusCode == System.Net.HttpStatusCode.Unauthorized) return (null, FeedConnection.KeyRefused);
            if (!reply.IsSuccessStatusCode) return (null, await WhyAsync(reply, cancel));
            if (reply.StatusCode == System.Net.HttpStatusCode.NoContent) return (null, null);
            return await reply.Content.ReadFromJsonAsync<T>(FeedContract.Json, cancel) is { } answer ? (answer, null) : (null, "The feed sent no answer.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, $"The feed cannot be asked: {ShownText.Of(e.Message)}");
        }
    }

    private static async Task<string> WhyAsync(HttpResponseMessage reply, CancellationToken cancel) =>
        reply.Content.Headers.ContentType?.MediaType == "application/json" && (await reply.Content.ReadFromJsonAsync<Refusal>(FeedContract.Json, cancel))?.Message is { Length: > 0 } message
            ? ShownText.Of(message) : $"The feed answered with status {(int)reply.StatusCode}.";

    private sealed record Refusal(string? Message);
}
