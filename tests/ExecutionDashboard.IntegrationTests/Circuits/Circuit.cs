using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.IntegrationTests.Circuits;

/// <summary>A viewer without a browser: it speaks Blazor's protocol, acknowledges every render at once, and answers calls like an empty window of 700 pixels.</summary>
public sealed partial class Circuit : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Action<byte[]> _rendered;
    private readonly Action<string> _called;
    private readonly HttpClient _http;
    private readonly Uri _server;
    private string _secret = "";
    private int _objects = 1;
    private int _calls;
    private long _batches, _bytes, _errors;
    private volatile bool _isLeaving;

    private Circuit(HttpClient http, Uri server, Action<byte[]> rendered, Action<string> called, Action<HttpConnectionOptions>? connect)
    {
        (_http, _server, _rendered, _called) = (http, server, rendered, called);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, "_blazor"), o =>
        {
            o.Transports = HttpTransportType.WebSockets;
            o.SkipNegotiation = true;
            o.WebSocketConfiguration = socket => socket.DangerousDeflateOptions = new();
            connect?.Invoke(o);
        });
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        _connection = builder.Build();
    }

    /// <summary>Renders received.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Their bytes before compression.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Failures of the page, and a connection that broke.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>The connection is up.</summary>
    public bool IsOpen => _connection.State == HubConnectionState.Connected;

    /// <summary>Opens a page.</summary>
    /// <param name="http">For the page's markup.</param>
    /// <param name="server">The dashboard.</param>
    /// <param name="path">The page, without a leading slash.</param>
    /// <param name="rendered">Told of every render, with its bytes.</param>
    /// <param name="called">Told of every call, with its arguments.</param>
    public static async Task<Circuit> OpenAsync(HttpClient http, Uri server, string path, Action<byte[]> rendered, Action<string> called) =>
        await OpenAsync(http, server, path, await http.GetStringAsync(new Uri(server, path)), rendered, called);

    /// <summary>Opens a page whose markup is here already.</summary>
    /// <param name="http">For leaving it.</param>
    /// <param name="server">The dashboard.</param>
    /// <param name="path">The page, without a leading slash.</param>
    /// <param name="page">Its markup.</param>
    /// <param name="rendered">Told of every render, with its bytes.</param>
    /// <param name="called">Told of every call, with its arguments.</param>
    /// <param name="connect">Connects in another way than by a WebSocket without cookies.</param>
    public static async Task<Circuit> OpenAsync(
        HttpClient http, Uri server, string path, string page, Action<byte[]> rendered, Action<string> called, Action<HttpConnectionOptions>? connect = null)
    {
        var url = new Uri(server, path);
        var circuit = new Circuit(http, server, rendered, called, connect);
        circuit.Listen();
        try
        {
            await circuit.StartAsync(page, url);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            await circuit._connection.DisposeAsync();
            throw;
        }
        return circuit;
    }

    /// <summary>Whether opening failed since the dashboard did not let it in.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is HttpRequestException or IOException or InvalidOperationException or HubException or WebSocketException or TaskCanceledException;

    private async Task StartAsync(string page, Uri url)
    {
        await _connection.StartAsync();
        _secret = await _connection.InvokeAsync<string>("StartCircuit", _server.ToString(), url.ToString(), "[]", "");
        var markers = Marker().Matches(page).Select(m => JsonDocument.Parse(m.Groups[1].Value).RootElement).Where(m => m.TryGetProperty("descriptor", out _));
        var operations = JsonSerializer.Serialize(new { batchId = 1, operations = markers.Select((marker, i) => new { type = "add", ssrComponentId = i + 1, marker }) });
        await _connection.SendAsync("UpdateRootComponents", operations, State().Match(page) is { Success: true } state ? state.Groups[1].Value : "");
    }

    private void Listen()
    {
        _connection.On<long, byte[]>("JS.RenderBatch", (id, bytes) =>
        {
            Interlocked.Increment(ref _batches);
            Interlocked.Add(ref _bytes, bytes.Length);
            _rendered(bytes);
            return _connection.SendAsync("OnRenderCompleted", id, (string?)null);
        });
        _connection.On("JS.BeginInvokeJS", [typeof(long), typeof(string), typeof(string), typeof(int), typeof(long), typeof(int)], async (args, _) =>
        {
            var (task, name, given, kind) = ((long)args[0]!, (string)args[1]!, (string?)args[2] ?? "", (int)args[3]!);
            Interlocked.Add(ref _bytes, given.Length);
            _called(given);
            // Result kind 1 is a reference to an object of the page.
            var result = kind == 1 ? $"{{\"__jsObjectId\":{Interlocked.Increment(ref _objects)}}}" : name == "preferences" ? """{"mode":"light","dark":false}""" : "null";
            if (task != 0) await _connection.SendAsync("EndInvokeJSFromDotNet", task, true, $"[{task},true,{result}]");
            if (Reference().Match(given) is not { Success: true } me) return;
            if (name == "watch") await CallAsync(me, "DrawRows", "[0,37]");
            if (name.EndsWith("Virtualize.init", StringComparison.Ordinal)) await CallAsync(me, "OnSpacerBeforeVisible", "[0,0,700]");
            // Lanes on a canvas: what is on its screen.
            if (name == "create" && given.Contains("\"span\":", StringComparison.Ordinal)) await CallAsync(me, "See", Seen());
        }, this);
        _connection.On<string>("JS.Error", error =>
        {
            // Who has left and still acknowledges what was on its way is told that the page is gone.
            if (!_isLeaving && Interlocked.Increment(ref _errors) <= 3) Console.Error.WriteLine($"The page failed: {error}");
        });
        _connection.Closed += error =>
        {
            if (error is not null && Interlocked.Increment(ref _errors) <= 3) Console.Error.WriteLine($"A circuit broke: {error.Message}");
            return Task.CompletedTask;
        };
    }

    private Task CallAsync(Match target, string method, string arguments) => _connection.SendAsync(
        "BeginInvokeDotNetFromJS", $"{Interlocked.Increment(ref _calls)}", (string?)null, method, long.Parse(target.Groups[1].Value, CultureInfo.InvariantCulture), arguments);

    // Twenty rows of the last ten minutes, followed.
    private static string Seen()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return FormattableString.Invariant($"[0,20,{now - 600_000},{now},true]");
    }

    /// <summary>Sends a message that no page sends: longer than the server takes, so it ends the connection.</summary>
    public Task SendTooMuchAsync(int bytes)
    {
        _isLeaving = true;
        return _connection.SendAsync("OnLocationChanged", new string('x', bytes), "", false);
    }

    /// <summary>Leaves as a closed tab does: says so, or the server keeps the page for minutes.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        try
        {
            using var form = new MultipartFormDataContent { { new StringContent(_secret), "circuitId" } };
            using var _ = await _http.PostAsync(new Uri(_server, "_blazor/disconnect"), form);
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    [GeneratedRegex("\"__dotNetObject\":(\\d+)")]
    private static partial Regex Reference();
}
