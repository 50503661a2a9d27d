using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.JobDetail;

/// <summary>One job, live: where it runs, versions, history, and commands. Stays, with a note, when the job is deleted.</summary>
public sealed partial class JobBoard
{
    /// <summary>The tabs; an empty name selects the first.</summary>
    public static readonly IReadOnlyList<string> Tabs = ["overview", "versions", "spec", "history", "logs"];

    private JobView? _view;
    private bool _removed;
    private int _orphans;
    private IReadOnlyList<Job> _heirs = [];

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Name of the open tab; null or empty for the first.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>The version whose spec is shown; null for the current one.</summary>
    [Parameter]
    public int? Version { get; set; }

    /// <summary>The range of the history.</summary>
    [Parameter]
    public TimeRange Range { get; set; } = TimeRange.All;

    /// <summary>Another range was chosen.</summary>
    [Parameter]
    public EventCallback<TimeRange> RangeChanged { get; set; }

    /// <summary>Another tab was selected; empty for the first.</summary>
    [Parameter]
    public EventCallback<string> TabChanged { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private RolloutSummaries Summaries { get; set; } = null!;

    [Inject]
    private OperationLog Log { get; set; } = null!;

    [Inject]
    private JobOperations Operations { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    private string Shown => Tab is not null && Tabs.Contains(Tab) ? Tab : Tabs[0];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Take();
        Watch(Topics.Fleet | Topics.Status | Topics.Operations, _ =>
        {
            var before = (_view?.Job, _view?.Places, _removed, Log.Of(Id));
            Take();
            // The overview shows all counts; the other tabs only the job itself.
            return _view is null || Shown == Tabs[0] || before != (_view.Job, _view.Places, _removed, Log.Of(Id));
        });
    }

    private void Take()
    {
        var store = Replica.Store;
        var job = store.FindJob(Id);
        // Removed only if it was seen before: without loaded data it may just not be known yet.
        _removed = job is null && _view is not null && Replica.Freshness.IsLoaded;
        // At a moment at which there was none, there is nothing to show.
        if (job is null && Sight.At is not null) (_view, _removed) = (null, false);
        if (job is not null) _view = JobView.Of(job, store, Summaries, Time.GetUtcNow(), _view);
        else if (_view is not null) _view = _view with { Namesakes = JobView.NamesakesOf(_view.Job, store) };
        else TakeTraces(store);
    }

    // Executions of a deleted job still have its spec, whose name leads to a new job with the same name.
    private void TakeTraces(FleetStore store)
    {
        _orphans = store.CountsOfJob(Id, ExecutionScope.All).Total;
        var trace = _orphans == 0 ? null : store.Page(new ExecutionQuery { Jobs = [Id] }, 1).Items.FirstOrDefault();
        var name = trace is null ? "" : store.FindSpec(trace.SpecHash)?.Name ?? "";
        _heirs = name.Length == 0 ? [] : JobView.NamesakesOf(new Job { Id = Id, Name = name, Namespace = trace!.Namespace }, store);
    }

    private string WhyNot(OperationKind kind) => Operations.WhyNot(kind, Id);

    private Task AskAsync(OperationKind kind, int version = 0) => Dialogs.AskOfJobAsync(Id, kind, version);

    private Task StopAsync() => Dialogs.AskToStopJobAsync(Id);
}
