using System.Collections;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>
/// Conditions that must all be met. A value: conditions are in the order of their fields, and those that are one condition are joined, so that equal filters are equal
/// however they were written.
/// </summary>
public sealed class Filter : IEquatable<Filter>, IReadOnlyList<FilterCondition>
{
    private readonly FilterCondition[] _conditions;
    private readonly int _hash;

    private Filter(IEnumerable<FilterCondition> conditions)
    {
        var joined = new List<FilterCondition>();
        foreach (var condition in conditions.Select(c => c with { Values = [.. c.Values.Distinct()] }))
        {
            var at = joined.FindIndex(c => c.Joins(condition));
            if (at < 0 && !joined.Contains(condition)) joined.Add(condition);
            else if (at >= 0) joined[at] = joined[at] with { Values = [.. joined[at].Values.Concat(condition.Values).Distinct()] };
        }
        _conditions = [.. joined.OrderBy(c => c.Field).ThenBy(c => c.Not).ThenBy(c => c.Test).ThenBy(c => c.Field is FilterField.Is or FilterField.Has || c.Test != FilterTest.OneOf ? string.Join(',', c.Values) : "", StringComparer.Ordinal)];
        var hash = new HashCode();
        foreach (var condition in _conditions) hash.Add(condition);
        _hash = hash.ToHashCode();
        IsRelative = Array.Exists(_conditions, c => c.IsRelative);
    }

    /// <summary>Matches everything.</summary>
    public static Filter None { get; } = new([]);

    /// <summary>The filter of some conditions.</summary>
    public static Filter Of(IEnumerable<FilterCondition> conditions) => new Filter(conditions) is { Count: > 0 } filter ? filter : None;

    /// <inheritdoc/>
    public int Count => _conditions.Length;

    /// <inheritdoc/>
    public FilterCondition this[int index] => _conditions[index];

    /// <summary>Whether it depends on the time at which it is asked.</summary>
    public bool IsRelative { get; }

    /// <summary>With another condition.</summary>
    public Filter With(FilterCondition condition) => Of([.. _conditions, condition]);

    /// <summary>Without some conditions.</summary>
    public Filter Without(Func<FilterCondition, bool> unwanted) => Of(_conditions.Where(c => !unwanted(c)));

    /// <summary>Without one value of a condition, and without the condition if that was its last.</summary>
    public Filter Without(FilterCondition condition, FilterValue value) =>
        Of(_conditions.Select(c => c.Equals(condition) ? c with { Values = [.. c.Values.Where(v => v != value)] } : c).Where(c => c.Values.Count > 0));

    /// <summary>The literal values that a field must be one of; empty when it may be any.</summary>
    public IReadOnlyList<string> ValuesOf(FilterField field)
    {
        foreach (var condition in _conditions)
            if (IsPlain(condition, field)) return [.. condition.Values.Where(v => !v.IsPattern).Select(v => v.Text)];
        return [];
    }

    /// <summary>With other values that a field must be one of; none for any.</summary>
    public Filter WithValues(FilterField field, IEnumerable<string> values)
    {
        FilterValue[] wanted = [.. values.Select(v => new FilterValue(v))];
        var others = _conditions.Where(c => !IsPlain(c, field));
        return Of(wanted.Length == 0 ? others : others.Append(new(field, wanted)));
    }

    /// <summary>The value of a comparison with a fixed time; null without one.</summary>
    public DateTimeOffset? MomentOf(FilterField field, FilterTest test)
    {
        foreach (var condition in _conditions)
            if (condition.Field == field && condition.Test == test && FilterTime.TryMoment(condition.Value, out var moment)) return moment;
        return null;
    }

    /// <summary>With another value of a comparison with a fixed time.</summary>
    public Filter WithMoment(FilterField field, FilterTest test, DateTimeOffset? moment)
    {
        var others = _conditions.Where(c => c.Field != field || c.Test != test || c.IsRelative);
        return Of(moment is { } time ? others.Append(new(field, [FilterTime.Text(time)], test)) : others);
    }

    /// <summary>The label expressions.</summary>
    public IReadOnlyList<string> Labels => [.. _conditions.Where(c => c.Field == FilterField.Label).Select(c => c.Value)];

    /// <summary>With other label expressions.</summary>
    public Filter WithLabels(IEnumerable<string> labels) => Of(_conditions.Where(c => c.Field != FilterField.Label).Concat(labels.Select(l => FilterCondition.Of(FilterField.Label, l))));

    /// <summary>The first text that must be contained; empty without one.</summary>
    public string Text => Array.Find(_conditions, c => c is { Field: FilterField.Text, Not: false })?.Value ?? "";

    /// <summary>With another text; empty for none.</summary>
    public Filter WithText(string text) => Of(_conditions.Where(c => c.Field != FilterField.Text || c.Not).Concat(text.Length > 0 ? [FilterCondition.Of(FilterField.Text, text)] : []));

    /// <summary>Whether a word of <c>is</c> must be met, or must not; null when the filter does not say.</summary>
    public bool? Is(string word) => Array.Find(_conditions, c => c.Field == FilterField.Is && c.Values.Count == 1 && c.Value == word) is { } condition ? !condition.Not : null;

    /// <summary>With another condition on a word of <c>is</c> in place of those on some words; null for none.</summary>
    public Filter WithIs(string word, bool? wanted, params string[] replaced)
    {
        var others = _conditions.Where(c => c.Field != FilterField.Is || c.Values.Count > 1 || (c.Value != word && !replaced.Contains(c.Value)));
        return Of(wanted is { } meets ? others.Append(FilterCondition.Of(FilterField.Is, word, !meets)) : others);
    }

    /// <inheritdoc/>
    public bool Equals(Filter? other) => other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && _conditions.AsSpan().SequenceEqual(other._conditions)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Filter);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>As it is written: see docs/filters.md.</summary>
    public override string ToString() => string.Join(' ', _conditions.AsEnumerable());

    /// <inheritdoc/>
    public IEnumerator<FilterCondition> GetEnumerator() => _conditions.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsPlain(FilterCondition condition, FilterField field) => condition.Field == field && condition is { Not: false, Test: FilterTest.OneOf };
}
