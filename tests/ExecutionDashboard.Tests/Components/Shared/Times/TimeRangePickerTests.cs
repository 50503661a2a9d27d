using Bunit;
using ExecutionDashboard.Components.Shared.Times;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Tests.Components.Shared.Times;

/// <summary>A range is typed, one of the usual ones, or chosen in the calendar, by the clocks of the page's zone.</summary>
public sealed class TimeRangePickerTests : IDisposable
{
    private readonly PageRig _rig = new();
    private TimeRange? _chosen;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Typing_ARange_SaysWhatItIsAndAppliesIt()
    {
        var picker = Open("Europe/Berlin");
        await TypeAsync(picker, "last 2 h");
        Assert.Equal("since 2026-11-01 11:00, moving on", Said(picker));
        await TypeAsync(picker, "2026-10-25 02:30 .. 04:00");
        Assert.Equal("02:30 comes twice on 2026-10-25 in Europe/Berlin: write +02:00 or +01:00 after it.", Said(picker));
        Assert.Equal("true", picker.Find("input").GetAttribute("aria-invalid"));
        await picker.InvokeAsync(() => picker.Find("form").Submit());
        Assert.Null(_chosen);

        await picker.InvokeAsync(() => picker.FindAll("[aria-label='Which of the two'] button")[1].Click());
        Assert.Equal("2026-10-25 02:30 +01:00 .. 2026-10-25 04:00", Said(picker));
        await picker.InvokeAsync(() => picker.Find("form").Submit());
        Assert.Equal("from=2026-10-25T01:30:00Z&to=2026-10-25T03:00:00Z", _chosen?.ToUrl());

        await TypeAsync(picker, "2026-03-29 02:30");
        Assert.Equal("02:30 does not exist on 2026-03-29 in Europe/Berlin: clocks go from 02:00 to 03:00.", Said(picker));
    }

    [Fact]
    public async Task Calendar_TwoDays_AreARangeOfWholeDays()
    {
        var picker = Open("Asia/Tokyo");
        Assert.Equal("November 2026", picker.Find("h2").TextContent);
        Assert.Equal("Sunday, 1 November 2026", Focused(picker));
        Assert.Equal("date", picker.Find("[aria-label='Sunday, 1 November 2026']").GetAttribute("aria-current"));
        await picker.InvokeAsync(() => picker.Find("[aria-label='Tuesday, 3 November 2026']").Click());
        Assert.Equal("2026-11-03", picker.Find("input").GetAttribute("value"));
        await picker.InvokeAsync(() => picker.Find("[aria-label='Friday, 30 October 2026']").Click());
        Assert.Equal("2026-10-30 .. 2026-11-03", picker.Find("input").GetAttribute("value"));
        Assert.Equal("October 2026", picker.Find("h2").TextContent);
        Assert.Equal(5, picker.FindAll("[aria-selected=true]").Count);
        await picker.InvokeAsync(() => picker.Find("form").Submit());
        Assert.Equal("from=2026-10-29T15:00:00Z&to=2026-11-03T15:00:00Z", _chosen?.ToUrl());
    }

    [Theory]
    [InlineData("ArrowLeft", "Saturday, 31 October 2026")]
    [InlineData("ArrowDown", "Sunday, 8 November 2026")]
    [InlineData("Home", "Monday, 26 October 2026")]
    [InlineData("PageDown", "Tuesday, 1 December 2026")]
    [InlineData("Shift PageUp", "Saturday, 1 November 2025")]
    public async Task Calendar_AKey_GoesToItsDay(string key, string day)
    {
        var picker = Open("UTC");
        await picker.InvokeAsync(() => picker.Instance.Pressed(key[(key.LastIndexOf(' ') + 1)..], key.StartsWith("Shift", StringComparison.Ordinal)));
        Assert.Equal(day, Focused(picker));
        await picker.InvokeAsync(() => picker.Instance.Pressed("Enter", false));
        Assert.Equal("true", picker.Find("[tabindex='0'][role=gridcell]").GetAttribute("aria-selected"));
    }

    [Fact]
    public async Task Button_SaysTheRange_AndWhatIsNotUnderstood()
    {
        var picker = Open("Mars/Olympus");
        Assert.Contains("The zone Mars/Olympus is not known here: UTC", picker.Markup, StringComparison.Ordinal);
        Assert.Equal("Time any time", Button(picker));
        await picker.InvokeAsync(() => picker.FindAll("[aria-label=Ranges] button").First(b => b.TextContent == "Yesterday").Click());
        Assert.Equal("from=2026-10-31T00:00:00Z&to=2026-11-01T00:00:00Z", _chosen?.ToUrl());
        picker.Render(p => p.Add(x => x.Range, TimeRange.Parse("-30m", null)));
        Assert.Equal("Time last 30 min", Button(picker));
        picker.Render(p => p.Add(x => x.Range, TimeRange.Parse("soon", null)));
        Assert.Equal("Time any time not understood", Button(picker));
        Assert.Contains("It filters nothing.", picker.Find("button").GetAttribute("title"), StringComparison.Ordinal);
    }

    private IRenderedComponent<TimeRangePicker> Open(string zone)
    {
        var picker = _rig.Render<TimeRangePicker>(p => p.Add(x => x.RangeChanged, range => _chosen = range));
        picker.InvokeAsync(() => picker.Instance.Opened(zone)).GetAwaiter().GetResult();
        return picker;
    }

    private static Task TypeAsync(IRenderedComponent<TimeRangePicker> picker, string text) => picker.InvokeAsync(() => picker.Find("input").Input(text));

    private static string Said(IRenderedComponent<TimeRangePicker> picker) => picker.Find("[role=status]").TextContent;

    private static string? Focused(IRenderedComponent<TimeRangePicker> picker) => picker.Find("[tabindex='0'][role=gridcell]").GetAttribute("aria-label");

    private static string Button(IRenderedComponent<TimeRangePicker> picker) => string.Join(' ', picker.Find("button").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
