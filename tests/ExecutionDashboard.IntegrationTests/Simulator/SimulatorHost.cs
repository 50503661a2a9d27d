using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExecutionDashboard.Simulator;
using ExecutionDashboard.Simulator.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.IntegrationTests.Simulator;

/// <summary>A simulator on a real port, whose time a test advances.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatorHost(WebApplication app, FakeTimeProvider clock)
    {
        _app = app;
        Clock = clock;
        Client = new() { BaseAddress = new(app.Urls.First() + "/simulator/api/v1/") };
    }

    /// <summary>The simulator's clock.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>A client at its base address: paths are relative, without a leading slash.</summary>
    public HttpClient Client { get; }

    /// <summary>The engine behind the API.</summary>
    internal SimulatorEngine Engine => _app.Services.GetRequiredService<SimulatorEngine>();

    /// <summary>Starts one with settings under <c>Simulator</c>.</summary>
    public static Task<SimulatorHost> StartAsync(params (string Key, object Value)[] settings) => StartAtAsync(null, settings);

    /// <summary>Starts one at a moment.</summary>
    public static async Task<SimulatorHost> StartAtAsync(DateTimeOffset? start, params (string Key, object Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Dictionary<string, string?> values = new() { ["Simulator:Database"] = "" };
        foreach (var (key, value) in settings) values[$"Simulator:{key}"] = Convert.ToString(value, CultureInfo.InvariantCulture);
        builder.Configuration.AddInMemoryCollection(values);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var clock = new FakeTimeProvider(start ?? new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSimulator(builder.Configuration);
        var app = builder.Build();
        app.MapSimulator();
        await app.StartAsync();
        return new(app, clock);
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        Engine.AdvanceTo(Clock.GetUtcNow());
    }

    /// <summary>Reads a path as JSON.</summary>
    public async Task<JsonElement> Get(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
