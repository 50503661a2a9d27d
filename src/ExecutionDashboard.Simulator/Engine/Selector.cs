using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>The nodes that a job runs on: all parts must match.</summary>
internal sealed class Selector
{
    private readonly HashSet<string>? _ids;
    private readonly KeyValuePair<string, string>[] _labels;
    private readonly LabelRule[] _rules;

    private Selector(HashSet<string>? ids, KeyValuePair<string, string>[] labels, LabelRule[] rules) => (_ids, _labels, _rules) = (ids, labels, rules);

    /// <summary>Matches every node.</summary>
    public static Selector Any { get; } = new(null, [], []);

    /// <summary>Creates a selector.</summary>
    /// <exception cref="RefusedException">An expression is invalid.</exception>
    public static Selector Of(IReadOnlyCollection<string> ids, IEnumerable<KeyValuePair<string, string>> labels, IEnumerable<string> expressions) =>
        new(ids.Count == 0 ? null : [.. ids], [.. labels], [.. expressions.Select(LabelRule.Parse)]);

    /// <summary>Whether a node matches.</summary>
    public bool Matches(SimNode node)
    {
        if (_ids is not null && !_ids.Contains(node.Id)) return false;
        foreach (var (key, value) in _labels)
            if (node.Label(key) != value) return false;
        foreach (var rule in _rules)
            if (!rule.Matches(node.Label(rule.Key))) return false;
        return true;
    }
}

/// <summary>An expression over one label.</summary>
/// <param name="Key">The label.</param>
/// <param name="Values">The values; null to test for the label itself.</param>
/// <param name="Negated">Whether the result is inverted. A missing label then matches.</param>
internal sealed record LabelRule(string Key, string[]? Values, bool Negated)
{
    /// <summary>Parses <c>k=v</c>, <c>k==v</c>, <c>k!=v</c>, <c>k in (a,b)</c>, <c>k notin (a,b)</c>, <c>k</c>, <c>!k</c>.</summary>
    /// <exception cref="RefusedException">The expression is invalid.</exception>
    public static LabelRule Parse(string text)
    {
        var rule = text.Trim();
        foreach (var (word, negated) in new[] { (" notin ", true), (" in ", false), (" notin(", true), (" in(", false) })
        {
            var at = rule.IndexOf(word, StringComparison.Ordinal);
            if (at <= 0) continue;
            var list = rule[(at + word.TrimEnd('(').Length)..].Trim();
            if (list is not ['(', .., ')']) throw Unreadable(text);
            var values = list[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return values.Length == 0 ? throw Unreadable(text) : new(KeyOf(rule[..at], text), values, negated);
        }
        foreach (var (sign, negated) in new[] { ("!=", true), ("==", false), ("=", false) })
        {
            var at = rule.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0) return new(KeyOf(rule[..at], text), [rule[(at + sign.Length)..].Trim()], negated);
        }
        return rule.StartsWith('!') ? new(KeyOf(rule[1..], text), null, true) : new(KeyOf(rule, text), null, false);
    }

    /// <summary>Whether a label with this value (null is missing) matches.</summary>
    public bool Matches(string? value) => Negated != (value is not null && (Values is null || Array.IndexOf(Values, value) >= 0));

    private static string KeyOf(string key, string text)
    {
        key = key.Trim();
        return key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/') ? key : throw Unreadable(text);
    }

    private static RefusedException Unreadable(string text) => new(400, $"selector expression '{text}' cannot be parsed");
}

/// <summary>A refused request; becomes an HTTP status and <c>{"message": …}</c>.</summary>
internal sealed class RefusedException(int status, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;
}
