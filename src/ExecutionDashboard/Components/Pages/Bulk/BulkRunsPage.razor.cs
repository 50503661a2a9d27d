using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Bulk;

/// <summary>The list of bulk runs, newest first.</summary>
public sealed partial class BulkRunsPage
{
    [Inject]
    private BulkRuns Runs { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    private IReadOnlyList<BulkRun> All => Sight.IsWhole ? Runs.All : [];

    /// <inheritdoc/>
    protected override string Path => BulkLabels.Path;

    /// <inheritdoc/>
    protected override Topics Watched => Topics.Bulk | Topics.Status;

    /// <inheritdoc/>
    protected override void Read(string address)
    {
        // No filters: there are few.
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Find(FleetStore store) => All.Select(r => r.Id);

    /// <inheritdoc/>
    protected override int CountNew(FleetStore store, IReadOnlySet<string> listed) => All.Count(r => !listed.Contains(r.Id));

    /// <inheritdoc/>
    protected override IEnumerable<BulkRun> RowsOf(FleetStore store, IEnumerable<string> ids) => ids.Select(Runs.Find).OfType<BulkRun>();

    /// <inheritdoc/>
    protected override string IdOf(BulkRun row) => row.Id;
}
