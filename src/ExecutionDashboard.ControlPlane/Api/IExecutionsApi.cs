using Refit;

namespace ExecutionDashboard.ControlPlane.Api;

/// <summary>Routes of executions. All methods return the raw reply, because this project parses replies itself.</summary>
internal interface IExecutionsApi
{
    [Get("/executions")]
    Task<HttpResponseMessage> ListAsync(
        [AliasAs("job_id")] string? jobId, [AliasAs("node_ids"), Query(CollectionFormat.Multi)] IReadOnlyList<string>? nodeIds,
        [AliasAs("states"), Query(CollectionFormat.Multi)] IReadOnlyList<string>? states, int limit, [AliasAs("next_token")] string? nextToken,
        [AliasAs("order_by")] string? orderBy, string? order, CancellationToken cancel);

    [Get("/executions/{id}")]
    Task<HttpResponseMessage> GetAsync(string id, CancellationToken cancel);

    [Get("/executions/{id}/history")]
    Task<HttpResponseMessage> HistoryAsync(string id, int limit, [AliasAs("next_token")] string? nextToken, CancellationToken cancel);

    /// <summary>Not in any published Expanso; a server without it replies 404 or 405.</summary>
    [Post("/executions/{id}/stop")]
    Task<HttpResponseMessage> StopAsync(string id, [Body] ReasonRequest request, CancellationToken cancel);
}
