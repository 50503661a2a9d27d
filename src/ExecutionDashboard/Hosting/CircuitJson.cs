using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Reduces the memory for JSON in each circuit. Each circuit has its own serializer options, since references to objects of the browser need them, and arguments of calls to the browser are
/// objects: the serializer then describes their types, and all interfaces of these, for each viewer anew. Here arguments without references are described once for all.
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
            options.Converters.Add(Arguments.All);
            return runtime;
        }));
    }

    /// <summary>The serializer options of a circuit.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    internal static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    // No metadata for IComparable, INumber or untyped collections; typed collections keep their interfaces.
    private sealed class WithoutInterfaces : DefaultJsonTypeInfoResolver
    {
        public override JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options) => type.IsInterface && IsNeedless(type) ? null! : base.GetTypeInfo(type, options);

        private static bool IsNeedless(Type type) =>
            type.Namespace is "System" or "System.Numerics" or "System.Runtime.Serialization" or "System.Collections" || type.GenericTypeArguments is [var items] && items == typeof(char);
    }

    // The arguments of a call.
    private sealed class Arguments : JsonConverter<object?[]>
    {
        public static readonly Arguments All = new();

        // Asked for descriptions before the serializer has used them for the first time, which is when it would add its own.
        private static readonly JsonSerializerOptions Shared = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        private static readonly ConcurrentDictionary<Type, bool> Plain = new();

        public override object?[]? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => JsonSerializer.Deserialize<object?[]>(ref reader, Shared);

        public override void Write(Utf8JsonWriter writer, object?[] value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var argument in value)
            {
                if (argument is null) writer.WriteNullValue();
                else JsonSerializer.Serialize(writer, argument, argument.GetType(), IsPlain(argument.GetType()) ? Shared : options);
            }
            writer.WriteEndArray();
        }

        private static bool IsPlain(Type type) => Plain.GetOrAdd(type, static type => IsPlain(type, []));

        // Whether no reference to an object of the browser or the server can be in it. Bytes are sent beside the JSON.
        private static bool IsPlain(Type type, HashSet<Type> within)
        {
            if (type == typeof(string) || type.IsPrimitive || type.IsEnum || !within.Add(type)) return true;
            if (type == typeof(object) || type == typeof(byte[]) || type == typeof(ElementReference) || type.Namespace?.StartsWith("Microsoft.JSInterop", StringComparison.Ordinal) == true) return false;
            if (type.GetElementType() is { } items) return IsPlain(items, within);
            if (type.IsInterface && !type.IsGenericType) return false;
            return type.GenericTypeArguments.All(argument => IsPlain(argument, within)) && Shared.GetTypeInfo(type).Properties.All(property => IsPlain(property.PropertyType, within));
        }
    }
}
