using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.JobDetail;

/// <summary>The versions of a job: who made them, when, what each changed, how many executions run it.</summary>
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

    /// <summary>Why nothing can be rolled back; empty when it can.</summary>
    [Parameter, EditorRequired]
    public string WhyNoRollback { get; set; } = "";

    /// <summary>A version is to be rolled back to.</summary>
    [Parameter]
    public EventCallback<int> OnRollback { get; set; }

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

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
        // Comparing hundreds of specs is work that the page need not wait for.
        return _rows.With(await Task.Run(() => VersionRow.Of(versions.Value, history.Value ?? []), cancel));
    });

    private string SpecAddress(int version) => $"{JobLabels.Address(Job.Id, "spec")}&version={version}";

    private void Toggle(int version)
    {
        if (!_open.Remove(version)) _open.Add(version);
    }
}
