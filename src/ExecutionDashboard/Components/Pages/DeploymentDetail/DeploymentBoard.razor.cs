using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Undo;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>One deployment, live: phases, progress, limits and failures.</summary>
public sealed partial class DeploymentBoard
{
    private static readonly TimeSpan HistoryPace = TimeSpan.FromSeconds(5);

    private DeploymentView? _view;
    private IReadOnlyList<Operation> _commands = [];
    private Loaded<DeploymentHistory> _history = Loaded<DeploymentHistory>.None;
    private DateTimeOffset _historyAt;
    private FleetStore? _historyOf;
    private PastCanary? _canary;
    private Job? _job;
    private (DeploymentView?, bool, int, Operation?, Operation?, DelayedCommand?, Job?, FreshnessKind) _drawn;
    private bool _removed;
    private int _orphans;

    /// <summary>The deployment.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private DeploymentViews Views { get; set; } = null!;

    [Inject]
    private OperationLog Log { get; set; } = null!;

    [Inject]
    private DelayedCommands Delayed { get; set; } = null!;

    [Inject]
    private DeploymentHistories Histories { get; set; } = null!;

    [Inject]
    private FeedHistoryClient Feed { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Take();
        _drawn = Drawn;
        Watch(Topics.Fleet | Topics.Status | Topics.Operations | Topics.Clock, async _ =>
        {
            Take();
            // Of another moment of the past, it is another history.
            if ((_view is { Deployment.IsOpen: true } && Time.GetUtcNow() - _historyAt > HistoryPace) || !ReferenceEquals(_historyOf, Replica.Store)) await LoadHistoryAsync();
            var (before, now) = (_drawn, Drawn);
            _drawn = now;
            return before != now;
        });
        await LoadHistoryAsync();
    }

    // Everything the page shows. Commands depend on the job too, whose state is not part of the view.
    private (DeploymentView?, bool, int, Operation?, Operation?, DelayedCommand?, Job?, FreshnessKind) Drawn => (_view, _removed, _orphans, Log.Of(Id), OfJob(), Delayed.Of(Id), _job, Replica.Freshness.Kind);

    // After the promotion the other nodes get the version too, so the verdict from before comes from the change log.
    private async Task LoadCanaryAsync(CancellationToken cancel)
    {
        if (_view?.CanaryEndedAt is not { } at || (_canary?.At == at && _canary.Verdict is not null)) return;
        var (verdict, problem) = await Histories.OfCanaryAsync(Feed, Id, at, cancel);
        _canary = new(at, verdict, problem);
    }

    private sealed record PastCanary(DateTimeOffset At, CanaryVerdict? Verdict, string? Problem);

    private static string OfNodes(RolloutProgress progress)
    {
        var nodes = progress.Total is { } total ? $"Of {Format.Count(total, "node")}" : $"Of {Format.Count(progress.Placed, "node")} that have it; the total is not reported";
        return progress.Offline > 0 ? $"{nodes}. {Format.Count(progress.Offline, "node is", "nodes are")} unreachable: last known state." : nodes + ".";
    }

    private Operation? OfJob() => _view is null ? null : Log.Of(_view.Deployment.JobId);

    private void Take()
    {
        var view = Views.Of(Id);
        _removed = view is null && _view is not null;
        // At a moment at which there was none, there is nothing to show.
        if (view is null && Sight.At is not null) (_view, _removed) = (null, false);
        if (view is not null) _view = view;
        _job = _view is null ? null : Replica.Store.FindJob(_view.Deployment.JobId);
        _commands = [.. Log.All.Where(o => o.TargetId == Id || (_view is not null && o.TargetId == _view.Deployment.JobId)).OrderBy(o => o.Number)];
        if (view is null && _view is null) _orphans = Replica.Store.CountsOfDeployment(Id, ExecutionScope.All).Total;
    }

    private Task LoadHistoryAsync()
    {
        (_historyAt, _historyOf) = (Time.GetUtcNow(), Replica.Store);
        return LoadAsync(() => _history, loaded => _history = loaded, async cancel =>
        {
            await LoadCanaryAsync(cancel);
            var (history, problem) = await Histories.OfAsync(Feed, Id, cancel);
            return history is null ? _history.Failed(problem ?? "") : _history.With(history);
        });
    }
}
