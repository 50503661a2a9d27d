using System.Globalization;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>Makes the conditions of a term from its values, by the kind of values that it takes.</summary>
internal static class FilterConditions
{
    /// <summary>Adds the conditions; returns the reason when there are none.</summary>
    public static string? Make(FilterTerm term, FilterTest test, bool not, List<RawValue> values, List<FilterCondition> conditions)
    {
        if (test != FilterTest.OneOf)
        {
            if (term.Kind is not (FilterValueKind.Number or FilterValueKind.Version or FilterValueKind.Span or FilterValueKind.Time)) return $"'{term.Name}' cannot be compared with < or >.";
            if (values.Count > 1) return "Compare with one value.";
        }
        if (term.Kind is not (FilterValueKind.Name or FilterValueKind.Version or FilterValueKind.Text or FilterValueKind.Label) && values.Exists(v => v.Pattern is not null)) return $"'{term.Name}' takes no *.";
        return term.Kind switch
        {
            FilterValueKind.State => Add(values.Select(v => new FilterValue(ExecutionState.Parse(v.Literal).Name))),
            FilterValueKind.Name => Add(values.Select(NameOf)),
            FilterValueKind.Text => Add(values.Select(v => new FilterValue(v.Literal))),
            FilterValueKind.Word => Words(),
            FilterValueKind.Number => Numbers(),
            FilterValueKind.Version => test == FilterTest.OneOf ? Add(values.Select(NameOf)) : Compare(test, values[0].Literal),
            FilterValueKind.Label => Label(),
            FilterValueKind.Span => Span(),
            _ => Time(),
        };

        string? Add(IEnumerable<FilterValue> wanted)
        {
            conditions.Add(new(term.Field, [.. wanted], Not: not));
            return null;
        }

        string? Compare(FilterTest by, string value)
        {
            conditions.Add(new(term.Field, [value], not ? Opposite(by) : by));
            return null;
        }

        string? Words()
        {
            var wanted = new List<FilterValue>();
            foreach (var value in values)
            {
                if (term.Words.FirstOrDefault(w => w.Word.Equals(value.Literal, StringComparison.OrdinalIgnoreCase)).Word is not { } word)
                    return $"'{term.Name}' is one of {string.Join(", ", term.Words.Select(w => w.Word))}.";
                wanted.Add(word);
            }
            return Add(wanted);
        }

        string? Numbers()
        {
            if (test != FilterTest.OneOf) return Number(values[0].Literal) is { } one ? Compare(test, one) : NoNumber(values[0]);
            if (values is [{ IsQuoted: false } range] && range.Literal.Split("..") is [var from, var to])
            {
                if (not) return NoRange;
                if (Number(from) is not { } least || Number(to) is not { } most) return NoNumber(range);
                Compare(FilterTest.AtLeast, least);
                return Compare(FilterTest.AtMost, most);
            }
            foreach (var value in values)
                if (Number(value.Literal) is null) return NoNumber(value);
            return Add(values.Select(v => new FilterValue(Number(v.Literal)!)));
        }

        string NoNumber(RawValue value) => $"'{value.Literal}' is not a whole number.";

        string? Label()
        {
            var text = values[0].Literal;
            // tier=a,b is short for tier in (a,b).
            if (values.Count > 1)
            {
                if (values.Skip(1).Any(v => v.Literal.AsSpan().IndexOfAny("=!()") >= 0) || !LabelExpression.TryParse(text, out var first, out _) || !text.Contains('=', StringComparison.Ordinal))
                    return "Use one label filter for each label.";
                var at = text.IndexOf('=', StringComparison.Ordinal);
                var isNot = at > 0 && text[at - 1] == '!';
                text = $"{first.Key} {(isNot ? "notin" : "in")} ({text[(at + 1)..].TrimStart('=')},{string.Join(',', values.Skip(1).Select(v => v.Literal))})";
            }
            if (!LabelExpression.TryParse(text, out var expression, out var problem)) return problem;
            conditions.Add(FilterCondition.Of(FilterField.Label, not ? expression.Negated : text));
            return null;
        }

        string? Span()
        {
            if (values.Count > 1 || !FilterTime.TrySpan(values[0].Literal, out var span)) return $"'{term.Name}' is a length of time, such as >10m or <2h30m.";
            return Compare(test == FilterTest.OneOf ? FilterTest.AtLeast : test, FilterTime.Text(span));
        }

        string? Time()
        {
            var value = values[0].Literal;
            if (values.Count > 1) return NoTime;
            if (FilterTime.TrySpan(value, out var span)) return Compare(test == FilterTest.OneOf ? FilterTest.AtMost : test, FilterTime.Text(span));
            if (test == FilterTest.OneOf)
            {
                var (from, to) = value.Split("..") is [var start, var end] ? (start, end) : (FilterTime.IsDay(value) ? value : "?", value);
                if (from.Length + to.Length == 0 || (from.Length > 0 && !FilterTime.TryMoment(from, out _)) || (to.Length > 0 && !FilterTime.TryMoment(to, out _))) return NoTime;
                if (not) return NoRange;
                if (from.Length > 0) At(FilterTest.AtLeast, from);
                if (to.Length > 0) At(FilterTime.IsDay(to) ? FilterTest.AtMost : FilterTest.Below, to);
                return null;
            }
            return FilterTime.TryMoment(value, out _) ? At(test, value) : NoTime;
        }

        // A day counts whole: up to its end, or from its beginning.
        string? At(FilterTest by, string value)
        {
            FilterTime.TryMoment(value, out var moment);
            if (FilterTime.IsDay(value) && by is FilterTest.AtMost or FilterTest.Above && moment < DateTimeOffset.MaxValue.AddDays(-1))
                (moment, by) = (moment.AddDays(1), by == FilterTest.AtMost ? FilterTest.Below : FilterTest.AtLeast);
            return Compare(by, FilterTime.Text(moment));
        }
    }

    private const string NoRange = "A range cannot be excluded; use < or >.";
    private const string NoTime = "A time is a length such as <1h, a day such as 2026-05-01, a range such as 2026-05-01..2026-05-03, or compared, such as >=2026-05-01T10:30Z.";

    private static FilterValue NameOf(RawValue value) => value.Pattern is { } pattern ? new(pattern, IsPattern: true) : new(value.Literal);

    private static string? Number(string text) =>
        int.TryParse(text.AsSpan(text.StartsWith('v') ? 1 : 0), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    private static FilterTest Opposite(FilterTest test) => test switch
    {
        FilterTest.Below => FilterTest.AtLeast,
        FilterTest.AtMost => FilterTest.Above,
        FilterTest.Above => FilterTest.AtMost,
        _ => FilterTest.Below,
    };
}
