using System.Globalization;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>One condition of a filter, such as <c>state:failed,lost</c> or <c>for:&gt;10m</c>.</summary>
/// <param name="Field">What it is about.</param>
/// <param name="Values">The values: one of them must be met. A comparison has exactly one.</param>
/// <param name="Test">How they are compared.</param>
/// <param name="Not">Whether the condition must not be met. Comparisons are turned round instead.</param>
public sealed record FilterCondition(FilterField Field, IReadOnlyList<FilterValue> Values, FilterTest Test = FilterTest.OneOf, bool Not = false)
{
    /// <summary>A condition on one text.</summary>
    public static FilterCondition Of(FilterField field, string value, bool not = false) => new(field, [value], Not: not);

    /// <summary>The text of the first value.</summary>
    public string Value => Values[0].Text;

    /// <summary>Whether it depends on the time at which it is asked.</summary>
    public bool IsRelative => IsTime(Field) && FilterTime.TrySpan(Value, out _);

    /// <summary>Whether several conditions of a field are one with all their values: <c>state:a state:b</c> is <c>state:a,b</c>, and the same for those with "not".</summary>
    internal bool Joins(FilterCondition other) =>
        Field == other.Field && Not == other.Not && Test == FilterTest.OneOf && other.Test == FilterTest.OneOf
        && Field is not (FilterField.Label or FilterField.Is or FilterField.Has or FilterField.Text or FilterField.Message);

    /// <summary>Whether the values of a field are times or spans.</summary>
    public static bool IsTime(FilterField field) => field is FilterField.For or FilterField.Changed or FilterField.Created or FilterField.Heartbeat or FilterField.Time;

    /// <summary>Whether a number meets it, apart from its "not".</summary>
    internal bool IsMetBy(int number)
    {
        foreach (var value in Values)
        {
            if (!int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound)) continue;
            var order = number.CompareTo(bound);
            if (Test switch { FilterTest.OneOf => order == 0, FilterTest.Below => order < 0, FilterTest.AtMost => order <= 0, FilterTest.Above => order > 0, _ => order >= 0 }) return true;
        }
        return false;
    }

    /// <summary>Equal when every part is, values in order.</summary>
    public bool Equals(FilterCondition? other) =>
        other is not null && Field == other.Field && Test == other.Test && Not == other.Not && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Field);
        hash.Add(Test);
        hash.Add(Not);
        foreach (var value in Values) hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => FilterText.Of(this);
}
