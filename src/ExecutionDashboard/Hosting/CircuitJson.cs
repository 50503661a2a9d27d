using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Reduces the memory for JSON in each circuit. Each circuit has its own serializer options, and the framework's first call to the browser passes a number and two
/// dictionaries as objects. The serializer then builds metadata for their interfaces, 55 KB per viewer, which nothing uses.
/// </summary>
internal static class CircuitJson
{
    /// <summary>Replaces the options of each circuit's JavaScript runtime. Call after the framework's own registration.</summary>
    public static void KeepSmall(IServiceCollection services)
    {
        var made = services.Last(s => s.ServiceType == typeof(IJSRuntime)).ImplementationType ?? throw new InvalidOperationException("The framework does not register its JavaScript runtime by its type any more.");
        services.Replace(ServiceDescriptor.Scoped<IJSRuntime>(sp =>
        {
            var runtime = (JSRuntime)ActivatorUtilities.CreateInstance(sp, made);
            var options = OptionsOf(runtime);
            options.TypeInfoResolver = new WithoutInterfaces();
            options.Converters.Add(new DescribedOnce());
            return runtime;
        }));
    }

    /// <summary>The serializer options of a circuit.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    internal static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    // Values of the two dictionaries: components that scripts may create, which are none here.
    private static bool IsOfScriptComponents(Type values) =>
        values == typeof(List<string>) || values.GetElementType()?.DeclaringType == typeof(JSComponentConfigurationStore);

    // No metadata for IComparable, INumber or untyped collections; typed collections keep their interfaces.
    private sealed class WithoutInterfaces : DefaultJsonTypeInfoResolver
    {
        public override JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options) => type.IsInterface && IsNeedless(type) ? null! : base.GetTypeInfo(type, options);

        private static bool IsNeedless(Type type) =>
            type.Namespace is "System" or "System.Numerics" or "System.Runtime.Serialization" or "System.Collections" || type.GenericTypeArguments switch
            {
                [var items] => items == typeof(char) || items.GenericTypeArguments is [_, var values] && IsOfScriptComponents(values),
                [_, var values] => IsOfScriptComponents(values),
                _ => false,
            };
    }

    // Metadata shared by all circuits, because these values need nothing of a circuit.
    private sealed class DescribedOnce : JsonConverterFactory
    {
        public override bool CanConvert(Type type) =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) && IsOfScriptComponents(type.GenericTypeArguments[1]);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

        private sealed class Of<T> : JsonConverter<T>
        {
            private static readonly JsonSerializerOptions Shared = new(JsonSerializerDefaults.Web);

            public override T? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => JsonSerializer.Deserialize<T>(ref reader, Shared);

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Shared);
        }
    }
}
