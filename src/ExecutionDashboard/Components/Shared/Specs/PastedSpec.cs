using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionDashboard.Fleet;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>Reads a spec that somebody pasted: JSON, or YAML without anchors.</summary>
public static class PastedSpec
{
    /// <summary>Longest text, bytes of UTF-8.</summary>
    public const long LongestBytes = 10 * 1024 * 1024;

    /// <summary>Said of a longer one.</summary>
    public const string TooLong = "It is longer than 10 MB.";

    /// <summary>The spec in a text; the problem is for people, empty when there is none.</summary>
    public static (JobSpec? Spec, string Problem) Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, "Nothing is pasted yet.");
        if (text.Length > LongestBytes) return (null, TooLong);
        var trimmed = text.AsSpan().TrimStart();
        try
        {
            var json = trimmed[0] is '{' or '[' && IsJson(text) ? text : FromYaml(text);
            if (SpecValue.Parse(json) is not { } value) return (null, $"It is nested deeper than {SpecHash.MaxDepth} levels.");
            if (value.Kind != JsonValueKind.Object) return (null, "It is no object: a spec has names and values.");
            return (new JobSpec { Hash = SpecHash.Of(json), Json = json }, "");
        }
        catch (Exception e) when (e is YamlException or JsonException or FormatException)
        {
            return (null, "It is neither JSON nor YAML: " + e.Message);
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2 * SpecHash.MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string FromYaml(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.Accept<DocumentStart>(out _)) throw new FormatException("it is empty");
        parser.Consume<DocumentStart>();
        var node = Node(parser, 0);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _)) throw new FormatException("it holds more than one document");
        return node?.ToJsonString(new JsonSerializerOptions { MaxDepth = 2 * SpecHash.MaxDepth }) ?? "null";
    }

    private static JsonNode? Node(Parser parser, int depth)
    {
        if (depth > SpecHash.MaxDepth) throw new FormatException($"it is nested deeper than {SpecHash.MaxDepth} levels");
        if (parser.TryConsume<Scalar>(out var scalar)) return Value(scalar);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _)) list.Add(Node(parser, depth + 1));
            return list;
        }
        if (parser.TryConsume<MappingStart>(out _))
        {
            var map = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key)) throw new FormatException("a name is no text");
                // Duplicate names: the last one counts, as everywhere here.
                map[key.Value] = Node(parser, depth + 1);
            }
            return map;
        }
        // An alias may stand for itself a million times over.
        throw new FormatException("it has an anchor or an alias (& or *)");
    }

    private static JsonNode? Value(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain || !scalar.IsPlainImplicit) return JsonValue.Create(scalar.Value);
        return scalar.Value switch
        {
            "" or "null" or "Null" or "NULL" or "~" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            var text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && char.IsAsciiDigit(text[^1]) => JsonValue.Create(number),
            var text => JsonValue.Create(text),
        };
    }
}
