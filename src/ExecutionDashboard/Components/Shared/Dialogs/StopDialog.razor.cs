using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;
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
    protected override OperationKind Command => _jobInstead ? OperationKind.StopJob : OperationKind.StopExecution;

    /// <inheritdoc/>
    protected override (FleetKind Kind, string Id) Target => _jobInstead ? (FleetKind.Job, Job) : (FleetKind.Execution, Id);

    /// <inheritdoc/>
    protected override bool CanSend => !IsSending && WhyNot.Length == 0 && IsConfirmed(JobName)
        && (_jobInstead ? Job.Length > 0 : _execution is { Actual.State.IsTerminal: false } && Refused?.Failure?.Error != ControlPlaneError.Conflict);

    private bool CanAgree => WhyNot.Length == 0 && (_jobInstead || _execution is { Actual.State.IsTerminal: false });

    private string WhyNot => _jobInstead ? Stop.WhyNotJob(Job) : Stop.WhyNotExecution(Id);

    private string Verb => IsSending ? "Sending…" : _jobInstead ? $"Stop the job on {_reach.Nodes} {(_reach.Nodes == 1 ? "node" : "nodes")}" : "Stop the execution";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _jobInstead = Id.Length == 0 || !Stop.CanStop(Id);
        Take();
        Watch(Topics.Executions | Topics.Jobs, _ =>
        {
            var before = (_execution, Changes.Count);
            Take();
            return before != (_execution, Changes.Count);
        });
    }

    private void Take()
    {
        _execution = Replica.Store.FindExecution(Id);
        if (Job.Length > 0) _reach = Stop.ReachOfJob(Job);
        if (Target.Id.Length > 0) Look(_jobInstead ? _reach.Nodes : 1);
    }

    /// <inheritdoc/>
    protected override Task<Operation> RequestAsync(SeenTarget seen, Confirmation given) =>
        _jobInstead ? Stop.StopJobAsync(seen, given, CancellationToken.None) : Stop.StopExecutionAsync(seen, given, CancellationToken.None);

    /// <inheritdoc/>
    protected override bool OffersInstead(Operation refused)
    {
        if (_jobInstead || refused.Failure?.Error != ControlPlaneError.NotOffered) return false;
        _jobInstead = true;
        Take();
        return true;
    }
}
