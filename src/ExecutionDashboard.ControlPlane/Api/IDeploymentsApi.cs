using Refit;

namespace ExecutionDashboard.ControlPlane.Api;

/// <summary>Routes of deployments (deployment generation). The list is not documented; a server without it replies 404.</summary>
internal interface IDeploymentsApi
{
    [Get("/deployments")]
    Task<HttpResponseMessage> ListAsync(int limit, [AliasAs("next_token")] string? nextToken, CancellationToken cancel);

    [Get("/deployments/{id}")]
    Task<HttpResponseMessage> GetAsync(string id, CancellationToken cancel);

    [Post("/deployments/{id}/promote")]
    Task<HttpResponseMessage> PromoteAsync(string id, [Body] ReasonRequest request, CancellationToken cancel);

    [Post("/deployments/{id}/pause")]
    Task<HttpResponseMessage> PauseAsync(string id, [Body] ReasonRequest request, CancellationToken cancel);

    [Post("/deployments/{id}/resume")]
    Task<HttpResponseMessage> ResumeAsync(string id, [Body] ReasonRequest request, CancellationToken cancel);

    [Post("/deployments/{id}/rollback")]
    Task<HttpResponseMessage> RollbackAsync(string id, [Body] RollbackDeploymentRequest request, CancellationToken cancel);
}
