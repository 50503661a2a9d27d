using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Operations.Presence;
using ExecutionDashboard.Operations.Risk;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.Bulk;

/// <summary>Asks before a bulk run: what it would do to what, by state, node and job, in which waves. The numbers are those of the moment it opened, and are looked at again at the start.</summary>
public sealed partial class BulkDialog
{
    /// <summary>Options of the dialog. A click outside does not close it, because the typed text would be lost.</summary>
    public static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };

    private static readonly (BulkAction Action, string Word)[] Actions =
        [(BulkAction.StopExecutions, "Stop executions"), (BulkAction.StopJobs, "Stop jobs"), (BulkAction.RerunJobs, "Rerun jobs")];

    // One id for one intention: a start that is sent twice is one run.
    private readonly string _id = Guid.NewGuid().ToString("N")[..12];
    private BulkPreview _preview = new() { Action = BulkAction.StopExecutions };
    private int _waveSize = 10, _pause = 10;
    private string _limit = "10 %", _reason = "", _typed = "", _problem = "";
    private bool _isSending, _moved;
    private IReadOnlyList<string> _ids = [];
    private IDisposable? _open;

    /// <summary>For which executions.</summary>
    [Parameter, EditorRequired]
    public BulkTarget Target { get; set; } = null!;

    /// <summary>Address of the list; empty for a selection.</summary>
    [Parameter]
    public string Filter { get; set; } = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private BulkOperations Operations { get; set; } = null!;

    [Inject]
    private CommandPresence Presence { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    private string WhyNot => _moved ? "" : Operations.WhyNot(_preview);

    private bool NeedsSecond => Operations.ApproveAbove > 0 && _preview.Nodes > Operations.ApproveAbove;

    private int? Limit => BulkOperations.FailureLimit(_limit, _preview.Items.Count);

    private bool AreWavesRight => _waveSize is >= 1 and <= BulkLimits.Items && _pause >= 0 && _pause <= BulkLimits.Pause.TotalSeconds && Limit is not null;

    private Confirmation Given => new(_reason, _typed);

    private FleetKind Kind => _preview.Action == BulkAction.StopExecutions ? FleetKind.Execution : FleetKind.Job;

    private bool CanStart => !_isSending && WhyNot.Length == 0 && AreWavesRight && Given.WhyNot(CommandRisk.High, _preview.Phrase).Length == 0;

    private string Plan
    {
        get
        {
            if (_preview.Items.Count == 0) return "";
            if (!AreWavesRight) return $"Per wave: 1 to {Format.Count(BulkLimits.Items)}. Pause: up to {BulkLimits.Pause.TotalHours:0} hours. Failures: a number, or a percentage such as 10 %.";
            var waves = (_preview.Items.Count + _waveSize - 1) / _waveSize;
            var least = TimeSpan.FromSeconds((double)_preview.Items.Count / Operations.RequestsPerSecond) + TimeSpan.FromSeconds((double)_pause * (waves - 1));
            return $"{Format.Count(waves, "wave")}, at most {Format.Count(Operations.RequestsPerSecond, "request")} a second: {Format.Span(TimeSpan.FromSeconds(Math.Ceiling(least.TotalSeconds)))} at least. It halts when more than {Format.Count(Limit!.Value)} fail.";
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Choose(Actions.Select(a => a.Action).FirstOrDefault(Operations.Offers));
        Watch(Topics.Status | Topics.Operations, _ => true);
    }

    private void Choose(BulkAction action)
    {
        _preview = Operations.Preview(action, Target);
        (_problem, _moved, _typed) = ("", false, "");
        // A few are one wave: a tenth of them is nothing to learn from.
        _waveSize = _preview.Items.Count <= CommandRisks.Few ? Math.Max(1, _preview.Items.Count) : Math.Clamp((_preview.Items.Count + 9) / 10, 1, 50);
        Announce();
    }

    // To who looks at the same things. Whoever cannot start it is not about to.
    private void Announce()
    {
        _open?.Dispose();
        _ids = [.. _preview.Items.Select(item => item.Id)];
        var command = _preview.Action switch { BulkAction.StopExecutions => OperationKind.StopExecution, BulkAction.StopJobs => OperationKind.StopJob, _ => OperationKind.Rerun };
        _open = Operations.WhyNot(_preview).Length == 0 ? Presence.Open(command, Kind, _ids) : null;
    }

    // Bound fields change what is said about the plan.
    private void Redraw() => StateHasChanged();

    private IEnumerable<string> NotCurrent()
    {
        if (_preview.Ended > 0 && _preview.Action == BulkAction.StopExecutions) yield return $"{Format.Count(_preview.Ended)} have ended already and are left out.";
        if (_preview.Stopping > 0 && _preview.Action == BulkAction.StopExecutions) yield return $"{Format.Count(_preview.Stopping)} are stopping already and are left out.";
        if (_preview.Replaced > 0) yield return $"{Format.Count(_preview.Replaced)} of the matches were replaced by newer executions: they are history.";
        if (_preview.OnOfflineNodes > 0) yield return $"{Format.Count(_preview.OnOfflineNodes)} are on nodes that are not connected: their state is the last known, and they stop when the node reconnects.";
    }

    private static IEnumerable<string> Lines(IReadOnlyList<(string Name, int Count)> groups, string noun)
    {
        foreach (var (name, count) in groups.Take(BulkPreview.Lines)) yield return $"{name}: {Format.Count(count)}";
        if (groups.Count > BulkPreview.Lines) yield return $"and {Format.Count(groups.Count - BulkPreview.Lines, "more " + noun)}: {Format.Count(groups.Skip(BulkPreview.Lines).Sum(g => g.Count))}";
    }

    private Task StartOnEnterAsync(KeyboardEventArgs key) => key is { Key: "Enter", Repeat: false, IsComposing: false } ? StartAsync() : Task.CompletedTask;

    private async Task StartAsync()
    {
        if (!CanStart) return;
        (_isSending, _problem, _moved) = (true, "", false);
        var started = await Operations.StartAsync(new(Target, Filter, Given, _waveSize, TimeSpan.FromSeconds(_pause), _limit), _preview, _id, CancellationToken.None);
        _isSending = false;
        if (started.Run is { } run)
        {
            Dialog.Close(DialogResult.Ok(run));
            return;
        }
        _problem = started.Problem;
        if (started.Moved is not { } moved) return;
        // What was typed was for other numbers.
        (_preview, _moved, _typed) = (moved, true, "");
        Announce();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _open?.Dispose();
        return base.DisposeAsync();
    }
}
