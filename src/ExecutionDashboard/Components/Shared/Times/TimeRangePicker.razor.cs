using ExecutionDashboard.Fleet.Times;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;

namespace ExecutionDashboard.Components.Shared.Times;

/// <summary>
/// Chooses a range of time: typed, one of the usual ones, or from a calendar, by the clocks of the page's zone. The text is what is applied; the calendar writes into it. Nothing is read or
/// rendered before the pointer or the focus comes near.
/// </summary>
public sealed partial class TimeRangePicker
{
    private static readonly TimeSpan[] Spans =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];

    private static readonly TimeReading<TimeRange> Nothing = new(TimeRange.All, "", []);

    private DotNetObjectReference<TimeRangePicker>? _self;
    private IJSObjectReference? _watched;
    private ElementReference _panel, _input;
    private TimeText? _zone;
    private string _unknownZone = "";
    private string _text = "";
    private TimeReading<TimeRange> _reading = Nothing;
    private CalendarMonth _month = CalendarMonth.Of(default);
    private LocalDate _day, _today;
    private LocalDate? _firstChosen, _chosenFrom, _chosenTo;
    private TimeRange? _drawn;
    private bool _prepares, _focusText, _focusDay, _isDirty = true;

    /// <summary>The range.</summary>
    [Parameter, EditorRequired]
    public TimeRange Range { get; set; } = TimeRange.All;

    /// <summary>Another range was chosen.</summary>
    [Parameter]
    public EventCallback<TimeRange> RangeChanged { get; set; }

    /// <summary>What the range is of: <c>Changed</c>.</summary>
    [Parameter]
    public string Label { get; set; } = "Time";

    /// <summary>Id of the panel in the page.</summary>
    [Parameter]
    public string Id { get; set; } = "time-range";

    /// <summary>The button for all times; empty where a range is needed.</summary>
    [Parameter]
    public string AllLabel { get; set; } = "Any time";

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string SaidId => Id + "-said";

    private string MonthId => Id + "-month";

    private string Said => !_reading.IsRead ? _reading.Problem : _reading.Value is not { IsAll: false } range ? AllLabel.Length > 0 ? AllLabel : "A range is needed."
        : range.IsRelative ? _zone!.Of(range.Fixed(Second(Time.GetUtcNow()))) + ", moving on" : _zone!.Of(range);

    private static DateTimeOffset Second(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private string ZoneWords => _unknownZone.Length > 0 ? $"The zone {_unknownZone} is not known here: UTC" : $"Times in {_zone!.ZoneName}";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Range == _drawn) return;
        _drawn = Range;
        _isDirty = true;
    }

    // The page around it is rendered several times a second.
    /// <inheritdoc/>
    protected override bool ShouldRender() => _isDirty;

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => WhileHereAsync(async () =>
    {
        _isDirty = false;
        if (_focusText)
        {
            _focusText = false;
            // It may have been opened before it was watched.
            if (_watched is null) await _input.FocusAsync();
            else await _watched.InvokeVoidAsync("focusText");
        }
        if (!_focusDay || _watched is null) return;
        _focusDay = false;
        await _watched.InvokeVoidAsync("focusDay");
    });

    private Task PrepareAsync() => _prepares ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        _prepares = true;
        _self = DotNetObjectReference.Create(this);
        var module = await ImportAsync("./js/times.js");
        _watched = await module.InvokeAsync<IJSObjectReference>("watch", _panel, _self);
    });

    /// <summary>Called by the browser when the panel opens.</summary>
    /// <param name="zone">Name of the page's zone.</param>
    [JSInvokable]
    public void Opened(string zone)
    {
        var known = TimeText.In(zone);
        (_zone, _unknownZone) = (known ?? TimeText.Utc, known is null ? zone : "");
        _firstChosen = null;
        _today = _zone.DayOf(Time.GetUtcNow());
        _focusText = true;
        Type(_zone.Of(Range));
        _day = _chosenFrom ?? _chosenTo ?? _today;
        _month = CalendarMonth.Of(_day);
        Draw();
    }

    /// <summary>Called by the browser for a key in the calendar.</summary>
    [JSInvokable]
    public void Pressed(string key, bool shift)
    {
        if (key is "Enter" or " ") Choose(_day);
        else Move(key, shift);
        _focusDay = true;
        Draw();
    }

    private void Move(string key, bool shift = false)
    {
        if (CalendarMonth.Move(_day, key, shift) is not { } day) return;
        _day = day;
        _month = CalendarMonth.Of(day);
        _isDirty = true;
    }

    // The first day is a range of its own, the second one its other end.
    private void Choose(LocalDate day)
    {
        var first = _firstChosen is { } other && other != day ? other : day;
        _firstChosen = first == day ? day : null;
        _day = day;
        _month = CalendarMonth.Of(day);
        Type(first == day ? TimeText.DayText(day) : $"{TimeText.DayText(LocalDate.Min(first, day))} .. {TimeText.DayText(LocalDate.Max(first, day))}");
    }

    private void Type(string text)
    {
        _text = text;
        Read();
    }

    private void Read()
    {
        var now = Time.GetUtcNow();
        _reading = _zone!.ReadRange(_text, now);
        (_chosenFrom, _chosenTo) = (null, null);
        if (_reading.Value is { IsAll: false } range && range.Seen(now) is var (from, to))
            (_chosenFrom, _chosenTo) = (from is { } begin ? _zone.DayOf(begin) : null, to is { } end ? _zone.DayOf(end.AddTicks(-1)) : null);
        _isDirty = true;
    }

    private bool IsChosen(LocalDate day) => (_chosenFrom ?? _chosenTo) is not null && (_chosenFrom is null || day >= _chosenFrom) && day <= (_chosenTo ?? LocalDate.Max(_today, _chosenFrom ?? _today));

    private Task ApplyAsync() => _reading.Value is { } range && (AllLabel.Length > 0 || !range.IsAll) ? ChooseAsync(range) : Task.CompletedTask;

    private Task ChooseDayAsync(string text) => ChooseAsync(_zone!.ReadRange(text, Time.GetUtcNow()).Value ?? Range);

    private async Task ChooseAsync(TimeRange range)
    {
        if (_watched is not null) await WhileHereAsync(async () => await _watched.InvokeVoidAsync("close"));
        await RangeChanged.InvokeAsync(range);
    }

    private void Draw()
    {
        _isDirty = true;
        StateHasChanged();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await WhileHereAsync(async () =>
        {
            if (_watched is not null) await _watched.DisposeAsync();
        });
        _self?.Dispose();
    }
}
