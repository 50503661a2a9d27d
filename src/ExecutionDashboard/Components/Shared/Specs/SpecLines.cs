using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>Syntax of the lines.</summary>
public enum SpecSyntax
{
    /// <summary>Indented JSON.</summary>
    Json,
    /// <summary>YAML.</summary>
    Yaml,
    /// <summary>Names and values, one per line, without punctuation.</summary>
    Tree,
}

/// <summary>A line of a spec.</summary>
/// <param name="Text">The line with its indentation.</param>
/// <param name="FoldTo">Index of the last line that is folded with it; -1 when it cannot be folded.</param>
/// <param name="NameEnd">In a tree: end of the name; else 0.</param>
/// <param name="IsText">Whether it is part of a multi-line text.</param>
public readonly record struct SpecLine(string Text, int FoldTo = -1, int NameEnd = 0, bool IsText = false);

/// <summary>A spec as lines that can be folded, masked. Immutable.</summary>
/// <param name="Syntax">The syntax.</param>
/// <param name="Lines">The lines.</param>
public sealed record SpecLines(SpecSyntax Syntax, IReadOnlyList<SpecLine> Lines)
{
    private const int Step = 2;

    /// <summary>Length of the longest line, at most <see cref="SpecColours.LongestLine"/>.</summary>
    public int Width { get; } = Lines.Count == 0 ? 0 : Math.Min(SpecColours.LongestLine, Lines.Max(line => line.Text.Length));

    /// <summary>A spec in a syntax.</summary>
    public static SpecLines Of(string json, SpecSyntax syntax) => syntax switch
    {
        SpecSyntax.Yaml => OfYaml(SpecText.Yaml(json)),
        SpecSyntax.Json => OfJson(SpecText.Json(json)),
        _ => OfTree(json),
    };

    /// <summary>Lines of indented JSON.</summary>
    public static SpecLines OfJson(string text)
    {
        var lines = Split(text);
        var open = new Stack<int>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Text.AsSpan().TrimEnd(',');
            // The closing bracket stays visible below the line that opened it.
            if (line.Length > 0 && line[^1] is '}' or ']' && IsClosing(line) && open.TryPop(out var start) && i - start > 1) lines[start] = lines[start] with { FoldTo = i - 1 };
            if (line.Length > 0 && line[^1] is '{' or '[') open.Push(i);
        }
        return new(SpecSyntax.Json, lines);

        static bool IsClosing(ReadOnlySpan<char> line) => line.TrimStart(' ').Length == 1;
    }

    /// <summary>Lines of YAML.</summary>
    public static SpecLines OfYaml(string text)
    {
        var lines = Split(text);
        var block = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Text;
            if (block >= 0 && (line.Length == 0 || IndentOf(line) > block))
            {
                lines[i] = lines[i] with { IsText = true };
                continue;
            }
            block = OpensBlock(line) ? IndentOf(line) : -1;
        }
        Fold(lines);
        return new(SpecSyntax.Yaml, lines);
    }

    /// <summary>The names and values of JSON text, masked.</summary>
    public static SpecLines OfTree(string json) =>
        SpecValue.Parse(json) is not { } value ? new(SpecSyntax.Tree, Split(SecretMask.Mask(json))) : value.IsComposite ? OfTree(value) : OfTree([("", value)]);

    /// <summary>The members or entries of a value as a tree, masked.</summary>
    public static SpecLines OfTree(SpecValue composite) => OfTree(
        composite.Kind == JsonValueKind.Object ? composite.ShownMembers : composite.Entries.Select((entry, i) => ($"[{i}]", entry)));

    /// <summary>A tree of names and values; the names must be masked already.</summary>
    public static SpecLines OfTree(IEnumerable<(string Name, SpecValue Value)> members)
    {
        var lines = new List<SpecLine>();
        foreach (var (name, value) in members) AddValue(name, value, 0);
        var array = lines.ToArray();
        Fold(array);
        return new(SpecSyntax.Tree, array);

        void AddInside(SpecValue composite, int depth)
        {
            if (composite.Kind == JsonValueKind.Object)
                foreach (var (name, inner) in composite.ShownMembers) AddValue(name, inner, depth);
            for (var i = 0; i < composite.Entries.Count; i++) AddValue($"[{i}]", composite.Entries[i], depth);
        }

        void AddValue(string name, SpecValue inner, int depth)
        {
            var indent = new string(' ', depth * Step);
            name = name.ReplaceLineEndings("⏎");
            var end = indent.Length + name.Length;
            var gap = name.Length > 0 ? "  " : "";
            if (inner.IsComposite)
            {
                var size = inner.Kind == JsonValueKind.Object ? inner.Count == 0 ? "{}" : $"{{{inner.Count}}}" : inner.Count == 0 ? "[]" : $"[{inner.Count}]";
                lines.Add(new(indent + name + gap + size, NameEnd: end));
                AddInside(inner, depth + 1);
                return;
            }
            var shown = inner.Shown;
            if (!inner.ShownAsText || !shown.Contains('\n'))
            {
                lines.Add(new(indent + name + gap + (inner.ShownAsText ? JsonSerializer.Serialize(shown, SpecColours.Readable) : shown), NameEnd: end));
                return;
            }
            var block = shown.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            lines.Add(new($"{indent}{name}{gap}text of {block.Length} lines", NameEnd: end));
            foreach (var line in block) lines.Add(new(indent + "  " + line, IsText: true));
        }
    }

    private static SpecLine[] Split(string text) =>
        Array.ConvertAll(text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'), line => new SpecLine(line));

    /// <summary>Lines fold the lines below that are indented deeper. Lists may have the indentation of their name.</summary>
    private static void Fold(SpecLine[] lines)
    {
        var open = new Stack<(int Line, int Indent)>();
        var last = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            // An empty line of a text belongs to the text around it.
            if (lines[i].Text.Length == 0) continue;
            var indent = lines[i].IsText && open.TryPeek(out var holder) ? Math.Max(IndentOf(lines[i].Text), holder.Indent + 1) : IndentOf(lines[i].Text);
            // List entries at the indentation of their name belong to it.
            var isEntry = !lines[i].IsText && lines[i].Text.AsSpan(Math.Min(indent, lines[i].Text.Length)).StartsWith("- ");
            while (open.TryPeek(out var top) && (top.Indent > indent || (top.Indent == indent && !(isEntry && IsListName(lines[top.Line].Text, indent))))) Close(open.Pop().Line, last);
            last = i;
            if (!lines[i].IsText) open.Push((i, indent));
        }
        while (open.TryPop(out var left)) Close(left.Line, last);

        void Close(int line, int end)
        {
            if (end > line) lines[line] = lines[line] with { FoldTo = end };
        }

        static bool IsListName(string line, int indent) => line.EndsWith(':') && !line.AsSpan(indent).StartsWith("- ");
    }

    private static int IndentOf(string line)
    {
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ') indent++;
        return indent;
    }

    private static bool OpensBlock(string line)
    {
        var end = line.AsSpan().TrimEnd("+-0123456789");
        return end.Length > 1 && end[^1] is '|' or '>' && end[^2] == ' ' && (line.Contains(": ", StringComparison.Ordinal) || line.TrimStart().StartsWith("- ", StringComparison.Ordinal));
    }
}
