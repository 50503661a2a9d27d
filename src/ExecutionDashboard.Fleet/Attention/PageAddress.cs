using System.Globalization;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Addresses of the dashboard's pages, relative to the base, for evidence and next steps.</summary>
internal static class PageAddress
{
    public static string Execution(string id) => "executions/" + Uri.EscapeDataString(id);

    public static string Executions(ExecutionQuery query) => With("executions", query.ToUrl());

    public static string Node(string id) => "nodes/" + Uri.EscapeDataString(id);

    public static string Nodes(NodeQuery query) => With("nodes", query.ToUrl());

    public static string Job(string id, string tab = "") => "jobs/" + Uri.EscapeDataString(id) + (tab.Length > 0 ? "?tab=" + tab : "");

    public static string Deployment(string id) => "deployments/" + Uri.EscapeDataString(id);

    /// <summary>The comparison of two versions of a job.</summary>
    public static string Versions(string jobId, int from, int to) => string.Create(CultureInfo.InvariantCulture,
        $"compare?left={Uri.EscapeDataString($"version:{from}:{jobId}")}&right={Uri.EscapeDataString($"version:{to}:{jobId}")}");

    /// <summary>The timeline of some nodes around a moment.</summary>
    public static string Timeline(IReadOnlyList<string> nodeIds, DateTimeOffset at) => With("timeline",
        new ExecutionQuery { Nodes = nodeIds }.ToUrl() + string.Create(CultureInfo.InvariantCulture, $"&from={Around(at, -5)}&to={Around(at, 5)}"));

    private static string Around(DateTimeOffset at, int minutes) =>
        Uri.EscapeDataString(at.UtcDateTime.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    private static string With(string page, string query) => query.Length > 0 ? page + "?" + query : page;
}
