using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>Dialog to rerun, roll back or delete a job, with the consequences in numbers. Updates while it is open.</summary>
public sealed partial class JobDialog
{
    private Job? _job;
    private JobReach _reach = JobReach.None;
    private int _version;
    private string _why = "";
    private string _tried = "";
    private bool _triedWell;
    private bool _trying;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The command.</summary>
    [Parameter, EditorRequired]
    public OperationKind Kind { get; set; }

    /// <summary>For a rollback: the version to go back to; 0 for the previous one.</summary>
    [Parameter]
    public int Wanted { get; set; }

    /// <summary>Why the job is asked for instead of what the operator chose; empty when the job was chosen.</summary>
    [Parameter]
    public string Instead { get; set; } = "";

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private JobOperations Operations { get; set; } = null!;

    [Inject]
    private StopOperations Stop { get; set; } = null!;

    private string Title => $"{Word} {_job?.DisplayName ?? "the job"}?";

    private string Word => Kind switch { OperationKind.Rollback => "Roll back", OperationKind.DeleteJob => "Delete", _ => "Rerun" };

    private string Verb => Kind switch
    {
        OperationKind.Rollback => _version > 0 ? $"Roll back to version {_version}" : "Roll back",
        OperationKind.DeleteJob => "Delete the job",
        _ => "Rerun the job",
    };

    /// <inheritdoc/>
    protected override OperationKind Command => Kind;

    /// <inheritdoc/>
    protected override (FleetKind Kind, string Id) Target => (FleetKind.Job, Id);

    /// <inheritdoc/>
    protected override bool CanSend => !IsSending && _job is not null && _why.Length == 0 && IsConfirmed(_job.DisplayName);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Take();
        Watch(Topics.Jobs | Topics.Executions | Topics.Operations, _ =>
        {
            Take();
            return true;
        });
    }

    private void Take()
    {
        _job = Replica.Store.FindJob(Id);
        _reach = Stop.ReachOfJob(Id);
        // Another operator may have acted in the meantime.
        _why = _job is null ? "" : Operations.WhyNot(Kind, Id);
        Look(JobOperations.ReachFor(Kind, _reach));
    }

    private void Choose(int version) => (_version, _tried) = (version, "");

    private string Consequence(Job job) => Kind switch
    {
        OperationKind.Rollback => $"Starts a new deployment that takes {Format.Count(_reach.Nodes, "node", "nodes")} from version {job.Version} back{(_version > 0 ? $" to version {_version}" : "")}.",
        OperationKind.DeleteJob => $"Deletes the job for good{(_reach.Executions > 0 ? $" and stops {Format.Count(_reach.Executions, "execution")} on {Format.Count(_reach.Nodes, "node")}" : "")}. Its name can be used again; a job made with it has another id.",
        _ => $"Starts every execution again with version {job.Version}, as a new rollout: {Format.Count(_reach.Executions, "execution is", "executions are")} replaced.",
    };

    private async Task TryAsync()
    {
        (_trying, _tried) = (true, "");
        var answer = await Operations.TryRollbackAsync(Id, _version > 0 ? _version : null, Gone);
        (_trying, _triedWell) = (false, answer.Succeeded);
        _tried = answer.Succeeded
            ? $"The control plane would take it{(answer.Value.ToVersion is { } to ? $", to version {to}" : "")}.{string.Concat(answer.Value.Warnings.Prepend(answer.Value.Message).Where(w => w.Length > 0).Select(w => " " + Masked.Text(w)))}"
            : $"The control plane would not take it: {Masked.Text(answer.Failure.Message)}";
    }

    /// <inheritdoc/>
    protected override Task<Operation> RequestAsync(SeenTarget seen, Confirmation given) =>
        Operations.SendAsync(Kind, seen, given, Kind == OperationKind.Rollback && _version > 0 ? _version : null, CancellationToken.None);
}
