using System.Net;
using System.Net.Http.Headers;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// The last replies with an <c>ETag</c>, of the first pages of lists: a server that offers it then answers 304 to <c>If-None-Match</c> instead of sending the same page again. Servers without it
/// cost nothing. Safe for any thread.
/// </summary>
internal sealed class UnchangedReplies
{
    private const int MostReplies = 16, MostBytes = 1024 * 1024;
    private static readonly string[] Lists = ["executions", "nodes", "jobs", "deployments"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (EntityTagHeaderValue Tag, byte[] Body)> _kept = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = [];

    /// <summary>Keeps a reply that could be read, if its server may be asked for it again in this way.</summary>
    public void Keep(HttpResponseMessage reply, ReplyBody body)
    {
        if (reply.StatusCode != HttpStatusCode.OK || reply.Headers.ETag is not { } tag || AddressOf(reply.RequestMessage) is not { } address || body.Length > MostBytes) return;
        lock (_gate)
        {
            if (_kept.TryGetValue(address, out var before) && before.Tag.Equals(tag)) return;
            if (!_kept.ContainsKey(address)) _oldest.Enqueue(address);
            _kept[address] = (tag, body.Bytes.ToArray());
            while (_kept.Count > MostReplies) _kept.Remove(_oldest.Dequeue());
        }
    }

    private (EntityTagHeaderValue Tag, byte[] Body)? Find(HttpRequestMessage request)
    {
        if (AddressOf(request) is not { } address) return null;
        lock (_gate) return _kept.TryGetValue(address, out var kept) ? kept : null;
    }

    private static string? AddressOf(HttpRequestMessage? request) =>
        request?.Method == HttpMethod.Get && request.RequestUri is { } uri && !uri.Query.Contains("next_token=", StringComparison.Ordinal) && Lists.Contains(uri.Segments[^1], StringComparer.Ordinal)
            ? uri.AbsoluteUri : null;

    /// <summary>Asks with the tag of the kept reply; gives that reply again when the server has no other one.</summary>
    internal sealed class Handler(UnchangedReplies replies) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (replies.Find(request) is not { } kept) return await base.SendAsync(request, cancellationToken);
            request.Headers.IfNoneMatch.Clear();
            request.Headers.IfNoneMatch.Add(kept.Tag);
            var reply = await base.SendAsync(request, cancellationToken);
            if (reply.StatusCode != HttpStatusCode.NotModified) return reply;
            using (reply)
            {
                var again = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(kept.Body) };
                again.Headers.Date = reply.Headers.Date;
                again.Headers.ETag = kept.Tag;
                return again;
            }
        }
    }
}
