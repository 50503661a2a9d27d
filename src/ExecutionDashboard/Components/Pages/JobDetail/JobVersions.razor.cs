using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.JobDetail;

/// <summary>The versions of a job: author, time, changes, and number of executions.</summary>
public sealed partial class JobVersions
{
    private const int PageSize = 50;

    private readonly HashSet<int> _open = [];
    private Loaded<IReadOnlyList<VersionRow>> _rows = Loaded<IReadOnlyList<VersionRow>>.None;
    private (string Id, int Version) _asked;
    private int _most = PageSize;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public Job Job { get; set; } = null!;

    /// <summary>Executions that have not ended, by version.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<int, int> Running { get; set; } = null!;

    /// <summary>Why a rollback is not possible; empty when it is.</summary>
    [Parameter, EditorRequired]
    public string WhyNoRollback { get; set; } = "";

    /// <summary>A version to roll back to was selected.</summary>
    [Parameter]
    public EventCallback<int> OnRollback { get; set; }

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    private string Present => Sight.At is null ? "now" : "then";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_asked == (Job.Id, Job.Version)) return;
        _asked = (Job.Id, Job.Version);
        await LoadAsync();
    }

    private Task LoadAsync() => LoadAsync(() => _rows, loaded => _rows = loaded, async cancel =>
    {
        var versions = await ControlPlane.ListJobVersionsAsync(Job.Id, cancel);
        if (!versions.Succeeded) return _rows.Failed($"The job's versions cannot be had: {versions.Failure.Message}");
        var history = await ControlPlane.GetJobHistoryAsync(Job.Id, cancel: cancel);
        // Compare in the background: hundreds of specs take a while.
        return _rows.With(await Task.Run(() => VersionRow.Of(versions.Value, history.Value ?? []), cancel));
    });

    private string SpecAddress(int version) => $"{JobLabels.Address(Job.Id, "spec")}&version={version}";

    private void Toggle(int version)
    {
        if (!_open.Remove(version)) _open.Add(version);
    }
}
