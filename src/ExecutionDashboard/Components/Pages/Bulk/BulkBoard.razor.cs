using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Bulk;

/// <summary>One bulk run: its progress, what it waits for, its items by outcome, and what can be done with it.</summary>
public sealed partial class BulkBoard
{
    private const int PageSize = 100;

    private BulkRunView? _view;
    private IReadOnlyList<BulkItem> _rows = [];
    private int _matching;
    private BulkPhase? _phase;
    private BulkOrderKind? _asks;
    private bool _isSending;
    private string _problem = "", _refusal = "";

    /// <summary>The run's id.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Inject]
    private BulkRuns Runs { get; set; } = null!;

    [Inject]
    private BulkItems AllItems { get; set; } = null!;

    [Inject]
    private BulkOperations Operations { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        ReadAddress();
        WatchAddress(BulkLabels.Address(Id), () =>
        {
            ReadAddress();
            return Task.FromResult(true);
        });
        WatchKeys(key =>
        {
            if (key == "Escape" && _asks is not null) _asks = null;
            else if (key == "p" && _view is { Run: { } run } && Offered(run).FirstOrDefault(k => k is BulkOrderKind.Pause or BulkOrderKind.Resume) is { } kind && Operations.WhyNot(kind, run).Length == 0 && kind is BulkOrderKind.Pause or BulkOrderKind.Resume) return OrderAsync(kind);
            StateHasChanged();
            return Task.CompletedTask;
        });
        // The clock ends the pause before a wave on the screen.
        Watch(Topics.Bulk | Topics.Status | Topics.Clock, _ => TakeAsync());
        await TakeAsync();
    }

    private async Task<bool> TakeAsync()
    {
        if (!Sight.IsWhole) return false;
        var before = (_view, _problem);
        var (view, problem) = await AllItems.OfAsync(Id, Runs.Find(Id)?.Version ?? 0, Gone);
        (_view, _problem) = (view ?? _view, problem);
        if (_asks is { } asked && _view is { Run: { } run } && !Offered(run).Contains(asked)) _asks = null;
        Draw();
        return before != (_view, _problem) || _view?.Run.WaveAt is not null;
    }

    private void ReadAddress()
    {
        _phase = null;
        foreach (var (key, value) in QueryText.OfAddress(Navigation.Uri))
            if (key == "outcome" && Enum.TryParse<BulkPhase>(value, ignoreCase: true, out var phase) && Enum.IsDefined(phase)) _phase = phase;
        Draw();
    }

    private void Draw()
    {
        var matching = (_view?.Items ?? []).Where(i => _phase is null || i.Phase == _phase).ToList();
        _matching = matching.Count;
        // What needs somebody comes first, then what is on the way.
        _rows = [.. matching.OrderBy(i => i.IsListed ? 0 : i.IsInFlight ? 1 : i.Phase == BulkPhase.Waiting ? 2 : 3).ThenBy(i => i.Wave).ThenBy(i => i.Number).Take(ListLength.Of(Navigation.Uri, PageSize))];
    }

    private void Choose(BulkPhase phase) =>
        Navigation.NavigateTo(BulkLabels.Address(Id) + (_phase == phase ? "" : "?outcome=" + phase.ToString().ToLowerInvariant()));

    private void More() => Navigation.NavigateTo(ListLength.In(Navigation.Uri, _rows.Count + PageSize), replace: true);

    private static IEnumerable<BulkOrderKind> Offered(BulkRun run)
    {
        if (run.State == BulkState.AwaitingApproval) return [BulkOrderKind.Approve, BulkOrderKind.Reject];
        List<BulkOrderKind> offered = [];
        if (run.State == BulkState.Running) offered.Add(BulkOrderKind.Pause);
        if (run.State is BulkState.Paused or BulkState.Halted) offered.Add(BulkOrderKind.Resume);
        if (run.Counts.Listed > 0 && run.State is not (BulkState.Canceled or BulkState.NotApproved)) offered.Add(BulkOrderKind.Retry);
        if (run.IsOpen) offered.Add(BulkOrderKind.Cancel);
        return offered;
    }

    private static string Label(BulkOrderKind kind, BulkRun run) => kind switch
    {
        BulkOrderKind.Retry => $"Retry {Format.Count(run.Counts.Listed)} failed",
        BulkOrderKind.Cancel => "Cancel the run",
        BulkOrderKind.Approve => "Approve",
        _ => kind.ToString(),
    };

    private string WhyNoRetry(BulkRun run) => Operations.WhyNot(BulkOrderKind.Retry, run);

    private Task AskAsync(BulkOrderKind kind)
    {
        if (kind is not (BulkOrderKind.Cancel or BulkOrderKind.Reject)) return OrderAsync(kind);
        _asks = kind;
        return Task.CompletedTask;
    }

    private async Task OrderAsync(BulkOrderKind kind, int? item = null)
    {
        if (_isSending || _view is null) return;
        (_isSending, _asks) = (true, null);
        _refusal = await Operations.OrderAsync(kind, _view.Run, item is { } number ? [number] : null, Gone);
        _isSending = false;
        await TakeAsync();
        StateHasChanged();
    }

    private string Sentence(BulkRun run) => run.State switch
    {
        BulkState.AwaitingApproval when run.StartedBy.Length > 0 => $"A second person must approve it: not {run.StartedBy}. Nothing is sent before that.",
        BulkState.Running when Replica.Freshness.Kind != FreshnessKind.Live => "It waits: the data is not current, so it cannot tell what is still to do.",
        BulkState.Running => "Commands are sent wave by wave.",
        BulkState.Paused => $"Paused by {BulkLabels.By(run.StateBy)}. Nothing more is sent until somebody resumes it.",
        BulkState.Halted => $"It halted by itself: {run.StateReason} Look at the failures, then resume or cancel it.",
        BulkState.Finished when run.Counts.Listed > 0 => $"Every item has an outcome; {Format.Count(run.Counts.Listed)} failed and can be retried.",
        BulkState.Finished => "Every item has an outcome.",
        BulkState.Canceled => $"Canceled by {BulkLabels.By(run.StateBy)}. {Format.Count(run.Counts.Canceled, BulkLabels.Noun(run.Action))} were never sent.",
        _ => $"{run.StateReason} Nothing was sent.",
    };

    private string JobName(BulkItem item) => Replica.Store.FindJob(item.JobId)?.DisplayName ?? (item.JobId.Length > 0 ? item.JobId : item.Id);

    private string NodeName(BulkItem item) => item.NodeId.Length == 0 ? "no node yet" : Replica.Store.FindNode(item.NodeId)?.DisplayName ?? item.NodeId;
}
