using System.Text;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>Writes conditions as the language has them; <see cref="FilterParser"/> reads them back.</summary>
public static class FilterText
{
    /// <summary>A condition as it is written.</summary>
    public static string Of(FilterCondition condition)
    {
        var text = new StringBuilder(condition.Not ? "-" : "");
        if (condition.Field == FilterField.Text) return text.Append(Word(condition.Value)).ToString();
        text.Append(FilterVocabulary.NameOf(condition.Field)).Append(':').Append(condition.Test switch
        {
            FilterTest.Below => "<",
            FilterTest.AtMost => "<=",
            FilterTest.Above => ">",
            FilterTest.AtLeast => ">=",
            _ => "",
        });
        return text.AppendJoin(',', condition.Values.Select(Value)).ToString();
    }

    /// <summary>A free text as it is written, in quotes if needed.</summary>
    public static string Word(string text) => text.Length == 0 || text[0] == '-' || text.Any(c => char.IsWhiteSpace(c) || c is '"' or ':') ? Quoted(text) : text;

    /// <summary>A value as it is written, in quotes if needed.</summary>
    public static string Value(FilterValue value) => value.IsPattern ? Pattern(value.Text) : Literal(value.Text);

    private static string Literal(string text) =>
        text.Length == 0 || text[0] is '<' or '>' or '=' || text.Contains("..", StringComparison.Ordinal) || text.Any(c => char.IsWhiteSpace(c) || c is '"' or ',' or '*' or '\\') ? Quoted(text) : text;

    // Stars stay outside of quotes, where they are wildcards.
    private static string Pattern(string pattern)
    {
        var (text, literal) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                if (literal.Length > 0) text.Append(Literal(literal.ToString()));
                literal.Clear();
                text.Append('*');
            }
            else literal.Append(pattern[i] == '\\' && i + 1 < pattern.Length ? pattern[++i] : pattern[i]);
        }
        if (literal.Length > 0) text.Append(Literal(literal.ToString()));
        return text.ToString();
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text) quoted.Append(character is '"' or '\\' ? "\\" : "").Append(character);
        return quoted.Append('"').ToString();
    }
}
