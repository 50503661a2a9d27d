using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Keeps what each circuit knows of JSON small. A circuit has serializer options of its own, and the framework's first call to the browser passes a
/// number as an object: the serializer then describes all forty interfaces of a number, 35 KB for every viewer, to find none of use.
/// </summary>
internal static class CircuitJson
{
    /// <summary>Has the browser's side of each circuit made with such options. After the framework's own registration.</summary>
    public static void KeepSmall(IServiceCollection services)
    {
        var made = services.Last(s => s.ServiceType == typeof(IJSRuntime)).ImplementationType ?? throw new InvalidOperationException("The framework does not register its JavaScript runtime by its type any more.");
        services.Replace(ServiceDescriptor.Scoped<IJSRuntime>(sp =>
        {
            var runtime = (JSRuntime)ActivatorUtilities.CreateInstance(sp, made);
            OptionsOf(runtime).TypeInfoResolver = new WithoutInterfaces();
            return runtime;
        }));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    private static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    // Nothing is declared as an IComparable or an INumber; collections are of other namespaces.
    private sealed class WithoutInterfaces : DefaultJsonTypeInfoResolver
    {
        public override JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type is { IsInterface: true, Namespace: "System" or "System.Numerics" or "System.Runtime.Serialization" } ? null! : base.GetTypeInfo(type, options);
    }
}
