using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>Dialog to promote or roll back a deployment, with the consequences in numbers. Updates while it is open.</summary>
public sealed partial class DeploymentDialog
{
    private DeploymentView? _view;
    private int _version;
    private string _why = "";

    /// <summary>The deployment.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Promote or roll back.</summary>
    [Parameter, EditorRequired]
    public OperationKind Kind { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private DeploymentViews Views { get; set; } = null!;

    [Inject]
    private DeploymentOperations Operations { get; set; } = null!;

    private string Title => $"{Word} {_view?.JobName ?? "the deployment"} {_view?.Versions}?";

    private string Word => Kind == OperationKind.Rollback ? "Roll back" : "Promote";

    private string Verb => Kind switch
    {
        OperationKind.Promote => $"Promote {Format.Count(_view?.CanaryCount ?? 0, "canary", "canaries")}",
        OperationKind.Rollback => _version > 0 ? $"Roll back to version {_version}" : "Roll back",
        _ => Word,
    };

    /// <inheritdoc/>
    protected override OperationKind Command => Kind;

    /// <inheritdoc/>
    protected override (FleetKind Kind, string Id) Target => (FleetKind.Deployment, Id);

    /// <inheritdoc/>
    protected override bool CanSend => !IsSending && _view is not null && _why.Length == 0 && IsConfirmed(_view.JobName);

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
        // Another operator may have acted in the meantime.
        _why = _view is null ? "" : Operations.WhyNot(Kind, _view.Deployment);
        Look(_view is { } view ? DeploymentOperations.ReachFor(Kind, view.Reach, view.Progress) : null);
    }

    private static int? Usual(Deployment deployment) => deployment.RollbackToVersion is > 0 ? deployment.RollbackToVersion : deployment.FromVersion;

    /// <inheritdoc/>
    protected override Task<Operation> RequestAsync(SeenTarget seen, Confirmation given) =>
        Operations.SendAsync(Kind, seen, given, Kind == OperationKind.Rollback && _version > 0 ? _version : null, CancellationToken.None, DeploymentConsequence.Of(Kind, _view!, _version));
}
