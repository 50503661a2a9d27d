using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Times;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Layout;

/// <summary>Goes to a moment of the past that is typed, by the clocks of the page's zone. From now to the past the tab is opened anew; within the past its address changes.</summary>
public sealed partial class MomentButton
{
    private static readonly TimeSpan[] Spans = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];
    private static readonly TimeReading<Moment> Nothing = new(Moment.Now, "", []);

    private DotNetObjectReference<MomentButton>? _self;
    private IJSObjectReference? _watched;
    private ElementReference _panel, _input;
    private TimeText? _zone;
    private string _unknownZone = "", _text = "";
    private TimeReading<Moment> _reading = Nothing;
    private bool _prepares, _focusText;

    [Inject]
    private VisibleFleet Fleet { get; set; } = null!;

    [Inject]
    private ViewedMoment Viewed { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Said => !_reading.IsRead ? _text.Length == 0 ? "A time of day is the last one that has passed." : _reading.Problem
        : When() is not { } at ? "This has not come yet." : _zone!.Of(Moment.At(at));

    private string ZoneWords => _unknownZone.Length > 0 ? $"The zone {_unknownZone} is not known here: UTC" : $"Times in {_zone!.ZoneName}";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        WatchKeys(key => key == "t" ? InvokeAsync(OpenAsync) : Task.CompletedTask);
        Navigation.Changed += Follow;
    }

    // A link to a moment, followed now: the tab shows another fleet then.
    private void Follow()
    {
        if (Fleet.Past is null && MomentAddress.In(Navigation.Uri).Length > 0) Navigation.NavigateTo(Navigation.Uri, forceLoad: true, replace: true);
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        // A moment that has not come yet is now.
        if (firstRender && Fleet.Past is null && Viewed.Unread.Length == 0 && MomentAddress.In(Navigation.Uri).Length > 0) Navigation.NavigateTo(MomentAddress.Without(Navigation.Uri), replace: true);
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !_focusText ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        _focusText = false;
        // It may have been opened before it was watched.
        if (_watched is null) await _input.FocusAsync();
        else await _watched.InvokeVoidAsync("focusText");
    });

    private Task PrepareAsync() => _prepares ? Task.CompletedTask : WhileHereAsync(async () =>
    {
        _prepares = true;
        _self = DotNetObjectReference.Create(this);
        var module = await ImportAsync("./js/times.js");
        _watched = await module.InvokeAsync<IJSObjectReference>("watch", _panel, _self);
    });

    private async Task OpenAsync()
    {
        await PrepareAsync();
        await WhileHereAsync(async () =>
        {
            if (_watched is not null) await _watched.InvokeVoidAsync("open");
        });
    }

    /// <summary>Called by the browser when the panel opens.</summary>
    /// <param name="zone">Name of the page's zone.</param>
    [JSInvokable]
    public void Opened(string zone)
    {
        var known = TimeText.In(zone);
        (_zone, _unknownZone) = (known ?? TimeText.Utc, known is null ? zone : "");
        _focusText = true;
        Type(Fleet.Past is { } past ? _zone.Of(Moment.At(past.At)) : "");
        StateHasChanged();
    }

    private void Type(string text)
    {
        _text = text;
        Read();
    }

    private void Read() => _reading = _zone!.ReadMoment(_text, Time.GetUtcNow());

    // Null for what has not come yet.
    private DateTimeOffset? When() => _reading.IsRead && Time.GetUtcNow() is var now && _reading.Value.Seen(now) is var at && at < now ? at : null;

    private Task ApplyAsync() => When() is { } at ? GoAsync(Moment.At(at)) : Task.CompletedTask;

    private async Task GoAsync(Moment moment)
    {
        var now = Time.GetUtcNow();
        var at = moment.Seen(now);
        // What is typed as a length of time is a time from here on, so that what is shared shows the same.
        if (moment.IsRelative) at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        if (_watched is not null) await WhileHereAsync(async () => await _watched.InvokeVoidAsync("close"));
        Navigation.NavigateTo(MomentAddress.With(Navigation.Uri, at), forceLoad: Fleet.Past is null);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Navigation.Changed -= Follow;
        await base.DisposeAsync();
        await WhileHereAsync(async () =>
        {
            if (_watched is not null) await _watched.DisposeAsync();
        });
        _self?.Dispose();
    }
}
