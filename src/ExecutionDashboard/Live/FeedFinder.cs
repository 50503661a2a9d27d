using System.Net.Http.Headers;
using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>Finds the feed that leads among those that are known. Never fails: a feed that does not answer is none.</summary>
public sealed class FeedFinder(HttpClient http, IFeedAddress address, FeedKey key)
{
    /// <summary>How long a feed has to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The feed to follow next: the one that leads, else one that answers. Null when there is no choice, or none answers.</summary>
    public async Task<Uri?> BestAsync(CancellationToken cancel)
    {
        if (address.BaseAddress is not { } asked || (address.Known.Count == 1 && address.Known[0] == asked)) return null;
        var answers = await AskAsync(address.Known.Append(asked), cancel);
        return Leader(answers) ?? answers.OrderBy(a => a.Feed == asked ? 0 : 1).Select(a => a.Feed).FirstOrDefault() ?? address.Known[0];
    }

    /// <summary>The feed that leads; null while none is found.</summary>
    /// <param name="named">Address of the leader, as a feed that stands by names it; empty when it does not know.</param>
    /// <param name="cancel">Ends the search.</param>
    public async Task<Uri?> LeaderAsync(string named, CancellationToken cancel)
    {
        var feeds = address.Known.ToList();
        if (Uri.TryCreate(named, UriKind.Absolute, out var leader) && leader.Scheme is "http" or "https") feeds.Add(leader!);
        return Leader(await AskAsync(feeds, cancel));
    }

    /// <summary>The feed that leads, of those that are known besides one that is not asked; null while none is found.</summary>
    public async Task<Uri?> OtherLeaderAsync(Uri feed, CancellationToken cancel) => Leader(await AskAsync(address.Known.Where(known => known != feed), cancel));

    private static Uri? Leader(IEnumerable<(Uri Feed, FeedStatus Status)> answers) =>
        answers.Where(a => a.Status is { IsStandby: false, LogId.Length: > 0 }).OrderByDescending(a => a.Status.Epoch).Select(a => a.Feed).FirstOrDefault();

    private async Task<IReadOnlyList<(Uri Feed, FeedStatus Status)>> AskAsync(IEnumerable<Uri> feeds, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(feeds.Distinct().Select(feed => AskAsync(feed, cancel)));
        return [.. answers.Where(a => a.Status is not null).Select(a => (a.Feed, a.Status!))];
    }

    private async Task<(Uri Feed, FeedStatus? Status)> AskAsync(Uri feed, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(feed, FeedContract.StatusPath.TrimStart('/')));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return (feed, reply.IsSuccessStatusCode ? await reply.Content.ReadFromJsonAsync<FeedStatus>(FeedContract.Json, cancel) : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            return (feed, null);
        }
    }
}
