using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>A range of time as conditions of a filter, and back.</summary>
public static class FilterRange
{
    /// <summary>The range that the conditions on a time let through; all times without any. The first condition of each end counts.</summary>
    public static TimeRange Of(Filter filter, FilterField field)
    {
        Moment? from = null, to = null;
        foreach (var condition in filter)
        {
            if (condition.Field != field) continue;
            if (FilterTime.TrySpan(condition.Value, out var span))
            {
                if (condition.Test is FilterTest.Below or FilterTest.AtMost) from ??= Moment.Before(span);
                else to ??= Moment.Before(span);
            }
            else if (FilterTime.TryMoment(condition.Value, out var time))
            {
                // The smallest step of a time makes an end that belongs to a range one that does not.
                var after = time < DateTimeOffset.MaxValue ? time.AddTicks(1) : time;
                if (condition.Test is FilterTest.AtLeast or FilterTest.Above) from ??= Moment.At(condition.Test == FilterTest.Above ? after : time);
                else to ??= Moment.At(condition.Test == FilterTest.AtMost ? after : time);
            }
        }
        return TimeRange.Of(from, to);
    }

    /// <summary>The filter with a range instead of its conditions on a time.</summary>
    public static Filter With(Filter filter, FilterField field, TimeRange range)
    {
        List<FilterCondition> conditions = [.. filter.Where(c => c.Field != field)];
        if (range.From is { } from) conditions.Add(from.Time is { } time ? new(field, [FilterTime.Text(time)], FilterTest.AtLeast) : new(field, [FilterTime.Text(from.Ago)], FilterTest.AtMost));
        if (range.To is { } to) conditions.Add(to.Time is { } time ? new(field, [FilterTime.Text(time)], FilterTest.Below) : new(field, [FilterTime.Text(to.Ago)], FilterTest.Above));
        return Filter.Of(conditions);
    }
}
