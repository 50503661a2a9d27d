using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExecutionDashboard.Components.Shared.Specs.Yaml;

/// <summary>
/// Writes JSON as block-style YAML. YamlDotNet's emitter (18.1) is not used: it loses a text that is a single line break, leaves byte order marks and zero-width
/// characters unescaped in quotes, and cannot be told where to escape.
/// </summary>
internal sealed class YamlWriter
{
    private const int Step = 2;

    // Names longer than 1,024 characters need a question mark; readers count differently.
    private const int LongestName = 1_000;

    private readonly StringBuilder _text = new();

    private YamlWriter()
    {
    }

    /// <summary>The YAML of a JSON value, with a line break at its end.</summary>
    /// <exception cref="InvalidOperationException">A name or text has half of a surrogate pair.</exception>
    public static string Write(JsonElement root)
    {
        var writer = new YamlWriter();
        if (IsBlock(root)) writer.Collection(root, 0, startsLine: true);
        else writer.Scalar(root, -1);
        return writer._text.ToString();
    }

    private static bool IsBlock(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().MoveNext(),
        JsonValueKind.Array => element.GetArrayLength() > 0,
        _ => false,
    };

    private void Collection(JsonElement element, int indent, bool startsLine)
    {
        if (element.ValueKind == JsonValueKind.Object) Mapping(element, indent, startsLine);
        else Sequence(element, indent, startsLine);
    }

    private void Mapping(JsonElement element, int indent, bool startsLine)
    {
        foreach (var (name, value) in Members(element))
        {
            if (startsLine) _text.Append(' ', indent);
            startsLine = true;
            var isLong = Name(name, indent);
            _text.Append(':');
            if (!IsBlock(value))
            {
                _text.Append(' ');
                Scalar(value, indent);
                continue;
            }
            _text.Append('\n');
            // A list has the indentation of its name.
            Collection(value, value.ValueKind == JsonValueKind.Array && !isLong ? indent : indent + Step, startsLine: true);
        }
    }

    private void Sequence(JsonElement element, int indent, bool startsLine)
    {
        foreach (var entry in element.EnumerateArray())
        {
            if (startsLine) _text.Append(' ', indent);
            startsLine = true;
            _text.Append("- ");
            if (IsBlock(entry)) Collection(entry, indent + Step, startsLine: false);
            else Scalar(entry, indent);
        }
    }

    private bool Name(string name, int indent)
    {
        var start = _text.Length;
        // YamlDotNet (18.1) misreads an unquoted name that contains a space and a star.
        if (YamlText.IsPlain(name) && !name.Contains(" *", StringComparison.Ordinal)) _text.Append(name);
        else YamlText.AppendQuoted(_text, name);
        if (_text.Length - start <= LongestName) return false;
        _text.Insert(start, "? ").Append('\n').Append(' ', indent);
        return true;
    }

    /// <summary>A value on the same line, and the end of the line.</summary>
    /// <param name="element">The value.</param>
    /// <param name="indent">Indentation of the names or entries around it; -1 without any.</param>
    private void Scalar(JsonElement element, int indent)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: _text.Append("{}"); break;
            case JsonValueKind.Array: _text.Append("[]"); break;
            case JsonValueKind.Number: _text.Append(YamlText.Number(element.GetRawText())); break;
            case JsonValueKind.True: _text.Append("true"); break;
            case JsonValueKind.False: _text.Append("false"); break;
            case JsonValueKind.String:
                var value = element.GetString()!;
                if (YamlText.IsPlain(value)) _text.Append(value);
                else if (indent >= 0 && YamlText.IsBlock(value))
                {
                    Block(value, indent + Step);
                    return;
                }
                else YamlText.AppendQuoted(_text, value);
                break;
            default: _text.Append("null"); break;
        }
        _text.Append('\n');
    }

    // Multi-line texts are blocks, so that mappings and queries are readable.
    private void Block(string value, int indent)
    {
        _text.Append('|');
        // Readers take the indentation from the first line, which fails if it is empty or starts with white space.
        if (value[0] is ' ' or '\t' or '\n') _text.Append(CultureInfo.InvariantCulture, $"{Step}");
        var ends = value.Length - value.AsSpan().TrimEnd('\n').Length;
        if (ends != 1) _text.Append(ends == 0 ? '-' : '+');
        _text.Append('\n');
        var text = value.AsSpan(0, value.Length - Math.Min(ends, 1));
        foreach (var range in text.Split('\n'))
        {
            var line = text[range];
            if (!line.IsEmpty) _text.Append(' ', indent).Append(line);
            _text.Append('\n');
        }
    }

    // Duplicate names are legal in JSON text: the last one counts, as everywhere here.
    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject()) members[property.Name] = property.Value;
        return members;
    }
}
