using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>
/// Dialog to stop one execution, with the consequences and what keeps running. If the server can only stop whole jobs, it offers that, with the numbers and the job's
/// name to type.
/// </summary>
public sealed partial class StopDialog
{
    /// <summary>Options of stop dialogs. A click outside does not close one, because the typed text would be lost.</summary>
    public static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };

    private Execution? _execution;
    private bool _jobInstead;
    private string _typed = "";
    private JobReach _reach = JobReach.None;

    /// <summary>The execution; empty when the job is to be stopped.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The job to stop, when no execution is named.</summary>
    [Parameter]
    public string JobId { get; set; } = "";

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

    /// <inheritdoc/>
    protected override bool CanSend => !IsSending && WhyNot.Length == 0
        && (_jobInstead ? Job.Length > 0 && _typed.Trim().Equals(JobName, StringComparison.OrdinalIgnoreCase) && Reason.Trim().Length > 0
            : _execution is { Actual.State.IsTerminal: false } && Refused?.Failure?.Error != ControlPlaneError.Conflict);

    private string WhyNot => _jobInstead ? Stop.WhyNotJob : Stop.WhyNot(1);

    private string Verb => IsSending ? "Sending…" : _jobInstead ? $"Stop the job on {_reach.Nodes} {(_reach.Nodes == 1 ? "node" : "nodes")}" : "Stop the execution";

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

    /// <inheritdoc/>
    protected override Task<Operation> RequestAsync(string reason) =>
        _jobInstead ? Stop.StopJobAsync(Job, reason, CancellationToken.None) : Stop.StopExecutionAsync(Id, reason, CancellationToken.None);

    /// <inheritdoc/>
    protected override bool OffersInstead(Operation refused)
    {
        if (_jobInstead || refused.Failure?.Error != ControlPlaneError.NotOffered) return false;
        _jobInstead = true;
        return true;
    }
}
