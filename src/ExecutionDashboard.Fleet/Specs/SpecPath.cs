using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>A step of a path: a name, or an index where the name is null.</summary>
internal readonly record struct SpecStep(string? Name, int Index);

/// <summary>Paths in a spec as text.</summary>
internal static class SpecPath
{
    public static string Member(string path, string name) =>
        IsPlain(name) ? path.Length == 0 ? name : $"{path}.{name}" : $"{path}[\"{Escaped(name)}\"]";

    public static string Entry(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>A text with JSON escapes, without quotes.</summary>
    public static string Escaped(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    /// <summary>Parses a path as written above. Other text is read as far as possible.</summary>
    public static IReadOnlyList<SpecStep> Parse(string path)
    {
        var steps = new List<SpecStep>();
        for (var at = 0; at < path.Length;)
        {
            if (path[at] == '.')
            {
                at++;
                continue;
            }
            if (path[at] != '[')
            {
                var end = path.AsSpan(at).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : at + end;
                steps.Add(new SpecStep(path[at..end], -1));
                at = end;
                continue;
            }
            var close = at + 1 < path.Length && path[at + 1] == '"' ? QuoteEnd(path, at + 2) + 1 : path.IndexOf(']', at);
            if (close <= at || close >= path.Length) break;
            if (path[at + 1] == '"') steps.Add(new SpecStep(Unescaped(path[(at + 2)..(close - 1)]), -1));
            else if (int.TryParse(path.AsSpan(at + 1, close - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) steps.Add(new SpecStep(null, index));
            else break;
            at = close + 1;
        }
        return steps;
    }

    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_')) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')) return false;
        return true;
    }

    private static int QuoteEnd(string path, int from)
    {
        for (var i = from; i < path.Length; i++)
        {
            if (path[i] == '\\') i++;
            else if (path[i] == '"') return i;
        }
        return path.Length;
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\')) return text;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        try
        {
            return reader.Read() ? reader.GetString() ?? "" : text;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not a valid path: keep the text.
            return text;
        }
    }
}
