using ExecutionDashboard.Simulator.Api.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Simulator.Api;

/// <summary><c>/executions</c>.</summary>
internal static class ExecutionRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapExecutions(this IEndpointRouteBuilder api, Replies replies, SimulatorOptions options)
    {
        var world = replies.Engine.World;
        var wire = new ExecutionJson(world);
        var events = new EventJson(world);
        var list = new ExecutionList(world);

        api.MapGet("/executions", context => List(context, null));
        api.MapGet("/jobs/{id}/executions", context => List(context, context.Id()));
        api.MapGet("/executions/{id}", context => replies.Send(context, json =>
        {
            var execution = Find(context);
            json.Wrapped("execution"u8, () => wire.Write(json, execution, withSpec: true));
        }));
        api.MapGet("/executions/{id}/history", context => replies.Send(context, json =>
        {
            var query = new ListQuery(context);
            var execution = Find(context);
            var (rows, next) = HistoryPage.Of(query, History.Of(execution), e => e.Sequence, e => e.At);
            json.Page(rows, next, e => events.Write(json, execution, e));
        }));
        // Published servers stop jobs only; this one stops executions too, so that the dashboard's command can be tried.
        if (options.Face == Generation.Deployment)
            api.MapPost("/executions/{id}/stop", context => replies.Do(context, (body, json) =>
            {
                var execution = Find(context);
                replies.Engine.Commands.StopExecution(execution, body.Reason);
                json.WriteStartObject();
                json.WriteString("execution_id"u8, world.ExecutionIds.Of(execution.Ordinal));
                json.WriteEndObject();
            }));

        Task List(HttpContext context, string? jobId) => replies.Send(context, json =>
        {
            var query = new ListQuery(context, "created_at", "updated_at");
            jobId ??= query.One("job_id") is { Length: > 0 } asked ? asked : null;
            SimJob? job = null;
            if (jobId is not null && !world.JobsById.TryGetValue(jobId, out job))
            {
                if (context.Request.RouteValues.ContainsKey("id")) throw new RefusedException(404, $"job '{jobId}' not found");
                json.Page<SimExecution>([], "", _ => { });
                return;
            }
            var (rows, next) = list.Page(query, job);
            json.Page(rows, next, e =>
            {
                if (replies.Engine.Trouble.IsUnreadable && e == rows[0])
                {
                    // Without an id it cannot be identified.
                    json.WriteStartObject();
                    json.WriteEndObject();
                }
                wire.Write(json, e, !options.OmitSpecInLists);
            });
        });

        SimExecution Find(HttpContext context) =>
            world.ExecutionIds.TryParse(context.Id(), out var ordinal) && world.Executions.Find(ordinal) is { } execution
                ? execution : throw new RefusedException(404, $"execution '{context.Id()}' not found");
    }

    /// <summary>The <c>{id}</c> of the path.</summary>
    public static string Id(this HttpContext context) => context.Request.RouteValues["id"] as string ?? "";
}
