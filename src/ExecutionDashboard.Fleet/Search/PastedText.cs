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
        var start = words.FindIndex(word => word == Program || word.EndsWith('/' + Program, StringComparison.Ordinal));
        if (start < 0) return named;
        FleetKind? kind = null;
        var hasVerb = false;
        for (var i = start + 1; i < words.Count; i++)
        {
            var word = words[i];
            if (word.StartsWith('-'))
            {
                var (flag, value) = word.TrimStart('-').Split('=', 2) is [var name, var given] ? (name, given) : (word.TrimStart('-'), null);
                var about = flag switch { "job-id" or "job" => FleetKind.Job, "node-id" or "node" => FleetKind.Node, "execution-id" => FleetKind.Execution, _ => (FleetKind?)null };
                if (about is null && !WithValue.Contains(flag)) continue;
                value ??= i + 1 < words.Count ? words[++i] : "";
                if (about is not null && value.Length > 0) named.Add(new(about, value));
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
