namespace ExecutionDashboard.IntegrationTests.Situations;

/// <summary>Objects as a control plane sends them, each with as few fields as possible.</summary>
internal static class Things
{
    /// <summary>A job; <paramref name="more"/> goes into its status.</summary>
    public static (string, string) Job(string id, int version, string state = "running", string spec = "", string more = "") => ("jobs", $$"""
        {"id":"{{id}}","spec":{"name":"{{id}}"{{(spec.Length > 0 ? "," + spec : "")}}},
         "status":{"state":{"state_type":"{{state}}"},"version":{{version}},"revision":1{{(more.Length > 0 ? "," + more : "")}} } }
        """);

    /// <summary>A deployment of the deployment generation.</summary>
    public static (string, string) Deployment(string json) => ("deployments", json);

    /// <summary>An execution; <paramref name="deployment"/> where the generation has such.</summary>
    public static (string, string) Execution(
        string id, string job, int version, string node, string state, string created = "now-10min", string updated = "", string deployment = "", string more = "", int revision = 1) => ("executions", $$"""
        {"id":"{{id}}","job_id":"{{job}}","job_version":{{version}},"node_id":"{{node}}"{{(deployment.Length > 0 ? $",\"deployment_id\":\"{deployment}\"" : "")}},
         "status":{"desired_state":{"state_type":"running"},"{{(deployment.Length > 0 ? "compute_state" : "observed_state")}}":{"state_type":"{{state}}"}{{(more.Length > 0 ? "," + more : "")}},
          "revision":{{revision}},"created_at":"{{created}}","updated_at":"{{(updated.Length > 0 ? updated : created)}}"} }
        """);
}
