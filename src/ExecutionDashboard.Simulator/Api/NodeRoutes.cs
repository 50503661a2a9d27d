using System.Text.Json;
using ExecutionDashboard.Simulator.Api.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Simulator.Api;

/// <summary><c>/nodes</c>.</summary>
internal static class NodeRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapNodes(this IEndpointRouteBuilder api, Replies replies)
    {
        var world = replies.Engine.World;
        var wire = new NodeJson(world);

        api.MapGet("/nodes", context => replies.Send(context, json =>
        {
            var query = new ListQuery(context, "name", "created_at", "updated_at");
            var (rows, next) = Page(query);
            json.Page(rows, next, n => wire.Write(json, n));
        }));
        api.MapGet("/nodes/-/stats", context => replies.Send(context, json => WriteStats(json, world)));
        api.MapGet("/nodes/{id}", context => replies.Send(context, json =>
        {
            var node = Find(context);
            json.Wrapped("node"u8, () => wire.Write(json, node));
        }));
        api.MapDelete("/nodes/{id}", context => replies.Do(context, (body, json) =>
        {
            var node = Find(context);
            if (node.IsOpen && !body.Force) throw new RefusedException(409, $"node '{node.Id}' is connected; delete it with force");
            Delete(replies.Engine, node);
            json.WriteStartObject();
            json.WriteString("node_id"u8, node.Id);
            json.WriteString("message"u8, "node deleted");
            json.WriteEndObject();
        }));

        (List<SimNode> Rows, string Next) Page(ListQuery query)
        {
            var prefix = query.One("prefix");
            var rules = query.Many("labels").Select(LabelRule.Parse).ToArray();
            var all = world.Nodes.Where(n => !n.Deleted && (prefix.Length == 0 || n.Name.StartsWith(prefix, StringComparison.Ordinal) || n.Id.StartsWith(prefix, StringComparison.Ordinal))
                && Array.TrueForAll(rules, r => r.Matches(n.Label(r.Key))));
            if (query.OrderBy == "created_at") return KeyedPage.Of(query, all, n => KeyedPage.Key(n.CreatedAt), n => n.Id);
            if (query.OrderBy == "updated_at") return KeyedPage.Of(query, all, n => KeyedPage.Key(n.UpdatedAt), n => n.Id);
            // The list is kept sorted by name, so that no page sorts a hundred thousand nodes.
            if (query.Descending) all = all.Reverse();
            if (query.Token is [var last, ..]) all = all.Where(n => query.Descending ? string.CompareOrdinal(n.Name, last) < 0 : string.CompareOrdinal(n.Name, last) > 0);
            var rows = all.Take(query.Limit + 1).ToList();
            if (rows.Count <= query.Limit) return (rows, "");
            rows.RemoveAt(query.Limit);
            return (rows, query.Encode(rows[^1].Name));
        }

        SimNode Find(HttpContext context) =>
            world.NodesById.TryGetValue(context.Id(), out var node) && !node.Deleted ? node : throw new RefusedException(404, $"node '{context.Id()}' not found");
    }

    private static void Delete(SimulatorEngine engine, SimNode node)
    {
        node.Deleted = true;
        node.SilentSince = engine.World.Now;
        engine.World.Plan(node, NodePlan.None, 0);
        engine.World.Touch(node);
        foreach (var execution in engine.Nodes.LiveOn(node)) engine.Executions.LoseNode(execution, ActualState.Lost, Report.NodeLost);
    }

    private static void WriteStats(Utf8JsonWriter json, World world)
    {
        var nodes = world.Nodes.FindAll(n => !n.Deleted);
        json.WriteStartObject();
        json.WriteNumber("total_nodes"u8, nodes.Count);
        json.Counts("nodes_by_connection_state"u8, nodes.CountBy(n => StateNames.Of(n.Connection)));
        json.Counts("nodes_by_os"u8, nodes.CountBy(n => n.Class.Os));
        json.Counts("nodes_by_arch"u8, nodes.CountBy(n => n.Class.Arch));
        json.WriteStartObject("resource_stats"u8);
        var uses = nodes.ConvertAll(n => NodeUse.At(n, NodeLife.LastHeartbeat(n, world.Now)));
        Spread("cpu"u8, uses.ConvertAll(u => u.Cpu));
        Spread("memory"u8, uses.ConvertAll(u => u.Memory));
        Spread("disk"u8, uses.ConvertAll(u => u.Disk));
        json.WriteEndObject();
        json.WriteEndObject();

        void Spread(ReadOnlySpan<byte> name, List<double> values)
        {
            json.WriteStartObject(name);
            json.WriteNumber("avg_percent"u8, values.Count == 0 ? 0 : Math.Round(values.Average(), 2));
            json.WriteNumber("max_percent"u8, values.Count == 0 ? 0 : Math.Round(values.Max(), 2));
            json.WriteNumber("min_percent"u8, values.Count == 0 ? 0 : Math.Round(values.Min(), 2));
            json.WriteEndObject();
        }
    }

    /// <summary>Counts by name; <c>null</c> without any.</summary>
    public static void Counts(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<KeyValuePair<string, int>> counts)
    {
        var kept = counts.Where(c => c.Value > 0).OrderBy(c => c.Key, StringComparer.Ordinal).ToList();
        if (kept.Count == 0)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        foreach (var (key, count) in kept) json.WriteNumber(key, count);
        json.WriteEndObject();
    }
}
