using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Filters;

/// <summary>A suggestion for the end of a filter text.</summary>
/// <param name="Start">From where on it replaces the text.</param>
/// <param name="Insert">What it puts there; with a space at its end the term is complete.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Hint">What it means; may be empty.</param>
/// <param name="Count">Number of executions, or of nodes for what nodes have; null when unknown.</param>
public sealed record FilterCompletion(int Start, string Insert, string Name, string Hint, int? Count = null);

/// <summary>Suggests terms, then values of a term, for the end of what is typed.</summary>
public static class FilterCompletions
{
    private const int Most = 10;
    private static readonly string[] Spans = [">10m", ">1h", ">1d", "<5m"], Ages = ["<15m", "<1h", "<1d", "<7d", ">1d"];

    /// <summary>The suggestions. Costs a pass over the names in question.</summary>
    public static IReadOnlyList<FilterCompletion> Of(string text, FilterList list, FleetStore store)
    {
        var start = StartOfTerm(text);
        if (start < 0) return [];
        var name = start + (text.Length > start && text[start] == '-' ? 1 : 0);
        var colon = text.IndexOf(':', name);
        if (colon < 0) return Terms(text[name..], name, list.Vocabulary, store);
        var written = text[name..colon];
        if (list.Vocabulary.Find(written.Equals("no", StringComparison.OrdinalIgnoreCase) ? "has" : written) is not { } term) return [];
        var value = Math.Max(colon, text.LastIndexOf(',')) + 1;
        var typed = text[value..].TrimStart('"');
        var compared = typed.Length > 0 && typed[0] is '<' or '>';
        return [.. Values(term, compared ? typed.TrimStart('<', '>', '=') : typed, list, store)
            .Where(v => !compared || term.Kind == FilterValueKind.Version || v.Insert[0] == typed[0])
            .Select(v => v with { Start = value, Insert = (compared && v.Insert[0] is not ('<' or '>') ? Comparison(typed) : "") + v.Insert + " " }).Take(Most)];
    }

    /// <summary>Whether the text ends in a term that is not complete, so that it should not be applied yet.</summary>
    public static bool IsUnfinished(string text) => StartOfTerm(text) is var start && (start < 0 || (start < text.Length && NameLength(text, start) > 0));

    /// <summary>The text without an incomplete term at its end.</summary>
    public static string Finished(string text) => !IsUnfinished(text) ? text : StartOfTerm(text) is > 0 and var start ? text[..start] : "";

    // Where the last term begins: the end of the text after a space, -1 within quotes.
    private static int StartOfTerm(string text)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && quoted) i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && char.IsWhiteSpace(text[i])) start = i + 1;
        }
        return quoted ? -1 : start;
    }

    private static int NameLength(string text, int start)
    {
        var at = text[start] == '-' ? start + 1 : start;
        var end = at;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        return end > at && end < text.Length && text[end] == ':' ? end - at : 0;
    }

    private static IReadOnlyList<FilterCompletion> Terms(string typed, int start, FilterVocabulary vocabulary, FleetStore store) =>
        [.. vocabulary.OfferedFor(store).Where(t => t.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(t => new FilterCompletion(start, t.Name + ":", t.Name + ":", t.Hint)).Take(typed.Length == 0 ? vocabulary.Terms.Count : Most)];

    private static IEnumerable<FilterCompletion> Values(FilterTerm term, string typed, FilterList list, FleetStore store) =>
        list.Choices(term.Field, store) is { } choices ? Matching(typed, choices.Select(c => (c.Value, c.Hint, c.Count))) : Values(term, typed, store);

    private static IEnumerable<FilterCompletion> Values(FilterTerm term, string typed, FleetStore store) => term.Kind switch
    {
        FilterValueKind.State => Matching(typed, ExecutionState.All.Select(s => (s.Name, "", term.Field == FilterField.State ? store.Counts(ExecutionScope.All)[s.Known] : (int?)null))),
        FilterValueKind.Word => Matching(typed, term.Words.Select(w => (w.Word, w.Hint, (int?)null))),
        FilterValueKind.Span => Spans.Where(s => s.TrimStart('<', '>').StartsWith(typed, StringComparison.Ordinal)).Select(s => new FilterCompletion(0, s, s, Meaning(s, "for"))),
        FilterValueKind.Time => Ages.Where(s => s.TrimStart('<', '>').StartsWith(typed, StringComparison.Ordinal)).Select(s => new FilterCompletion(0, s, s, Meaning(s, "ago"))),
        FilterValueKind.Label => Matching(typed, store.NodeFacets.Labels.SelectMany(l => l.Values.Where(v => Masked.Pair(l.Key, v.Value) == v.Value).Select(v => ($"{l.Key}={v.Value}", "nodes", (int?)v.Nodes)))),
        _ => Names(term, typed, store),
    };

    private static IEnumerable<FilterCompletion> Names(FilterTerm term, string typed, FleetStore store) => term.Field switch
    {
        FilterField.Plane => Matching(typed, store.Planes.Names.Select(plane => (plane, "", (int?)null))),
        FilterField.Job => Matching(typed, store.Jobs.Select(j => (j.DisplayName, "", (int?)null))).DistinctBy(c => c.Name).Take(Most)
            .Select(c => c with { Count = store.KeptCounts(new ExecutionQuery { Jobs = [c.Name] })?.Total }),
        FilterField.Node => Matching(typed, store.Nodes.Select(n => (n.DisplayName, "", (int?)null))).DistinctBy(c => c.Name).Take(Most)
            .Select(c => c with { Count = store.KeptCounts(new ExecutionQuery { Nodes = [c.Name] })?.Total }),
        FilterField.Deployment => Matching(typed, store.Deployments.Select(d => (d.Id, store.FindJob(d.JobId)?.DisplayName ?? d.JobId, (int?)null))).Take(Most)
            .Select(c => c with { Count = store.CountsOfDeployment(c.Name, ExecutionScope.All).Total }),
        FilterField.Namespace => Matching(typed, store.Namespaces.Select(n => (n, "", (int?)null))),
        FilterField.Type => Matching(typed, store.Types.Select(t => (t, "", (int?)null))),
        FilterField.Agent => Matching(typed, store.NodeFacets.Agents.Select(f => (f.Value, "nodes", (int?)f.Nodes))),
        FilterField.System => Matching(typed, store.NodeFacets.Systems.Select(f => (f.Value, "nodes", (int?)f.Nodes))),
        FilterField.Architecture => Matching(typed, store.NodeFacets.Architectures.Select(f => (f.Value, "nodes", (int?)f.Nodes))),
        _ => [],
    };

    // Those that begin with it first.
    private static IEnumerable<FilterCompletion> Matching(string typed, IEnumerable<(string Name, string Hint, int? Count)> values)
    {
        List<FilterCompletion> begin = [], contain = [];
        foreach (var (name, hint, count) in values)
        {
            if (name.Length == 0 || !name.Contains(typed, StringComparison.OrdinalIgnoreCase)) continue;
            (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? begin : contain).Add(new(0, FilterText.Value(name), name, hint, count));
            if (begin.Count == Most) break;
        }
        return begin.Concat(contain);
    }

    private static string Comparison(string typed) => typed.Length > 1 && typed[1] == '=' ? typed[..2] : typed[..1];

    private static string Meaning(string span, string of) => FilterTime.TrySpan(span[1..], out var length)
        ? $"{(of == "for" ? "for " : "")}{(span[0] == '<' ? "less" : "more")} than {Format.Span(length)}{(of == "for" ? "" : " ago")}" : "";
}
