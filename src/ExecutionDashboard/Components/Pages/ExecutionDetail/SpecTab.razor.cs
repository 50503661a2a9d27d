using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.ExecutionDetail;

/// <summary>The spec an execution was started with; where the server does not send it, the job's version of that number, and that is said.</summary>
public sealed partial class SpecTab
{
    private static readonly string[] Views = ["Readable", "YAML", "JSON"];

    private JobSpec? _spec;
    private string _view = Views[0];
    private string _origin = "";
    private string _problem = "";
    private bool _loading;

    /// <summary>The execution.</summary>
    [Parameter, EditorRequired]
    public Execution Execution { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    private string Text => _view == "YAML" ? SpecText.Yaml(_spec!) : SpecText.Json(_spec!);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_spec is not null && (_spec.Hash == Execution.SpecHash || Execution.SpecHash.Length == 0)) return;
        await FindAsync();
    }

    private async Task FindAsync()
    {
        (_origin, _problem) = ("", "");
        _spec = Execution.SpecHash.Length > 0 ? Replica.Store.FindSpec(Execution.SpecHash) : null;
        if (_spec is not null) return;
        _loading = true;
        StateHasChanged();
        var own = await ControlPlane.GetExecutionAsync(Execution.Id, Gone);
        if (own is { Succeeded: true, Value.Spec: { } sent }) _spec = sent;
        else await FindVersionAsync();
        _loading = false;
    }

    private async Task FindVersionAsync()
    {
        var versions = await ControlPlane.ListJobVersionsAsync(Execution.JobId, Gone);
        if (!versions.Succeeded)
        {
            _problem = $"The server sent no spec with this execution, and the job's versions cannot be had: {versions.Failure.Message}";
            return;
        }
        _spec = versions.Value.FirstOrDefault(v => v.Version == Execution.JobVersion)?.Spec;
        if (_spec is null) _problem = $"The server sent no spec with this execution, and has no version {Execution.JobVersion} of its job.";
        else _origin = $"The server sent no spec with this execution. Shown is version {Execution.JobVersion} of its job.";
    }
}
