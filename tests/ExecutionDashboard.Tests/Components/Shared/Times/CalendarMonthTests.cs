using CsCheck;
using ExecutionDashboard.Components.Shared.Times;
using NodaTime;

namespace ExecutionDashboard.Tests.Components.Shared.Times;

public sealed class CalendarMonthTests
{
    [Fact]
    public void Calendar_OfAnyMonth_HasItsDaysInWeeksFromMonday() => Gen.Int[0, 2_932_000].Sample(days =>
    {
        var day = new LocalDate(1970, 1, 1).PlusDays(days);
        var month = CalendarMonth.Of(day);
        var shown = month.Weeks.SelectMany(week => week).ToArray();
        Assert.Equal(42, shown.Length);
        Assert.Equal(IsoDayOfWeek.Monday, shown[0].DayOfWeek);
        for (var i = 1; i < shown.Length; i++) Assert.Equal(shown[i - 1].PlusDays(1), shown[i]);
        Assert.Equal(CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month), shown.Count(month.Has));
        foreach (var (key, back) in new[] { ("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown") })
            if (days is > 10 and < 2_900_000) Assert.Equal(day, CalendarMonth.Move(CalendarMonth.Move(day, key, false)!.Value, back, false));
        Assert.Equal(IsoDayOfWeek.Sunday, CalendarMonth.Move(day, "End", false)!.Value.DayOfWeek);
        Assert.Null(CalendarMonth.Move(day, "a", false));
    });
}
