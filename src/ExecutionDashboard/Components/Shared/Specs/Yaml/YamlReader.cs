using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ExecutionDashboard.Components.Shared.Specs.Yaml;

/// <summary>Converts YAML to JSON. Anchors, aliases and merge keys are resolved; their expansion is counted against the limit before it is built.</summary>
internal sealed class YamlReader
{
    private const string MergeTag = "tag:yaml.org,2002:merge";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Parser _parser;
    private readonly PasteLimits _limits;
    private readonly CancellationToken _cancel;
    private readonly Dictionary<AnchorName, Node> _anchors = [];
    private long _values;

    private YamlReader(string text, PasteLimits limits, CancellationToken cancel) => (_parser, _limits, _cancel) = (new Parser(new StringReader(text)), limits, cancel);

    /// <summary>The first document as JSON, and whether there are more.</summary>
    /// <exception cref="YamlException">Invalid YAML, an unknown anchor, or names that are not text.</exception>
    /// <exception cref="PasteLimitException">More values or levels than the limits allow.</exception>
    public static (string Json, bool MoreDocuments) Read(string text, PasteLimits limits, CancellationToken cancel)
    {
        var reader = new YamlReader(text, limits, cancel);
        reader._parser.Consume<StreamStart>();
        if (!reader._parser.TryConsume<DocumentStart>(out _)) return ("null", false);
        var root = reader.Read(0);
        reader._parser.Consume<DocumentEnd>();
        return (root.ToJson(), !reader._parser.Accept<StreamEnd>(out _));
    }

    private Node Read(int depth)
    {
        _limits.CheckDepth(depth);
        Count(1);
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Resolve(alias, depth);
        if (!_parser.Accept<NodeEvent>(out var start)) throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a value is missing");
        var node = start switch
        {
            Scalar => ReadScalar(_parser.Consume<Scalar>()),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        // Register the anchor afterwards: an alias inside of its own anchor would never end.
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor] = node;
        return node;
    }

    private Node Resolve(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node)) throw new YamlException(alias.Start, alias.End, $"the alias *{alias.Value} has no anchor above it");
        Count(node.Size - 1);
        _limits.CheckDepth(depth + node.Depth);
        return node;
    }

    private Node ReadSequence(int depth)
    {
        _parser.Consume<SequenceStart>();
        var entries = new List<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) entries.Add(Read(depth + 1));
        return Node.List(entries);
    }

    private Node ReadMapping(int depth)
    {
        _parser.Consume<MappingStart>();
        var members = new OrderedDictionary<string, Node>(StringComparer.Ordinal);
        var merged = new List<Node>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var name = ReadName(out var isMerge);
            // The last of duplicate names counts, as everywhere here.
            if (!isMerge) members[name] = Read(depth + 1);
            else merged.AddRange(ReadMerged(depth));
        }
        // Own names take precedence over merged ones, and earlier mappings over later ones.
        foreach (var (name, value) in merged.SelectMany(mapping => mapping.Members!))
        {
            if (!members.TryAdd(name, value)) continue;
            Count(value.Size);
            _limits.CheckDepth(depth + 1 + value.Depth);
        }
        return Node.Map(members);
    }

    private string ReadName(out bool isMerge)
    {
        var at = _parser.Current!;
        isMerge = false;
        if (_parser.TryConsume<Scalar>(out var name))
        {
            isMerge = name is { Value: "<<", Style: ScalarStyle.Plain, Tag: var tag } && (tag.IsEmpty || tag.Value == MergeTag);
            return name.Value;
        }
        if (_parser.TryConsume<AnchorAlias>(out var alias) && Resolve(alias, 0).Text is { } text) return text;
        throw new YamlException(at.Start, at.End, "a name is a list or an object; only texts can be names");
    }

    private IReadOnlyList<Node> ReadMerged(int depth)
    {
        var at = _parser.Current!;
        var node = Read(depth + 1);
        if (node.Members is not null) return [node];
        if (node.Entries is { } entries && entries.All(entry => entry.Members is not null)) return entries;
        throw new YamlException(at.Start, at.End, "a merge key (<<) takes an object or a list of objects");
    }

    private static Node ReadScalar(Scalar scalar)
    {
        try
        {
            if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific)
            {
                var (json, text) = YamlTypes.Tagged(scalar.Tag.Value, scalar.Value);
                return Node.Scalar(json, json is null ? text : scalar.Value);
            }
            return Node.Scalar(scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? YamlTypes.Plain(scalar.Value) : null, scalar.Value);
        }
        catch (FormatException e)
        {
            throw new YamlException(scalar.Start, scalar.End, e.Message);
        }
    }

    private void Count(long values)
    {
        _cancel.ThrowIfCancellationRequested();
        _values += values;
        _limits.CheckValues(_values);
    }

    /// <summary>A value. Immutable once built, so that all aliases of an anchor share it.</summary>
    /// <param name="Json">For a scalar that is not text: its JSON.</param>
    /// <param name="Text">For a scalar: as written; it may be a name.</param>
    /// <param name="Entries">For a list.</param>
    /// <param name="Members">For an object.</param>
    /// <param name="Size">Number of values in it, itself and all expanded aliases included.</param>
    /// <param name="Depth">Levels below it.</param>
    private sealed record Node(string? Json, string? Text, IReadOnlyList<Node>? Entries, OrderedDictionary<string, Node>? Members, long Size, int Depth)
    {
        public static Node Scalar(string? json, string text) => new(json, text, null, null, 1, 0);

        public static Node List(List<Node> entries) => Of(entries, entries, null);

        public static Node Map(OrderedDictionary<string, Node> members) => Of(members.Values, null, members);

        private static Node Of(IReadOnlyCollection<Node> inside, IReadOnlyList<Node>? entries, OrderedDictionary<string, Node>? members) =>
            new(null, null, entries, members, 1 + inside.Sum(node => node.Size), inside.Count == 0 ? 0 : 1 + inside.Max(node => node.Depth));

        public string ToJson()
        {
            var json = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(json, Compact)) Write(writer);
            return Encoding.UTF8.GetString(json.WrittenSpan);
        }

        private void Write(Utf8JsonWriter writer)
        {
            if (Members is not null)
            {
                writer.WriteStartObject();
                foreach (var (name, value) in Members)
                {
                    writer.WritePropertyName(name);
                    value.Write(writer);
                }
                writer.WriteEndObject();
            }
            else if (Entries is not null)
            {
                writer.WriteStartArray();
                foreach (var entry in Entries) entry.Write(writer);
                writer.WriteEndArray();
            }
            else if (Json is not null) writer.WriteRawValue(Json, skipInputValidation: true);
            else writer.WriteStringValue(Text);
        }
    }
}
