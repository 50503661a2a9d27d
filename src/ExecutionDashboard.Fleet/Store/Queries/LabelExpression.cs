using System.Diagnostics.CodeAnalysis;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// One selector expression over labels: <c>key=value</c>, <c>key==value</c>, <c>key!=value</c>, <c>key in (a,b)</c>, <c>key notin (a,b)</c>,
/// <c>key</c>, <c>!key</c> (source: the field text of <c>match_expressions</c>).
/// </summary>
public sealed class LabelExpression
{
    private readonly string[]? _values;
    private readonly bool _negated, _isList;

    private LabelExpression(string key, string[]? values, bool negated, bool isList = false)
    {
        Key = key;
        _values = values;
        _negated = negated;
        _isList = isList;
    }

    /// <summary>The label key.</summary>
    public string Key { get; }

    /// <summary>The expression that matches exactly when this one does not.</summary>
    public string Negated => _values switch
    {
        null => (_negated ? "" : "!") + Key,
        [var value] when !_isList => $"{Key}{(!_negated ? "!=" : value.StartsWith('=') ? "==" : "=")}{value}",
        _ => $"{Key} {(_negated ? "in" : "notin")} ({string.Join(',', _values)})",
    };

    /// <summary>Parses an expression; false with the reason when invalid.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelExpression? expression, out string problem)
    {
        expression = null;
        problem = "";
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length == 0)
        {
            problem = "The label expression is empty.";
            return false;
        }
        expression = Comparison(trimmed, ref problem) ?? Membership(trimmed, ref problem) ?? Existence(trimmed, ref problem);
        if (expression is null) problem = problem.Length > 0 ? problem : $"'{trimmed}' is not a label expression such as region=eu or tier in (a,b).";
        return expression is not null;
    }

    /// <summary>Whether labels match. A missing key matches <c>!=</c>, <c>notin</c> and <c>!key</c> only.</summary>
    /// <param name="label">Gives the value of a label, null without it.</param>
    public bool Matches(Func<string, string?> label) => MatchesValue(label(Key));

    /// <summary>Whether a value of <see cref="Key"/> matches; null for a missing label.</summary>
    internal bool MatchesValue(string? value) =>
        value is null ? _negated : (_values is null || Array.IndexOf(_values, value) >= 0) != _negated;

    private static LabelExpression? Comparison(string text, ref string problem)
    {
        var equals = text.IndexOf('=');
        if (equals < 0) return null;
        var negated = equals > 0 && text[equals - 1] == '!';
        var key = text[..(negated ? equals - 1 : equals)].Trim();
        var valueAt = !negated && equals + 1 < text.Length && text[equals + 1] == '=' ? equals + 2 : equals + 1;
        return IsKey(key, ref problem) ? new(key, [text[valueAt..].Trim()], negated) : null;
    }

    private static LabelExpression? Membership(string text, ref string problem)
    {
        var open = text.IndexOf('(');
        if (problem.Length > 0 || open < 0) return null;
        var words = text[..open].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || words[1].ToLowerInvariant() is not ("in" or "notin"))
        {
            problem = $"'{text}' has a list, but not the form 'key in (a,b)' or 'key notin (a,b)'.";
            return null;
        }
        if (!text.EndsWith(')'))
        {
            problem = $"The list of '{text}' is not closed.";
            return null;
        }
        var values = text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (values.Length == 0)
        {
            problem = $"The list of '{text}' is empty.";
            return null;
        }
        return IsKey(words[0], ref problem) ? new(words[0], values, words[1].Equals("notin", StringComparison.OrdinalIgnoreCase), isList: true) : null;
    }

    private static LabelExpression? Existence(string text, ref string problem)
    {
        if (problem.Length > 0) return null;
        var negated = text[0] == '!';
        var key = negated ? text[1..].Trim() : text;
        return IsKey(key, ref problem) ? new(key, null, negated) : null;
    }

    private static bool IsKey(string key, ref string problem)
    {
        if (key.Length == 0) problem = "The label expression has no key.";
        else if (key.AsSpan().IndexOfAny(" \t()!=,") >= 0) problem = $"'{key}' cannot be the key of a label.";
        return problem.Length == 0;
    }
}
