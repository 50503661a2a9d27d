using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.DeploymentDetail;

/// <summary>Asks before a deployment is promoted, held, gone on with or rolled back: what follows, by numbers. Follows the deployment while it is open.</summary>
public sealed partial class DeploymentDialog
{
    private DeploymentView? _view;
    private int _version;
    private Operation? _refused;
    private string _reason = "";
    private string _why = "";
    private bool _sending;

    /// <summary>The deployment.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The command.</summary>
    [Parameter, EditorRequired]
    public OperationKind Kind { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private DeploymentViews Views { get; set; } = null!;

    [Inject]
    private DeploymentOperations Operations { get; set; } = null!;

    private string Title => $"{Word} {_view?.JobName ?? "the deployment"} {_view?.Versions}?";

    private string Word => Kind == OperationKind.Rollback ? "Roll back" : Kind.ToString();

    private string Verb => Kind switch
    {
        OperationKind.Promote => $"Promote {Format.Count(_view?.Deployment.CanaryNodes.Count ?? 0, "canary", "canaries")}",
        OperationKind.Rollback => _version > 0 ? $"Roll back to version {_version}" : "Roll back",
        _ => Word,
    };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Take();
        Watch(Topics.Fleet | Topics.Operations, _ =>
        {
            Take();
            return true;
        });
    }

    private void Take()
    {
        _view = Views.Of(Id);
        // What another operator did meanwhile is said before anything is sent.
        _why = _view is null ? "" : Operations.WhyNot(Kind, _view.Deployment);
    }

    private static int? Usual(Deployment deployment) => deployment.RollbackToVersion is > 0 ? deployment.RollbackToVersion : deployment.FromVersion;

    private string Consequence(DeploymentView view)
    {
        var deployment = view.Deployment;
        var rest = Math.Max(0, view.Progress.Total - deployment.CanaryNodes.Count);
        var rollback = view.Limits.OnFailure;
        return Kind switch
        {
            OperationKind.Promote =>
                $"Promotes {Format.Count(deployment.CanaryNodes.Count, "canary", "canaries")}; {Format.Count(rest, "node gets", "nodes get")} version {deployment.ToVersion}{Waves(view)}. {rollback}",
            OperationKind.Pause => $"Holds it where it is: {Format.Count(view.Progress.Placed, "node keeps", "nodes keep")} version {deployment.ToVersion}, {Format.Count(view.Progress.NotPlaced, "node stays", "nodes stay")} on the version before until it is resumed.",
            OperationKind.Resume => $"Goes on: {Format.Count(view.Progress.NotPlaced, "node is", "nodes are")} still to get version {deployment.ToVersion}{Waves(view)}. {rollback}",
            _ => $"Starts a new deployment that takes {Format.Count(view.Progress.Placed, "node", "nodes")} back{(_version > 0 ? $" to version {_version}" : "")}. This one ends as rolled back.",
        };
    }

    private static string Waves(DeploymentView view) => view.Strategy switch
    {
        { ParallelIsPercent: true } s => $" in waves of {s.MaxParallel ?? 10} %",
        { MaxParallel: { } n and > 0 } => $" in waves of {n}",
        _ => " all at once",
    };

    private async Task SendAsync()
    {
        if (_view is not { } view) return;
        (_sending, _refused) = (true, null);
        var operation = await Operations.SendAsync(Kind, view.Deployment, _reason.Trim(), Kind == OperationKind.Rollback && _version > 0 ? _version : null, CancellationToken.None);
        _sending = false;
        if (operation.Phase == OperationPhase.Refused) _refused = operation;
        else Dialog.Close(DialogResult.Ok(operation));
    }
}
