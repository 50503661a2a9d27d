using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>The visible lanes as a table, one row per state of an execution or connection in the range.</summary>
public sealed partial class LaneTable
{
    /// <summary>Most rows; the number of omitted rows is shown.</summary>
    public const int Most = 500;

    private List<Row> _rows = [];
    private int _all;

    /// <summary>The lanes.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Lane> Lanes { get; set; } = [];

    /// <summary>Start of the range, UTC.</summary>
    [Parameter]
    public DateTimeOffset From { get; set; }

    /// <summary>End of the range, UTC.</summary>
    [Parameter]
    public DateTimeOffset To { get; set; }

    /// <summary>An execution should be opened; without a listener it is a link.</summary>
    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    private string Caption => $"{Format.Count(Lanes.Count, "node")} on screen, {Format.Count(_all, "state")} in this range"
        + (_all > _rows.Count ? $"; the first {Format.Count(_rows.Count)} are listed" : "");

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _all = 0;
        _rows = [];
        foreach (var lane in Lanes)
        {
            var node = Replica.Store.FindNode(lane.NodeId)?.DisplayName ?? lane.NodeId;
            foreach (var span in lane.Connection.Where(IsShown)) Add(new(lane.NodeId, node, "", "", span.State, span.From, span.To));
            foreach (var bar in lane.Bars.Where(b => !b.IsDimmed))
            {
                var job = $"{Replica.Store.FindJob(bar.JobId)?.DisplayName ?? bar.JobId} v{bar.JobVersion}";
                foreach (var span in bar.Spans.Where(IsShown)) Add(new(lane.NodeId, node, bar.ExecutionId, job, span.State, span.From, span.To));
            }
        }
    }

    private void Add(Row row)
    {
        if (_all++ < Most) _rows.Add(row);
    }

    private bool IsShown(StateSpan span) => span.From <= To && (span.To is null || span.To >= From);

    private sealed record Row(string NodeId, string Node, string ExecutionId, string Job, string State, DateTimeOffset From, DateTimeOffset? To);
}
