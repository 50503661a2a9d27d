using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Presence;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Asks before the selected executions are stopped, by somebody whose role is for a part of the fleet: bulk runs, which others use for that, need a role for all of it.</summary>
public sealed partial class StopManyDialog
{
    private IReadOnlyList<Execution> _open = [];
    private IReadOnlyList<SeenTarget> _seen = [];
    private IReadOnlyList<string> _ids = [];
    private IReadOnlyList<Operation>? _results;
    private IDisposable? _announced;
    private string _reason = "", _typed = "";
    private bool _sending;
    private int _done;

    /// <summary>Ids of the executions.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Ids { get; set; } = [];

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private StopOperations Stop { get; set; } = null!;

    [Inject]
    private OperationTargets Targets { get; set; } = null!;

    [Inject]
    private CommandPresence Presence { get; set; } = null!;

    private string WhyNot => Stop.WhyNot(_open.Count);

    private string Phrase => StopOperations.PhraseOf(_open.Count);

    private bool IsHigh => Stop.RiskOf(_open.Count) == CommandRisk.High;

    private Confirmation Given => new(_reason.Trim(), _typed);

    private bool CanSend => !_sending && _open.Count > 0 && Stop.CanStopOne && WhyNot.Length == 0 && Given.WhyNot(Stop.RiskOf(_open.Count), Phrase).Length == 0;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _seen = [.. Ids.Select(id => Targets.See(FleetKind.Execution, id)).Where(seen => seen.Execution is { Actual.State.IsTerminal: false })];
        _open = [.. _seen.Select(seen => seen.Execution!)];
        _ids = [.. _open.Select(execution => execution.Id)];
        if (WhyNot.Length == 0) _announced = Presence.Open(OperationKind.StopExecution, FleetKind.Execution, _ids);
    }

    private Task SendOnEnterAsync(KeyboardEventArgs key) => key is { Key: "Enter", Repeat: false, IsComposing: false } ? SendAsync() : Task.CompletedTask;

    private async Task SendAsync()
    {
        if (!CanSend) return;
        _sending = true;
        _results = await Stop.StopExecutionsAsync(_seen, Given, done => { _done = done; _ = InvokeAsync(StateHasChanged); }, CancellationToken.None);
        _sending = false;
        // What is sent is about to happen no more.
        _announced?.Dispose();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _announced?.Dispose();
        return base.DisposeAsync();
    }
}
