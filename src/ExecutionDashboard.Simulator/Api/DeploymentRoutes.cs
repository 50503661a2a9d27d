using System.Text.Json;
using ExecutionDashboard.Simulator.Api.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Simulator.Api;

/// <summary><c>/deployments</c> (deployment generation only).</summary>
internal static class DeploymentRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapDeployments(this IEndpointRouteBuilder api, Replies replies)
    {
        var world = replies.Engine.World;
        var commands = replies.Engine.Commands;
        var wire = new DeploymentJson(world);

        api.MapGet("/deployments", context => replies.Send(context, json =>
        {
            var query = new ListQuery(context, "created_at", "updated_at");
            var job = query.One("job_id");
            var states = query.Many("states");
            var all = world.Deployments.Where(d => (job.Length == 0 || d.Job.Id == job) && (states.Count == 0 || states.Contains(StateNames.Of(d.State))));
            var (rows, next) = KeyedPage.Of(query, all, d => KeyedPage.Key(query.OrderBy == "updated_at" ? d.UpdatedAt : d.CreatedAt), d => KeyedPage.Key(d.Ordinal));
            json.Page(rows, next, d => wire.Write(json, d));
        }));
        api.MapGet("/deployments/{id}", context => replies.Send(context, json =>
        {
            var deployment = Find(context);
            json.Wrapped("deployment"u8, () => wire.Write(json, deployment));
        }));
        api.MapPost("/deployments/{id}/promote", context => replies.Do(context, (_, json) =>
        {
            var deployment = Find(context);
            commands.Promote(deployment);
            Accepted(json, deployment);
        }));
        api.MapPost("/deployments/{id}/pause", context => replies.Do(context, (body, json) =>
        {
            var deployment = Find(context);
            commands.Pause(deployment, "deployment", body.Reason);
            Accepted(json, deployment);
        }));
        api.MapPost("/deployments/{id}/resume", context => replies.Do(context, (_, json) =>
        {
            var deployment = Find(context);
            commands.Resume(deployment, "deployment");
            Accepted(json, deployment);
        }));
        api.MapPost("/deployments/{id}/rollback", context => replies.Do(context, (body, json) =>
            Accepted(json, commands.RollbackDeployment(Find(context), body.Number("target_version"), body.Reason))));

        void Accepted(Utf8JsonWriter json, SimDeployment deployment)
        {
            json.WriteStartObject();
            json.WriteString("deployment_id"u8, world.DeploymentIds.Of(deployment.Ordinal));
            json.WriteString("job_id"u8, deployment.Job.Id);
            json.WriteEndObject();
        }

        SimDeployment Find(HttpContext context) =>
            world.DeploymentIds.TryParse(context.Id(), out var ordinal) && ordinal < world.Deployments.Count
                ? world.Deployments[ordinal] : throw new RefusedException(404, $"deployment '{context.Id()}' not found");
    }
}
