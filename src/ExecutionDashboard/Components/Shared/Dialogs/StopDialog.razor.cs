using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>
/// Asks before one execution is stopped: names it, what follows and what stays running. Where the server stops jobs only, it offers that,
/// with the numbers and the job's name to type.
/// </summary>
public sealed partial class StopDialog
{
    /// <summary>How stop dialogs open. A click beside one does not close it: what was typed would be lost.</summary>
    public static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };

    private Execution? _execution;
    private bool _jobInstead;
    private bool _sending;
    private string _reason = "";
    private string _typed = "";
    private Operation? _refused;
    private JobReach _reach = JobReach.None;

    /// <summary>The execution; empty when the job is to be stopped.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The job to stop, when no execution is named.</summary>
    [Parameter]
    public string JobId { get; set; } = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private StopOperations Stop { get; set; } = null!;

    private string Job => _execution?.JobId ?? JobId;

    private string JobName => Replica.Store.FindJob(Job)?.DisplayName ?? Job;

    private Node? Node => Replica.Store.FindNode(_execution!.NodeId);

    private string NodeName => Node?.DisplayName ?? (_execution!.NodeId.Length > 0 ? _execution.NodeId : "no node yet");

    private bool NodeDown => Node is { IsConnected: false };

    private int OtherNodes => Math.Max(0, _reach.Executions - (_execution!.Actual.State.IsTerminal ? 0 : 1));

    private bool CanSend => !_sending
        && (_jobInstead ? Job.Length > 0 && _typed.Trim().Equals(JobName, StringComparison.OrdinalIgnoreCase) && _reason.Trim().Length > 0
            : _execution is { Actual.State.IsTerminal: false } && _refused?.Failure?.Error != ControlPlaneError.Conflict);

    private string Verb => _sending ? "Sending…" : _jobInstead ? $"Stop the job on {_reach.Nodes} {(_reach.Nodes == 1 ? "node" : "nodes")}" : "Stop the execution";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Take();
        _jobInstead = Id.Length == 0 || !Stop.CanStopOne;
        Watch(Topics.Executions, _ =>
        {
            var before = _execution;
            Take();
            return !Equals(before, _execution);
        });
    }

    private void Take()
    {
        _execution = Replica.Store.FindExecution(Id);
        if (Job.Length > 0) _reach = Stop.ReachOfJob(Job);
    }

    private Task SendOnEnterAsync(KeyboardEventArgs key) => key is { Key: "Enter", Repeat: false, IsComposing: false } ? SendAsync() : Task.CompletedTask;

    private async Task SendAsync()
    {
        if (!CanSend) return;
        (_sending, _refused) = (true, null);
        var operation = _jobInstead
            ? await Stop.StopJobAsync(Job, _reason.Trim(), CancellationToken.None)
            : await Stop.StopExecutionAsync(Id, _reason.Trim(), CancellationToken.None);
        _sending = false;
        if (operation.Phase != OperationPhase.Refused)
        {
            Dialog.Close(DialogResult.Ok(operation));
            return;
        }
        if (!_jobInstead && operation.Failure?.Error == ControlPlaneError.NotOffered) _jobInstead = true;
        else _refused = operation;
    }
}
