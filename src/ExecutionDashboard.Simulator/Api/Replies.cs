using System.Text.Json;
using ExecutionDashboard.Simulator.Engine;
using Microsoft.AspNetCore.Http;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>Writes JSON replies into a pooled buffer while the engine is locked, and sends them afterwards.</summary>
internal sealed class Replies(SimulatorEngine engine)
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    /// <summary>The engine.</summary>
    public SimulatorEngine Engine { get; } = engine;

    /// <summary>Replies with JSON that is written while the engine is locked; a refusal becomes its status and message.</summary>
    public async Task Send(HttpContext context, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        using var page = new PageBuffer();
        try
        {
            lock (Engine.Gate)
            {
                if (Engine.Trouble.IsSilent) throw new RefusedException(StatusCodes.Status503ServiceUnavailable, "the server is restarting");
                using var writer = new Utf8JsonWriter(page, Relaxed);
                write(writer);
            }
        }
        catch (RefusedException refused)
        {
            page.Clear();
            status = refused.Status;
            using var writer = new Utf8JsonWriter(page, Relaxed);
            writer.WriteStartObject();
            writer.WriteString("message"u8, refused.Message);
            writer.WriteEndObject();
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = page.Written.Length;
        await context.Response.Body.WriteAsync(page.Written, context.RequestAborted);
    }

    /// <summary>Executes a command: reads its body first, and updates the states of jobs afterwards.</summary>
    public async Task Do(HttpContext context, Action<CommandBody, Utf8JsonWriter> command)
    {
        CommandBody body;
        try
        {
            body = await CommandBody.ReadAsync(context);
        }
        catch (RefusedException refused)
        {
            await Send(context, _ => throw refused);
            return;
        }
        await Send(context, json =>
        {
            command(body, json);
            Engine.Settle();
        });
    }

    /// <summary>A Go server's reply for an unknown path.</summary>
    public static Task NoSuchPage(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync("404 page not found\n", context.RequestAborted);
    }
}
