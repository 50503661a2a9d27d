using System.Collections;
using System.Reflection;
using System.Text.Json;
using ExecutionDashboard.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Tests.Hosting;

/// <summary>What a circuit knows of JSON stays small, and says the same as before.</summary>
public sealed class CircuitJsonTests
{
    [Fact]
    public async Task Options_FirstCallOfTheFramework_DescribeLittle()
    {
        await using var small = OptionsOf(keepSmall: true);
        await using var framework = OptionsOf(keepSmall: false);

        Assert.Equal(JsonSerializer.Serialize(FirstCall(), framework.Options), JsonSerializer.Serialize(FirstCall(), small.Options));
        Assert.True(Described(small.Options) < Described(framework.Options) / 4, $"{Described(small.Options)} types are described, {Described(framework.Options)} without");
    }

    [Fact]
    public async Task Options_ScriptComponents_AreSaidInFull()
    {
        await using var small = OptionsOf(keepSmall: true);
        await using var framework = OptionsOf(keepSmall: false);
        object[] call = [new Dictionary<string, List<string>> { ["init"] = ["one", "two"] }, ParametersOf("Counter", "Start")];

        var json = JsonSerializer.Serialize(call, small.Options);

        Assert.Equal(JsonSerializer.Serialize(call, framework.Options), json);
        Assert.Contains("\"init\":[\"one\",\"two\"]", json, StringComparison.Ordinal);
        Assert.Contains("Start", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_CollectionsAndDates_AreReadAndWritten()
    {
        await using var small = OptionsOf(keepSmall: true);
        var shape = new Shape([1, 2], new Dictionary<string, string> { ["region"] = "eu" }, DateTimeOffset.UnixEpoch, "x");

        var json = JsonSerializer.Serialize<object>(shape, small.Options);

        Assert.Equal("""{"numbers":[1,2],"labels":{"region":"eu"},"at":"1970-01-01T00:00:00+00:00","text":"x"}""", json);
        Assert.Equal([1, 2], JsonSerializer.Deserialize<Shape>(json, small.Options)!.Numbers);
    }

    [Fact]
    public async Task Options_ReferencesAmongArguments_AreSaidAsBefore()
    {
        await using var small = OptionsOf(keepSmall: true);
        await using var framework = OptionsOf(keepSmall: false);
        static object?[] Call() => ["text <&>", 7, 2.5, true, null, new[] { 1.5, 2 }, DotNetObjectReference.Create(new object()), new Holder("x", DotNetObjectReference.Create(new object())), new ElementReference("id-1")];

        Assert.Equal(JsonSerializer.Serialize(Call(), framework.Options), JsonSerializer.Serialize(Call(), small.Options));
    }

    private sealed record Holder(string Name, DotNetObjectReference<object> Reference);

    private sealed record Shape(IReadOnlyList<int> Numbers, IReadOnlyDictionary<string, string> Labels, DateTimeOffset At, string Text);

    private static object[] FirstCall() => [7, new Dictionary<string, List<string>>(), ParametersOf(null, null)];

    // The type of a parameter is the framework's own.
    private static object ParametersOf(string? component, string? parameter)
    {
        var parameters = typeof(JSComponentConfigurationStore).GetProperty("JSComponentParametersByIdentifier", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!;
        var dictionary = (IDictionary)Activator.CreateInstance(parameters.PropertyType)!;
        if (component is null) return dictionary;
        var type = parameters.PropertyType.GenericTypeArguments[1].GetElementType()!;
        var array = Array.CreateInstance(type, 1);
        array.SetValue(Activator.CreateInstance(type, parameter, typeof(string)), 0);
        dictionary[component] = array;
        return dictionary;
    }

    private static int Described(JsonSerializerOptions options)
    {
        var context = Field(options, "_cachingContext")!;
        var entries = (IDictionary)Field(context, "_cache")!;
        return entries.Values.Cast<object>().Count(e => Field(e, "TypeInfo") is not null);
    }

    private static object? Field(object of, string name) => of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(of);

    private static Circuit OptionsOf(bool keepSmall)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        if (keepSmall) CircuitJson.KeepSmall(builder.Services);
        var app = builder.Build();
        var scope = app.Services.CreateAsyncScope();
        return new Circuit(app, scope, CircuitJson.OptionsOf((JSRuntime)scope.ServiceProvider.GetRequiredService<IJSRuntime>()));
    }

    private sealed record Circuit(WebApplication App, AsyncServiceScope Scope, JsonSerializerOptions Options) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Scope.DisposeAsync();
            await App.DisposeAsync();
        }
    }
}
