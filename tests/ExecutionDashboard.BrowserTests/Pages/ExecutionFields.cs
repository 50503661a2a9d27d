namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Every field that the API documents of an execution, and where its page shows the value that the recorded one has.</summary>
public static class ExecutionFields
{
    /// <summary>A field and where it is.</summary>
    /// <param name="Field">Its path in the API's words.</param>
    /// <param name="Tab">The tab; empty is the first.</param>
    /// <param name="Where">The part of the page, a selector.</param>
    /// <param name="Text">What it says there; null where an attribute is looked at.</param>
    public sealed record Place(string Field, string Tab, string Where, string? Text);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Place> All { get; } =
    [
        Row("id", "", "Execution", "exec-full-1"), Row("deployment_id", "", "Deployment", "dep-5"), Row("eval_id", "", "Evaluation", "eval-77"), Row("job_id", "", "Job", "job-90cc17"),
        Row("job_type", "", "Type", "pipeline"), Row("job_version", "", "Version", "3"), Row("namespace", "", "Namespace", "harbour"), Row("node_id", "", "Node", "node-quay-07"),
        Row("status.compute_state.state_type", "", "Actual", "completed"), Row("status.compute_state.message", "", "Actual", "Done"), Row("status.compute_state.details", "", "rows", "12"),
        Row("status.desired_state.state_type", "", "Desired", "stopped"), Row("status.desired_state.message", "", "Desired", "Replaced"), Row("status.desired_state.details", "", "by", "update"),
        new("status.details.error_code", "", ".why", "E7"), new("status.details.hint", "", ".why", "again"), new("status.previous_execution_id", "", ".chain", "exec-full-0"), new("status.next_execution_id", "", ".chain", "exec-full-2"),
        Row("status.revision", "", "Revision", "41"), new("status.created_at", "", "dt:text-is('Created') + dd rel-time[at='1770793200123']", null), new("status.updated_at", "", "dt:text-is('Updated') + dd rel-time[at='1770800685000']", null),
        Spec("name", "Name", "crane-telemetry"), Spec("namespace", "Namespace", "harbour"), Spec("type", "Type", "pipeline"), Spec("description", "Description", "Loads and weights"), Spec("priority", "Priority", "60"),
        Section("labels", "Job", "tier 1"), Section("meta", "Job", "expanso.io/source cli"),
        Section("selector.match_ids", "Selector", "node-quay-07"), Section("selector.match_labels", "Selector", "berth 7"), Section("selector.match_expressions", "Selector", "tier in (1,2)"),
        Spec("timeouts.execution_timeout", "Execution", "1 h"), Spec("timeouts.queue_timeout", "Queue", "1 min"), Spec("timeouts.total_timeout", "Total", "none"),
        Spec("deployment.strategy", "Strategy", "canary"), Spec("deployment.max_parallel", "Max parallel", "5 nodes at a time"), Spec("deployment.canary_count", "Canary", "2 nodes"), Spec("deployment.canary_percent", "Canary", "10 %"),
        Spec("deployment.auto_promote", "Auto-promote", "no"), Spec("deployment.max_failed_nodes", "Max failed nodes", "3"), Spec("deployment.max_failed_nodes_percent", "Max failed nodes, percent", "12.5 %"), Spec("deployment.no_auto_rollback", "Auto-rollback", "off"),
        Spec("deployment.health_check.deadline", "Health check deadline", "5 min"), Spec("deployment.health_check.min_healthy_time", "Min healthy time", "1 h 30 min"), Spec("deployment.health_check.max_error_rate", "Max error rate", "5 %"),
        Section("config", "Config", "10.1.0.4:502"),
        new("anything else", "raw", ".source", "from_the_future"),
    ];

    private static Place Row(string field, string tab, string term, string text) => new(field, tab, $"dt:text-is('{term}') + dd", text);

    private static Place Spec(string field, string term, string text) => Row("job_spec." + field, "spec", term, text);

    private static Place Section(string field, string section, string text) => new("job_spec." + field, "spec", $".card:has(h3:text-is('{section}'))", text);
}
