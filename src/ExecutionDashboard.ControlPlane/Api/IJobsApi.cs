using Refit;

namespace ExecutionDashboard.ControlPlane.Api;

/// <summary>Routes of jobs, their versions and their rollouts.</summary>
internal interface IJobsApi
{
    [Get("/jobs")]
    Task<HttpResponseMessage> ListAsync(
        string? prefix, int limit, [AliasAs("next_token")] string? nextToken, [AliasAs("order_by")] string? orderBy, string? order,
        [AliasAs("types"), Query(CollectionFormat.Multi)] IReadOnlyList<string>? types,
        [AliasAs("states"), Query(CollectionFormat.Multi)] IReadOnlyList<string>? states, string? labels,
        [AliasAs("namespace")] string? ns, CancellationToken cancel);

    [Get("/jobs/{id}")]
    Task<HttpResponseMessage> GetAsync(string id, CancellationToken cancel);

    [Put("/jobs")]
    Task<HttpResponseMessage> PutAsync([Body] PutJobRequest request, CancellationToken cancel);

    [Put("/jobs/{id}")]
    Task<HttpResponseMessage> UpdateAsync(string id, [Body] PutJobRequest request, CancellationToken cancel);

    [Put("/jobs/-/diff")]
    Task<HttpResponseMessage> DiffAsync([Body] DiffJobRequest request, CancellationToken cancel);

    [Delete("/jobs/{id}")]
    Task<HttpResponseMessage> DeleteAsync(string id, [Body] DeleteRequest request, CancellationToken cancel);

    [Post("/jobs/{id}/stop")]
    Task<HttpResponseMessage> StopAsync(string id, [Body] ReasonRequest request, CancellationToken cancel);

    [Put("/jobs/{id}/rerun")]
    Task<HttpResponseMessage> RerunAsync(string id, [Body] EmptyRequest request, CancellationToken cancel);

    [Post("/jobs/{id}/rollback")]
    Task<HttpResponseMessage> RollbackAsync(string id, [Body] RollbackJobRequest request, CancellationToken cancel);

    [Post("/jobs/{id}/rollout/pause")]
    Task<HttpResponseMessage> PauseRolloutAsync(string id, [Body] ReasonRequest request, CancellationToken cancel);

    [Post("/jobs/{id}/rollout/resume")]
    Task<HttpResponseMessage> ResumeRolloutAsync(string id, [Body] ReasonRequest request, CancellationToken cancel);

    [Get("/jobs/{id}/versions")]
    Task<HttpResponseMessage> VersionsAsync(string id, int limit, [AliasAs("next_token")] string? nextToken, CancellationToken cancel);

    [Get("/jobs/{id}/versions/diff")]
    Task<HttpResponseMessage> VersionsDiffAsync(string id, int from, int? to, CancellationToken cancel);

    [Get("/jobs/{id}/evaluations")]
    Task<HttpResponseMessage> EvaluationsAsync(string id, int limit, [AliasAs("next_token")] string? nextToken, CancellationToken cancel);

    [Get("/jobs/{id}/history")]
    Task<HttpResponseMessage> HistoryAsync(
        string id, string? since, int limit, [AliasAs("next_token")] string? nextToken, CancellationToken cancel);

    [Get("/jobs/{id}/executions")]
    Task<HttpResponseMessage> ExecutionsAsync(
        string id, [AliasAs("states"), Query(CollectionFormat.Multi)] IReadOnlyList<string>? states, int limit,
        [AliasAs("next_token")] string? nextToken, [AliasAs("order_by")] string? orderBy, string? order, CancellationToken cancel);
}
