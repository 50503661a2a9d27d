using System.Globalization;
using NodaTime;

namespace ExecutionDashboard.Components.Shared.Times;

/// <summary>A month as a calendar shows it: six weeks from Monday to Sunday, with the days of the months around it.</summary>
public sealed record CalendarMonth
{
    private CalendarMonth(LocalDate first) => First = first;

    /// <summary>Names of the days of a week, short and long.</summary>
    public static IReadOnlyList<(string Short, string Long)> DayNames { get; } =
        [("Mo", "Monday"), ("Tu", "Tuesday"), ("We", "Wednesday"), ("Th", "Thursday"), ("Fr", "Friday"), ("Sa", "Saturday"), ("Su", "Sunday")];

    /// <summary>Its first day.</summary>
    public LocalDate First { get; }

    /// <summary>Name and year: <c>May 2026</c>.</summary>
    public string Name => First.ToString("MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>The weeks, each with seven days.</summary>
    public IEnumerable<LocalDate[]> Weeks
    {
        get
        {
            var monday = First.PlusDays(1 - (int)First.DayOfWeek);
            for (var week = 0; week < 6; week++) yield return [.. Enumerable.Range(week * 7, 7).Select(monday.PlusDays)];
        }
    }

    /// <summary>The month of a day.</summary>
    public static CalendarMonth Of(LocalDate day) => new(new LocalDate(day.Year, day.Month, 1));

    /// <summary>Whether a day belongs to it.</summary>
    public bool Has(LocalDate day) => day.Year == First.Year && day.Month == First.Month;

    /// <summary>A day as it is read out: <c>Friday, 1 May 2026</c>.</summary>
    public static string Spoken(LocalDate day) => day.ToString("dddd, d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>
    /// The day that a key of the calendar goes to: arrows a day or a week, Home and End the ends of the week, PageUp and PageDown a month, with Shift a year. Null for other keys. Stays within the
    /// years that can be typed.
    /// </summary>
    public static LocalDate? Move(LocalDate day, string key, bool shift)
    {
        LocalDate? moved = key switch
        {
            "ArrowLeft" => day.PlusDays(-1),
            "ArrowRight" => day.PlusDays(1),
            "ArrowUp" => day.PlusDays(-7),
            "ArrowDown" => day.PlusDays(7),
            "Home" => day.PlusDays(1 - (int)day.DayOfWeek),
            "End" => day.PlusDays(7 - (int)day.DayOfWeek),
            "PageUp" => day.PlusMonths(shift ? -12 : -1),
            "PageDown" => day.PlusMonths(shift ? 12 : 1),
            _ => null,
        };
        return moved is { } at ? LocalDate.Max(Earliest, LocalDate.Min(Latest, at)) : null;
    }

    private static LocalDate Earliest { get; } = new(1970, 1, 1);

    private static LocalDate Latest { get; } = new(9998, 12, 31);
}
