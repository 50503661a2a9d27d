using System.Text;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>A part of a filter that cannot be read.</summary>
/// <param name="Start">Where it begins, in characters.</param>
/// <param name="Text">The part.</param>
/// <param name="Reason">Why, for people.</param>
public readonly record struct FilterProblem(int Start, string Text, string Reason);

/// <summary>A filter as it was read.</summary>
/// <param name="Filter">The conditions that were read.</param>
/// <param name="Problems">The parts that were not; they filter nothing.</param>
public sealed record ParsedFilter(Filter Filter, IReadOnlyList<FilterProblem> Problems);

/// <summary>
/// Reads the filter language: terms separated by spaces, each a <c>name:value</c> or a text, with <c>-</c> before it for "not". The grammar is in docs/filters.md.
/// Never fails, and costs the length of the text.
/// </summary>
public sealed class FilterParser
{
    private readonly string _text;
    private readonly FilterVocabulary _vocabulary;
    private readonly List<FilterCondition> _conditions = [];
    private readonly List<FilterProblem> _problems = [];
    private int _at;

    private FilterParser(string text, FilterVocabulary vocabulary) => (_text, _vocabulary) = (text, vocabulary);

    /// <summary>Reads a text.</summary>
    public static ParsedFilter Parse(string? text, FilterVocabulary vocabulary)
    {
        var parser = new FilterParser(text ?? "", vocabulary);
        while (parser.SkipSpace()) parser.ReadTerm();
        return new(Filter.Of(parser._conditions), parser._problems);
    }

    private bool SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        return _at < _text.Length;
    }

    private void ReadTerm()
    {
        var start = _at;
        var not = _text[_at] == '-' && _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]);
        if (not) _at++;
        var problem = NameBefore(_at) is { Length: > 0 } name ? ReadField(name, not) : ReadText(not);
        if (problem is null) return;
        // The rest of the term belongs to it.
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at])) _at++;
        _problems.Add(new(start, _text[start.._at], problem));
    }

    // The letters before a colon; empty when what follows is a text.
    private string NameBefore(int at)
    {
        var end = at;
        while (end < _text.Length && (char.IsLetter(_text[end]) || _text[end] == '_')) end++;
        return end > at && end < _text.Length && _text[end] == ':' ? _text[at..end] : "";
    }

    private string? ReadText(bool not)
    {
        if (ReadValue(untilComma: false) is not { } read) return Unclosed;
        var text = read.Literal;
        if (text.Length > 0) _conditions.Add(FilterCondition.Of(FilterField.Text, text, not));
        return null;
    }

    private string? ReadField(string name, bool not)
    {
        _at += name.Length + 1;
        if (name.Equals("no", StringComparison.OrdinalIgnoreCase)) (name, not) = ("has", !not);
        if (_vocabulary.Find(name) is not { } term)
        {
            SkipValues();
            return $"{char.ToUpperInvariant(_vocabulary.Thing[0])}{_vocabulary.Thing[1..]} have no filter '{name}'. Put the text in quotes to search for it.";
        }
        var test = ReadTest();
        var values = new List<RawValue>();
        do
        {
            if (ReadValue(untilComma: true) is not { } value) return Unclosed;
            values.Add(value);
        }
        while (_at < _text.Length && _text[_at] == ',' && ++_at <= _text.Length);
        if (values.Exists(v => v is { Literal.Length: 0, IsQuoted: false })) return $"A value is missing after '{name}:'.";
        return FilterConditions.Make(term, test, not, values, _conditions);
    }

    private FilterTest ReadTest()
    {
        if (_at >= _text.Length || _text[_at] is not ('<' or '>')) return FilterTest.OneOf;
        var below = _text[_at++] == '<';
        if (_at >= _text.Length || _text[_at] != '=') return below ? FilterTest.Below : FilterTest.Above;
        _at++;
        return below ? FilterTest.AtMost : FilterTest.AtLeast;
    }

    private void SkipValues()
    {
        while (ReadValue(untilComma: false) is not null && _at < _text.Length && !char.IsWhiteSpace(_text[_at])) { }
    }

    // Null for quotes that are not closed; everything up to the end belongs to them.
    private RawValue? ReadValue(bool untilComma)
    {
        var (literal, pattern, quoted, stars) = (new StringBuilder(), new StringBuilder(), false, false);
        for (; _at < _text.Length && !char.IsWhiteSpace(_text[_at]) && !(untilComma && _text[_at] == ','); _at++)
        {
            if (_text[_at] != '"')
            {
                literal.Append(_text[_at]);
                if (_text[_at] == '*')
                {
                    stars = true;
                    pattern.Append('*');
                }
                else FilterValue.AppendLiteral(pattern, _text[_at]);
                continue;
            }
            quoted = true;
            for (_at++; ; _at++)
            {
                if (_at >= _text.Length) return null;
                if (_text[_at] == '"') break;
                if (_text[_at] == '\\' && _at + 1 < _text.Length) _at++;
                literal.Append(_text[_at]);
                FilterValue.AppendLiteral(pattern, _text[_at]);
            }
        }
        return new(literal.ToString(), stars ? pattern.ToString() : null, quoted);
    }

    private const string Unclosed = "A quotation mark is not closed.";
}

/// <summary>A value as it stands in a text.</summary>
/// <param name="Literal">The characters, without quotes.</param>
/// <param name="Pattern">The same as a pattern; null without a star outside of quotes.</param>
/// <param name="IsQuoted">Whether a part was in quotes.</param>
internal readonly record struct RawValue(string Literal, string? Pattern, bool IsQuoted);
