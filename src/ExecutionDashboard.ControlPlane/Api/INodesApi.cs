using Refit;

namespace ExecutionDashboard.ControlPlane.Api;

/// <summary>Routes of nodes.</summary>
internal interface INodesApi
{
    [Get("/nodes")]
    Task<HttpResponseMessage> ListAsync(
        string? prefix, [AliasAs("labels"), Query(CollectionFormat.Multi)] IReadOnlyList<string>? labels, int limit,
        [AliasAs("next_token")] string? nextToken, [AliasAs("order_by")] string? orderBy, string? order, CancellationToken cancel);

    [Get("/nodes/{id}")]
    Task<HttpResponseMessage> GetAsync(string id, CancellationToken cancel);

    [Delete("/nodes/{id}")]
    Task<HttpResponseMessage> DeleteAsync(string id, [Body] DeleteRequest request, CancellationToken cancel);

    /// <summary>Not the documented <c>/nodes/stats</c>, which servers take for a node of that name.</summary>
    [Get("/nodes/-/stats")]
    Task<HttpResponseMessage> StatsAsync(CancellationToken cancel);
}
