using System.Text;

namespace ExecutionDashboard.Fleet.Search;

/// <summary>Reads what was pasted: an address of a page of the dashboard, with or without its host, or a line of <c>expanso-cli</c>.</summary>
public static class PastedText
{
    private const string Program = "expanso-cli";

    // Flags of expanso-cli that are followed by a value which names nothing.
    private static readonly HashSet<string> WithValue = new(StringComparer.Ordinal)
    {
        "endpoint", "api-key", "profile", "namespace", "format", "limit", "state", "label", "job-version", "config", "output", "o", "n", "p",
    };

    /// <summary>The things that a text names; empty when it is neither an address nor a command.</summary>
    public static IReadOnlyList<NamedThing> Read(string text)
    {
        text = text.Trim().Trim('"', '\'', '`', '<', '>');
        return text.Contains(Program, StringComparison.Ordinal) ? OfCommand(Split(text)) : OfAddress(text);
    }

    /// <summary>The list that a line of <c>expanso-cli</c> asks for; null when it is no such line.</summary>
    public static PastedList? ListOf(string text)
    {
        if (text.Length > SoughtText.Longest || !text.Contains(Program, StringComparison.Ordinal)) return null;
        var words = Split(text.Trim());
        var start = words.FindIndex(IsProgram);
        if (start < 0) return null;
        var (kind, verb, flags) = (default(FleetKind?), "", new List<(string Name, string Value)>());
        for (var i = start + 1; i < words.Count && words[i] is not ("|" or "&&" or ";" or "||"); i++)
        {
            if (words[i].StartsWith('-')) flags.Add(Flag(words, ref i));
            else if (kind is null) kind = KindOf(words[i]);
            else if (verb.Length == 0) verb = words[i];
        }
        string[] Of(params string[] names) => [.. flags.Where(flag => names.Contains(flag.Name)).SelectMany(flag => flag.Value.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        return kind is { } listed && verb == "list" ? new(listed) { Jobs = Of("job-id", "job"), Nodes = Of("node-id", "node"), States = Of("state"), Versions = Of("job-version"), Namespaces = Of("namespace", "n"), Labels = Of("label") } : null;
    }

    private static bool IsProgram(string word) => word == Program || word.EndsWith('/' + Program, StringComparison.Ordinal);

    // Moves on to the value where it is a word of its own.
    private static (string Name, string Value) Flag(List<string> words, ref int at)
    {
        if (words[at].TrimStart('-').Split('=', 2) is [var name, var given]) return (name, given);
        var flag = words[at].TrimStart('-');
        return TakesValue(flag) && at + 1 < words.Count ? (flag, words[++at]) : (flag, "");
    }

    private static bool TakesValue(string flag) => WithValue.Contains(flag) || AboutOf(flag) is not null;

    private static FleetKind? AboutOf(string flag) => flag switch { "job-id" or "job" => FleetKind.Job, "node-id" or "node" => FleetKind.Node, "execution-id" => FleetKind.Execution, _ => null };

    private static List<NamedThing> OfAddress(string text)
    {
        if (text.AsSpan().ContainsAny(' ', '\n', '\t')) return [];
        var hasHost = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!hasHost && !text.Contains('/', StringComparison.Ordinal) && !text.Contains('?', StringComparison.Ordinal)) return [];
        var (path, query) = text.Split('#', 2)[0].Split('?', 2) is [var before, var after] ? (before, after) : (text.Split('#', 2)[0], "");
        if (hasHost) path = path[(path.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var parts = path.Split('/');
        // The host is no page, and neither is a folder that the dashboard is in.
        for (var i = parts.Length - 1; i >= (hasHost ? 1 : 0); i--)
        {
            if (KindOf(parts[i]) is not { } kind) continue;
            if (i + 1 < parts.Length && parts[i + 1].Length > 0) return [new(kind, Unescape(parts[i + 1]))];
            return Opened(query) is { Length: > 0 } id ? [new(kind, id)] : [];
        }
        return [];
    }

    private static string Opened(string query)
    {
        foreach (var pair in query.Split('&'))
            if (pair.StartsWith("open=", StringComparison.Ordinal)) return Unescape(pair["open=".Length..]);
        return "";
    }

    private static List<NamedThing> OfCommand(List<string> words)
    {
        var named = new List<NamedThing>();
        var start = words.FindIndex(IsProgram);
        if (start < 0) return named;
        FleetKind? kind = null;
        var hasVerb = false;
        for (var i = start + 1; i < words.Count; i++)
        {
            var word = words[i];
            if (word.StartsWith('-'))
            {
                var (flag, value) = Flag(words, ref i);
                if (AboutOf(flag) is { } about && value.Length > 0) named.Add(new(about, value));
            }
            else if (word is "|" or "&&" or ";" or "||") break;
            else if (kind is null) kind = KindOf(word);
            else if (!hasVerb) hasVerb = true;
            else named.Add(new(kind, word));
        }
        return named;
    }

    private static FleetKind? KindOf(string word) => word.ToLowerInvariant() switch
    {
        "executions" or "execution" or "exec" => FleetKind.Execution,
        "nodes" or "node" => FleetKind.Node,
        "jobs" or "job" => FleetKind.Job,
        "deployments" or "deployment" => FleetKind.Deployment,
        _ => null,
    };

    private static string Unescape(string text) => Uri.UnescapeDataString(text);

    // As a shell splits a line, without its expansions.
    private static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var isOpen = false;
        foreach (var letter in line)
        {
            if (quote != '\0' ? letter == quote : letter is '"' or '\'') (quote, isOpen) = (quote == '\0' ? letter : '\0', true);
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (isOpen) words.Add(word.ToString());
                word.Clear();
                isOpen = false;
            }
            else
            {
                word.Append(letter);
                isOpen = true;
            }
        }
        if (isOpen) words.Add(word.ToString());
        return words;
    }
}

/// <summary>A list that a line of <c>expanso-cli</c> asks for, with its filters as they were written.</summary>
/// <param name="Kind">What it lists.</param>
public sealed record PastedList(FleetKind Kind)
{
    /// <summary>Ids or names of jobs.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    /// <summary>Ids or names of nodes.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>States of executions.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Versions of jobs.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Namespaces.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Labels of nodes, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
