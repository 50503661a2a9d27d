using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.Simulator.Api.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Simulator.Api;

/// <summary><c>/jobs</c>.</summary>
internal static class JobRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapJobs(this IEndpointRouteBuilder api, Replies replies, SimulatorOptions options)
    {
        var world = replies.Engine.World;
        var commands = replies.Engine.Commands;
        var wire = new JobJson(world);

        api.MapGet("/jobs", context => replies.Send(context, json =>
        {
            var query = new ListQuery(context, "created_at", "updated_at", "name");
            var prefix = query.One("prefix");
            var space = query.One("namespace");
            var types = query.Many("types");
            var states = query.Many("states");
            var rules = query.Many("labels").Select(LabelRule.Parse).ToArray();
            var all = world.Jobs.Where(j => !j.Deleted && j.Name.StartsWith(prefix, StringComparison.Ordinal) && (space.Length == 0 || j.Namespace == space)
                && (types.Count == 0 || types.Contains(j.Type)) && (states.Count == 0 || states.Contains(j.State))
                && Array.TrueForAll(rules, r => r.Matches(j.Version.Reading.Labels.FirstOrDefault(l => l.Key == r.Key).Value)));
            var (rows, next) = KeyedPage.Of(query, all, j => query.OrderBy switch
            {
                "name" => j.Name, "updated_at" => KeyedPage.Key(j.UpdatedAt), _ => KeyedPage.Key(j.CreatedAt),
            }, j => j.Id);
            json.Page(rows, next, j => wire.Write(json, j));
        }));
        api.MapGet("/jobs/{id}", context => replies.Send(context, json =>
        {
            var job = Find(context);
            json.Wrapped("job"u8, () => wire.Write(json, job));
        }));
        api.MapGet("/jobs/{id}/versions", context => replies.Send(context, json =>
        {
            var query = new ListQuery(context);
            var (rows, next) = KeyedPage.Of(query, Find(context).Versions, v => KeyedPage.Key(v.Number), _ => "");
            json.Page(rows, next, v => JobJson.Write(json, v));
        }));
        api.MapGet("/jobs/{id}/versions/{version:int}", context => replies.Send(context, json =>
        {
            var version = VersionOf(Find(context), (string)context.Request.RouteValues["version"]!);
            json.Wrapped("version"u8, () => JobJson.Write(json, version));
        }));
        api.MapGet("/jobs/{id}/versions/diff", context => replies.Send(context, json =>
        {
            var job = Find(context);
            var query = new ListQuery(context);
            var from = VersionOf(job, query.One("from"));
            var to = query.One("to") is { Length: > 0 } asked ? VersionOf(job, asked) : job.Version;
            json.WriteStartObject();
            json.WriteString("job_id"u8, job.Id);
            json.WriteNumber("from_version"u8, from.Number);
            json.WriteNumber("to_version"u8, to.Number);
            json.WriteString("diff"u8, SpecDiff.Of(from.Spec, to.Spec));
            json.WriteEndObject();
        }));
        api.MapGet("/jobs/{id}/history", context => replies.Send(context, json =>
        {
            var job = Find(context);
            var (rows, next) = HistoryPage.Of(new(context), job.History, e => e.Sequence, e => e.At);
            json.Page(rows, next, e => EventJson.Write(json, job, e));
        }));

        api.MapGet("/jobs/{id}/evaluations", context => replies.Send(context, json =>
        {
            var query = new ListQuery(context);
            var job = Find(context);
            // Only those with executions that have not ended; others are not stored.
            var made = world.Live.FindAll(e => ReferenceEquals(e.Job, job)).GroupBy(e => e.Evaluation);
            var (rows, next) = KeyedPage.Of(query, made, e => KeyedPage.Key(e.First().CreatedAt), e => world.EvaluationIds.Of(e.Key).ToString());
            json.Page(rows, next, e => wire.Write(json, job, e));
        }));

        api.MapPut("/jobs", context => replies.Do(context, (body, json) => Put(body, json, null)));
        api.MapPut("/jobs/{id}", context => replies.Do(context, (body, json) => Put(body, json, Find(context))));
        api.MapPut("/jobs/-/diff", context => replies.Do(context, (body, json) =>
        {
            var spec = body.Spec;
            var (job, created) = commands.Put(spec, null, force: true, dryRun: true);
            json.WriteStartObject();
            json.WriteString("Diff"u8, SpecDiff.Of(created ? "{}"u8.ToArray() : job.Version.Spec, JsonSerializer.SerializeToUtf8Bytes(spec)));
            json.WriteNull("Warnings"u8);
            json.WriteEndObject();
        }));
        api.MapPost("/jobs/{id}/stop", Command((job, body) => commands.Stop(job, body.Reason)));
        api.MapDelete("/jobs/{id}", Command((job, body) => commands.Delete(job, body.Force)));
        api.MapPut("/jobs/{id}/rerun", context => replies.Do(context, (_, json) =>
        {
            var job = Find(context);
            commands.Rerun(job);
            json.WriteStartObject();
            json.WriteString("job_id"u8, job.Id);
            json.WriteNumber("version"u8, job.Version.Number);
            json.WriteNull("warnings"u8);
            json.WriteEndObject();
        }));
        api.MapPost("/jobs/{id}/rollback", context => replies.Do(context, (body, json) =>
        {
            var job = Find(context);
            var version = commands.Rollback(job, body.Number("version"), body.DryRun, body.Reason);
            json.WriteStartObject();
            json.WriteString("job_id"u8, job.Id);
            json.WriteNumber("rollback_to_version"u8, version);
            json.WriteNumber("to_version"u8, version);
            json.WriteNull("warnings"u8);
            json.WriteEndObject();
        }));
        if (options.Face != Generation.Rollout) return;
        api.MapPost("/jobs/{id}/rollout/pause", Command((job, body) => commands.Pause(job.Deployment, $"the rollout of job '{job.Name}'", body.Reason)));
        api.MapPost("/jobs/{id}/rollout/resume", Command((job, _) => commands.Resume(job.Deployment, $"the rollout of job '{job.Name}'")));

        RequestDelegate Command(Action<SimJob, CommandBody> command) => context => replies.Do(context, (body, json) =>
        {
            var job = Find(context);
            command(job, body);
            json.WriteStartObject();
            json.WriteString("job_id"u8, job.Id);
            json.WriteEndObject();
        });

        void Put(CommandBody body, Utf8JsonWriter json, SimJob? known)
        {
            var (job, created) = commands.Put(body.Spec, known, body.Force, body.DryRun);
            replies.Engine.Settle();
            json.WriteStartObject();
            json.WritePropertyName("job"u8);
            if (job.Version is not null) wire.Write(json, job);
            else
            {
                json.WriteStartObject();
                json.WritePropertyName("spec"u8);
                body.Spec.WriteTo(json);
                json.WriteEndObject();
            }
            json.WriteBoolean("created"u8, created);
            json.WriteNull("warnings"u8);
            json.WriteEndObject();
        }

        SimJob Find(HttpContext context) =>
            world.JobsById.TryGetValue(context.Id(), out var job) && !job.Deleted ? job : throw new RefusedException(404, $"job '{context.Id()}' not found");

        static SimJobVersion VersionOf(SimJob job, string text) =>
            !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? throw new RefusedException(400, $"version '{text}' is not a number")
            : number < 1 || number > job.Versions.Count ? throw new RefusedException(404, $"job '{job.Id}' has no version {number}") : job.Versions[number - 1];
    }
}
