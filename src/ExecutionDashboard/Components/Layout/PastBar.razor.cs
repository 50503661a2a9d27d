using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Layout;

/// <summary>
/// What is said of the past that a tab shows, and the ways in it: to the change before or after on this page, on at a multiple of the time, and back to now. The moment stays in the address: where a link
/// or a page leaves it out, it is put back.
/// </summary>
public sealed partial class PastBar
{
    private static readonly int[] Speeds = [1, 10, 60, 600];
    // Ten times a second; pages draw six times.
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private static readonly (string Folder, FleetKind Kind)[] Subjects =
        [("executions/", FleetKind.Execution), ("nodes/", FleetKind.Node), ("jobs/", FleetKind.Job), ("deployments/", FleetKind.Deployment)];

    private TabPast.State _now = null!;
    private IJSObjectReference? _module, _keys;
    private ElementReference _bar;
    private DateTimeOffset? _told;
    private string _stepProblem = "";
    private bool _plays, _leaves;
    private int _speed = 60;

    /// <summary>What the tab shows of the past.</summary>
    [Parameter, EditorRequired]
    public TabPast Past { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    private string Here => Navigation.Here;

    // Pages that have no moment say so, since what they show is not of it.
    private string OfNow => Here.Split('?', '#')[0] switch
    {
        "bulk" => "This page shows now: the state of bulk runs at a moment is not recorded.",
        "audit" => "This page shows all times: choose its range for what was done by then.",
        var path when path.StartsWith("bulk/", StringComparison.Ordinal) => "This page shows now: the state of a bulk run at a moment is not recorded.",
        _ => "",
    };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _now = Past.Now;
        Past.Changed += Redraw;
        Navigation.Changed += Follow;
        WatchKeys(key => key == "b" ? InvokeAsync(GoLive) : Task.CompletedTask);
        Keep(Navigation.Uri);
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => WhileHereAsync(async () =>
    {
        if (firstRender)
        {
            _module = await ImportAsync("./js/moment.js");
            _keys = await _module.InvokeAsync<IJSObjectReference>("watchSteps", _bar);
        }
        if (_module is null || _told == Past.At) return;
        _told = Past.At;
        await _module.InvokeVoidAsync("show", MomentAddress.Text(Past.At), Past.At.ToUnixTimeMilliseconds());
    });

    private void Redraw() => _ = InvokeAsync(() =>
    {
        if (Gone.IsCancellationRequested) return;
        _now = Past.Now;
        StateHasChanged();
    });

    private void Follow() => _ = InvokeAsync(() =>
    {
        if (Gone.IsCancellationRequested || _leaves) return;
        Keep(Navigation.Uri);
        StateHasChanged();
    });

    // The moment goes along every link; another one in the address is gone to.
    private void Keep(string address)
    {
        if (MomentAddress.IsLive(address)) Leave(address);
        else if (!Moment.TryParse(MomentAddress.In(address), out var moment) || moment == Moment.Now) Navigation.NavigateTo(MomentAddress.With(address, Past.Now.Wanted), replace: true);
        else if (moment.IsRelative) Navigation.NavigateTo(MomentAddress.With(address, moment.Seen(Time.GetUtcNow())), replace: true);
        else if (moment.Time is { } at && at != Past.Now.Wanted) Go(at);
    }

    private void Go(DateTimeOffset at)
    {
        (_plays, _stepProblem) = (false, "");
        _ = Past.GoAsync(at);
    }

    private async Task StepAsync(bool isForward)
    {
        if (_now.Shown is null) return;
        _plays = false;
        var (kind, id) = Subject();
        var (at, problem) = await Past.StepAsync(isForward, kind, id);
        _stepProblem = problem;
        if (at is { } next) Navigation.NavigateTo(MomentAddress.With(Navigation.Uri, next), replace: true);
        else StateHasChanged();
    }

    // What the page is about: the changes of that are stepped through.
    private (FleetKind? Kind, string Id) Subject()
    {
        foreach (var (folder, kind) in Subjects)
            if (IdAddress.In(folder, Here) is { Length: > 0 } id) return (kind, id);
        return QueryText.OfAddress(Here).FirstOrDefault(pair => pair.Key == "open").Value is { Length: > 0 } open && Here.StartsWith("executions", StringComparison.Ordinal) ? (FleetKind.Execution, open) : (null, "");
    }

    private void TogglePlay()
    {
        _plays = !_plays;
        if (_plays) _ = PlayAsync();
    }

    private void Restart()
    {
        if (_plays) _ = PlayAsync();
    }

    private async Task PlayAsync()
    {
        var (from, started, speed) = (Past.At, Time.GetTimestamp(), _speed);
        while (_plays && speed == _speed && !Gone.IsCancellationRequested)
        {
            await Task.Delay(Frame, Time, Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            var at = from + Time.GetElapsedTime(started) * speed;
            if (!_plays || Gone.IsCancellationRequested) break;
            if (at >= Time.GetUtcNow())
            {
                (_plays, _stepProblem) = (false, "This is where the present begins.");
                break;
            }
            await Past.GoAsync(at);
        }
        if (Gone.IsCancellationRequested || _plays) return;
        // While it plays the address stands still.
        Navigation.NavigateTo(MomentAddress.With(Navigation.Uri, Past.Now.Wanted), replace: true);
        StateHasChanged();
    }

    private void GoLive() => Leave(Navigation.Uri);

    private void Leave(string address)
    {
        (_plays, _leaves) = (false, true);
        Navigation.NavigateTo(MomentAddress.Without(address), forceLoad: true);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _plays = false;
        Past.Changed -= Redraw;
        Navigation.Changed -= Follow;
        await base.DisposeAsync();
        await WhileHereAsync(async () =>
        {
            if (_keys is not null) await _keys.DisposeAsync();
        });
    }
}
