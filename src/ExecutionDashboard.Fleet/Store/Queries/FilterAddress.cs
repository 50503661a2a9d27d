using System.Globalization;
using System.Text;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>A key of an address for the plain values of a field.</summary>
/// <param name="Key">The key.</param>
/// <param name="Field">The field.</param>
/// <param name="Test">The comparison that it stands for.</param>
public sealed record AddressKey(string Key, FilterField Field, FilterTest Test = FilterTest.OneOf)
{
    /// <summary>The only values that it takes, with the word that each stands for: <c>drift=no</c> is <c>-is:drifting</c>. Empty when it takes any.</summary>
    public IReadOnlyList<(string Value, string Word, bool Not)> Words { get; init; } = [];
}

/// <summary>The filters of a list in its address: plain values under keys of their own, whatever else the language can say in <c>filter</c>.</summary>
public sealed class FilterAddress(FilterVocabulary vocabulary, params AddressKey[] keys)
{
    /// <summary>The terms of the list.</summary>
    public FilterVocabulary Vocabulary => vocabulary;

    /// <summary>The filters of an address, and those that cannot be read. Other keys are left out; never fails.</summary>
    public (Filter Filter, IReadOnlyList<QueryPair> NotUnderstood) Read(IEnumerable<(string Key, string Value)> pairs)
    {
        List<FilterCondition> conditions = [];
        List<QueryPair> odd = [];
        foreach (var (key, value) in pairs)
        {
            if (key == QueryFilters.Key)
            {
                var (filter, problems) = QueryFilters.Read(value, vocabulary);
                conditions.AddRange(filter);
                odd.AddRange(problems);
            }
            else if (Array.Exists(keys, k => k.Key == key))
            {
                if (keys.Where(k => k.Key == key).Select(k => ReadValue(k, value)).FirstOrDefault(c => c is not null) is { } condition) conditions.Add(condition);
                else if (value.Length > 0 || Array.Find(keys, k => k.Key == key)!.Field != FilterField.Text) odd.Add(new(key, value));
            }
        }
        return (Filter.Of(conditions), odd);
    }

    /// <summary>Adds the filters of a query to an address.</summary>
    public void Append(StringBuilder url, ListQuery query)
    {
        List<FilterCondition> others = [];
        foreach (var condition in query.Filter)
        {
            if (KeyOf(condition) is not { } key) others.Add(condition);
            else if (FilterCondition.IsTime(condition.Field))
                // A colon is legal in a query string, and times are easier to read with it.
                QueryText.AppendRaw(url, key.Key, condition.Value);
            else if (key.Words.Count > 0) QueryText.Append(url, key.Key, WordOf(key, condition).Value);
            else
                foreach (var value in condition.Values) QueryText.Append(url, key.Key, value.Text);
        }
        QueryFilters.Append(url, others);
        foreach (var (key, value) in query.NotUnderstood) QueryText.Append(url, key, value);
    }

    /// <summary>The address of a list.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="query">Its filters.</param>
    /// <param name="others">Its other pairs, as they stand in the address; empty ones are left out.</param>
    public string Of(string path, ListQuery query, params ReadOnlySpan<string> others)
    {
        var url = new StringBuilder();
        Append(url, query);
        foreach (var other in others)
            if (other.Length > 0) url.Append(url.Length > 0 ? "&" : "").Append(other);
        return url.Length > 0 ? $"{path}?{url}" : path;
    }

    private AddressKey? KeyOf(FilterCondition condition)
    {
        foreach (var key in keys)
        {
            if (key.Field != condition.Field || key.Test != condition.Test || condition.Values.Any(v => v.IsPattern)) continue;
            if (key.Words.Count > 0)
            {
                if (condition.Values.Count == 1 && WordOf(key, condition).Value is not null) return key;
            }
            else if (!condition.Not && (key.Field == FilterField.For || !condition.IsRelative)) return key;
        }
        return null;
    }

    private static (string Value, string Word, bool Not) WordOf(AddressKey key, FilterCondition condition) => key.Words.FirstOrDefault(w => w.Word == condition.Value && w.Not == condition.Not);

    private FilterCondition? ReadValue(AddressKey key, string value)
    {
        if (key.Words.Count > 0) return key.Words.FirstOrDefault(w => w.Value == value) is { Word: { } word, Not: var not } ? FilterCondition.Of(key.Field, word, not) : null;
        if (key.Field == FilterField.Text) return value.Length > 0 ? FilterCondition.Of(key.Field, value) : null;
        return vocabulary.Of(key.Field)?.Kind switch
        {
            FilterValueKind.State => FilterCondition.Of(key.Field, ExecutionState.Parse(value).Name),
            FilterValueKind.Number => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? FilterCondition.Of(key.Field, number.ToString(CultureInfo.InvariantCulture)) : null,
            FilterValueKind.Word => vocabulary.Of(key.Field)!.Words.Any(w => w.Word == value) ? FilterCondition.Of(key.Field, value) : null,
            FilterValueKind.Span => FilterTime.TrySpan(value, out var span) ? new(key.Field, [FilterTime.Text(span)], key.Test) : null,
            FilterValueKind.Time => ReadTime(value) is { } time ? new(key.Field, [FilterTime.Text(time)], key.Test) : null,
            _ => FilterCondition.Of(key.Field, value),
        };
    }

    private static DateTimeOffset? ReadTime(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
