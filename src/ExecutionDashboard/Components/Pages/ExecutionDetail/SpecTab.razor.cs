using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.ExecutionDetail;

/// <summary>The spec of an execution; if the server does not send it, the job's spec of that version, with a note.</summary>
public sealed partial class SpecTab
{
    private FoundSpec? _found;
    private string? _sought;

    /// <summary>The execution.</summary>
    [Parameter, EditorRequired]
    public Execution Execution { get; set; } = null!;

    [Inject]
    private SpecSources Sources { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => _sought == Execution.Id + Execution.SpecHash ? Task.CompletedTask : FindAsync();

    private async Task FindAsync()
    {
        var sought = _sought = Execution.Id + Execution.SpecHash;
        _found = null;
        var found = await Sources.FindAsync(SpecRef.Execution(Execution.Id), Gone);
        if (_sought == sought) _found = found;
    }
}
