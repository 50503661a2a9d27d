using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>What a receiver was sent.</summary>
/// <param name="Id">Idempotency key.</param>
/// <param name="Body">The body.</param>
/// <param name="Status">What was answered; 0 when nothing was.</param>
/// <param name="Authorization">The header of this name.</param>
internal sealed record Received(string Id, string Body, int Status, string Authorization)
{
    /// <summary>What is told, as <c>opened a</c>.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            return [.. json.RootElement.GetProperty("problems").EnumerateArray().Select(p => $"{p.GetProperty("change").GetString()} {p.GetProperty("id").GetString()}")];
        }
    }
}

/// <summary>A receiver of webhooks at a port that it keeps: it can be slow, refuse, be gone and come back.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly int _port = FreePort.Next();
    private readonly ConcurrentQueue<Received> _received = new();
    private WebApplication? _app;

    /// <summary>Its address, with a part that is a secret.</summary>
    public string Address => $"http://127.0.0.1:{_port}/services/{Secret}";

    /// <summary>A part of its address that nobody may see.</summary>
    public const string Secret = "T0-s3cr3t-path";

    /// <summary>What it answers to the next requests, the last one to all that follow: status, seconds of <c>Retry-After</c>, or a task to wait for before.</summary>
    public ConcurrentQueue<(int Status, int? RetryAfter, Task? Before)> Answers { get; } = new();

    /// <summary>All requests, in order.</summary>
    public IReadOnlyList<Received> Received => [.. _received];

    /// <summary>What was told in messages that were taken.</summary>
    public IReadOnlyList<string> Told => [.. Received.Where(r => r.Status == 200).SelectMany(r => r.Told)];

    /// <summary>Messages that were taken.</summary>
    public int Taken => Received.Count(r => r.Status == 200);

    /// <summary>Answers all that follows so.</summary>
    public void AnswerFromNowOn(int status)
    {
        Answers.Enqueue((status, null, null));
        while (Answers.Count > 1) Answers.TryDequeue(out _);
    }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.ListenAsync();
        return receiver;
    }

    /// <summary>Is there again.</summary>
    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.MapPost("/services/" + Secret, AnswerAsync);
        await _app.StartAsync();
    }

    /// <summary>Is gone.</summary>
    public async Task GoAsync()
    {
        if (_app is { } app) await app.DisposeAsync();
        _app = null;
    }

    /// <summary>Waits until messages that were taken have told all of this, in this order and nothing else.</summary>
    public Task HasToldAsync(params string[] told) => Eventually.HoldsAsync(() => Task.FromResult(
        Told.SequenceEqual(told) ? null : $"told {string.Join(", ", Told)} in {string.Join(", ", Received.Select(r => r.Status))}"));

    public async ValueTask DisposeAsync() => await GoAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var answer = Answers.Count > 1 && Answers.TryDequeue(out var next) ? next : Answers.TryPeek(out var last) ? last : (Status: 200, RetryAfter: null, Before: null);
        if (answer.Before is { } before) await before.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var status = context.RequestAborted.IsCancellationRequested ? 0 : answer.Status;
        _received.Enqueue(new Received(context.Request.Headers["Idempotency-Key"].ToString(), body, status, context.Request.Headers.Authorization.ToString()));
        if (answer.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.StatusCode = answer.Status;
    }
}
