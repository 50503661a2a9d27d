#!/usr/bin/env bash
# Software: ASP.NET Core Blazor Server of .NET 10.0 (Microsoft.AspNetCore.Components and .Components.Server, in the framework).
# Expected: what a page gives to a component as a parameter stays on the server: the browser gets the markup that the component draws.
# Happens:  when a component is inserted, its parameters that are strings are in the bytes for the browser, with their names, also when the component draws nothing of them. Those of other types are not (their names are).
# Matters:  an unmasked text, or a hash that would confirm a guess, that is only compared or looked up on the server can be read in the frames of the connection. Wrapped in an object it is not sent.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"

cat > sent.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NoWarn=ASP0000
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.Logging.Abstractions;

var services = new ServiceCollection().BuildServiceProvider();
await using var renderer = new Sent(services);
await renderer.Dispatcher.InvokeAsync(() => renderer.ShowAsync());
var bytes = Encoding.UTF8.GetString(renderer.Bytes);
foreach (var text in new[] { "drawn", "given as text", "given in an object" }) Console.WriteLine($"{text}: {(bytes.Contains(text) ? "sent" : "not sent")}");

record Held(string Text);

class Child : ComponentBase
{
    [Parameter] public string Note { get; set; } = "";
    [Parameter] public Held? Wrapped { get; set; }
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "drawn");
}

class Page : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<Child>(0);
        builder.AddComponentParameter(1, nameof(Child.Note), "given as text");
        builder.AddComponentParameter(2, nameof(Child.Wrapped), new Held("given in an object"));
        builder.CloseComponent();
    }
}

#pragma warning disable BL0006
class Sent(IServiceProvider services) : Renderer(services, NullLoggerFactory.Instance)
{
    public byte[] Bytes = [];
    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();
    public Task ShowAsync() => RenderRootComponentAsync(AssignRootComponentId(InstantiateComponent(typeof(Page))));
    protected override void HandleException(Exception exception) => throw exception;
    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        // What a circuit writes its batches with.
        var type = typeof(Microsoft.AspNetCore.Components.Server.CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.Circuits.RenderBatchWriter")!;
        using var stream = new MemoryStream();
        object batch = renderBatch;
        var writer = Activator.CreateInstance(type, stream, true)!;
        type.GetMethod("Write", BindingFlags.Public | BindingFlags.Instance)!.Invoke(writer, [batch]);
        (writer as IDisposable)?.Dispose();
        Bytes = stream.ToArray();
        return Task.CompletedTask;
    }
}
E
dotnet run sent.cs > seen
cat seen
cat > expected <<'E'
drawn: sent
given as text: sent
given in an object: not sent
E
diff expected seen || { echo "CHANGED: what of a component's parameters is sent"; exit 1; }
