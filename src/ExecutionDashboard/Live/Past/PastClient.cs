using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Snapshots;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live.Attention;

namespace ExecutionDashboard.Live.Past;

/// <summary>Asks the feed about moments over HTTP. A fleet may take longer than any limit for all of it; whoever waits ends it.</summary>
public sealed class PastClient(HttpClient http, IFeedAddress address, FeedKey key) : IPastFeed
{
    private const string NotOffered = "The feed is of a version that cannot show the past.";

    /// <inheritdoc/>
    public Task<(PastMoment? Moment, string? Problem)> AtAsync(DateTimeOffset at, CancellationToken cancel) => ReadAsync<PastMoment>(FeedContract.PastPath(at), cancel);

    /// <inheritdoc/>
    public Task<(PastCounts? Counts, string? Problem)> CountAsync(long sequence, CancellationToken cancel) => ReadAsync<PastCounts>(FeedContract.PastCountsPath(sequence), cancel);

    /// <inheritdoc/>
    public Task<(FleetStore? Store, string? Problem)> LoadAsync(long sequence, Action<int> progress, CancellationToken cancel) => AskAsync<FleetStore>(FeedContract.PastSnapshotPath(sequence), async reply =>
    {
        await using var stream = await reply.Content.ReadAsStreamAsync(cancel);
        return (await new SnapshotLoader(isPast: true).ReadAsync(stream, loader => progress(loader.ExecutionCount), cancel)).Store;
    }, cancel);

    /// <inheritdoc/>
    public Task<(FeedBatch? Batch, string? Problem)> BetweenAsync(long from, long to, CancellationToken cancel) => ReadAsync<FeedBatch>(FeedContract.PastChangesPath(from, to), cancel);

    /// <inheritdoc/>
    public async Task<(ProblemMoment? Moment, string? Problem)> ProblemsAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var (moment, problem) = await ReadAsync<ProblemMoment>(FeedContract.ProblemMomentPath(at), cancel);
        return (moment is null ? null : moment with { Items = [.. moment.Items.Select(ProblemClient.Shown)] }, problem);
    }

    /// <inheritdoc/>
    public async Task<(DateTimeOffset? At, string? Problem)> StepAsync(DateTimeOffset at, bool isForward, FleetKind? kind, string id, CancellationToken cancel)
    {
        var (step, problem) = await ReadAsync<PastStep>(FeedContract.PastStepPath(at, isForward, kind, id), cancel);
        return (step?.At, problem);
    }

    private Task<(T? Answer, string? Problem)> ReadAsync<T>(string path, CancellationToken cancel) where T : class =>
        AskAsync(path, reply => reply.Content.ReadFromJsonAsync<T>(FeedContract.Json, cancel), cancel);

    private async Task<(T? Answer, string? Problem)> AskAsync<T>(string path, Func<HttpResponseMessage, Task<T?>> read, CancellationToken cancel) where T : class
    {
        if (address.BaseAddress is not { } feed) return (null, "The feed's address is not known yet.");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(feed, path.TrimStart('/')));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return reply.StatusCode switch
            {
                HttpStatusCode.OK => (await read(reply), null),
                HttpStatusCode.Conflict => (null, null),
                HttpStatusCode.Unauthorized => (null, FeedConnection.KeyRefused),
                HttpStatusCode.NotFound => (null, NotOffered),
                HttpStatusCode.Gone => (null, "The change log has no changes of this moment any more: its retention removed them."),
                _ => (null, $"The feed cannot say (status {(int)reply.StatusCode})."),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or FormatException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, $"The feed cannot be asked for the past: {ShownText.Of(e.Message)}");
        }
    }
}
