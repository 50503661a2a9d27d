using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Keeps what each circuit knows of JSON small. A circuit has serializer options of its own, and the framework's first call to the browser passes
/// a number and two dictionaries as objects: the serializer then describes the forty interfaces of a number, and all that dictionaries are made of,
/// 55 KB for every viewer, to find none of use.
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
            var options = OptionsOf(runtime);
            options.TypeInfoResolver = new WithoutInterfaces();
            options.Converters.Add(new DescribedOnce());
            return runtime;
        }));
    }

    /// <summary>What a circuit serializes with.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    internal static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    // Values of the two dictionaries: what script may make of components, which is nothing here.
    private static bool IsOfScriptComponents(Type values) =>
        values == typeof(List<string>) || values.GetElementType()?.DeclaringType == typeof(JSComponentConfigurationStore);

    // Nothing is declared as an IComparable, an INumber or a collection of whatever; collections of something keep their interfaces.
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

    // Described once for all circuits: the values need nothing of the circuit.
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
