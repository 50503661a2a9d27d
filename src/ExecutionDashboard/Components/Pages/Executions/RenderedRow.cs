using System.Runtime.CompilerServices;
using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>
/// The rendered cells of an execution, with the names they show. Rendered once per change for all viewers: it is cached with the execution object, which the store
/// replaces after any change of what is shown. Safe for concurrent use.
/// </summary>
public sealed class RenderedRow
{
    private static readonly ConditionalWeakTable<Execution, RenderedRow> Drawn = [];
    private readonly string _plane;
    private Row? _row;

    private RenderedRow(Execution execution, FleetStore store)
    {
        Execution = execution;
        _plane = store.Planes.Of(execution.Id);
        JobName = store.FindJob(execution.JobId)?.DisplayName ?? execution.JobId;
        var node = execution.NodeId.Length > 0 ? store.FindNode(execution.NodeId) : null;
        NodeName = node?.DisplayName ?? execution.NodeId;
        IsLastKnown = node is { IsConnected: false } && !execution.Actual.State.IsTerminal;
        RunsOldSpec = store.RunsOldSpec(execution);
        CheckCell = Markup.Of($"""<td class="c-check"><input type="checkbox" aria-label="Select {execution.Id}" value="{execution.Id}"></td>""");
    }

    /// <summary>The execution.</summary>
    public Execution Execution { get; }

    /// <summary>Name of its job.</summary>
    public string JobName { get; }

    /// <summary>Name of its node.</summary>
    public string NodeName { get; }

    /// <summary>Whether its node is not connected and it has not ended, so that its state is the last known one.</summary>
    public bool IsLastKnown { get; }

    /// <summary>Whether it has not ended and runs an outdated spec.</summary>
    public bool RunsOldSpec { get; }

    /// <summary>One of its ids as its control plane has it: the plane has a column.</summary>
    public string OwnId(string id) => _plane.Length == 0 || id.Length == 0 ? id : id[(_plane.Length + 1)..];

    /// <summary>The cell with the check box.</summary>
    public MarkupString CheckCell { get; }

    /// <summary>The rendered cells of an execution that a store returned.</summary>
    public static RenderedRow Of(Execution execution, FleetStore store)
    {
        if (Drawn.TryGetValue(execution, out var drawn)) return drawn;
        return Drawn.GetValue(execution, e => new RenderedRow(e, store));
    }

    /// <summary>Its cells, one piece of markup per group of columns. Columns that need other data are empty.</summary>
    /// <param name="runs">From <see cref="ExecutionColumns.Runs"/>; the same object while the columns are the same.</param>
    public MarkupString[] Cells(IReadOnlyList<ExecutionColumn[]> runs)
    {
        if (_row is { } row && ReferenceEquals(row.Runs, runs)) return row.Cells;
        var cells = new MarkupString[runs.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = runs[i] is [var only] ? Draw(only) : new MarkupString(string.Concat(runs[i].Select(column => Draw(column).Value)));
        _row = new Row(runs, cells);
        return cells;
    }

    /// <summary>The cell of the state, followed by other markup.</summary>
    public MarkupString StateCell(MarkupString behind) =>
        Cell(ExecutionColumn.State, Markup.Of($"""<span class="state-cell">{StateChip.Of(Execution.Actual.State, IsLastKnown)}{behind}</span>"""));

    /// <summary>A cell.</summary>
    public static MarkupString Cell(ExecutionColumn column, MarkupString content) => Markup.Of($"""<td class="{ExecutionColumns.Class(column)}">{content}</td>""");

    /// <summary>A cell with a text.</summary>
    public static MarkupString Cell(ExecutionColumn column, string text) => Cell(column, Markup.Of($"{text}"));

    private MarkupString Draw(ExecutionColumn column) => column switch
    {
        ExecutionColumn.State => StateCell(
            Execution.ReplacedBy is { } by ? ReplacedMark.Short(by)
            : ShowsDesired ? Markup.Of($"""<span class="wanted" title="Desired: {Execution.Desired.State.Name}">→ {Execution.Desired.State.Name}</span>""")
            : Markup.None),
        ExecutionColumn.Desired => Cell(column, Execution.Desired.State.Name),
        ExecutionColumn.Id => Cell(column, Markup.Of($"""<a class="id row-link" href="{ExecutionView.Address(Execution.Id)}" title="{Execution.Id}"><code><bdi>{OwnId(Execution.Id)}</bdi></code></a>""")),
        ExecutionColumn.Plane => Cell(column, _plane),
        ExecutionColumn.Job => Cell(column, Markup.Of($"""<span class="job-cell" title="{Execution.JobId}"><span class="name">{JobName}</span> <span class="quiet">v{Execution.JobVersion}</span>{(RunsOldSpec ? OldSpecMark.InRow : Markup.None)}</span>""")),
        ExecutionColumn.Node => Cell(column, Markup.Of($"""<span title="{Execution.NodeId}">{NodeName}</span>""")),
        ExecutionColumn.Deployment => Cell(column, Id(Execution.DeploymentId, OwnId(Execution.DeploymentId))),
        ExecutionColumn.Message => Cell(column, Execution.ReplacedBy is { } by ? Markup.Of($"""<span class="reason-cell"><span title="{Masked.Text(Execution.Actual.Message)}">{Masked.Text(Execution.Actual.Message)}</span>{ReplacedMark.AfterReason(by)}</span>""") : Markup.Of($"{Masked.Text(Execution.Actual.Message)}")),
        ExecutionColumn.Error => Cell(column, Markup.Of($"<code>{Masked.Text(Detail("error_code"))}</code>")),
        ExecutionColumn.Hint => Cell(column, Masked.Text(Detail("hint"))),
        ExecutionColumn.Type => Cell(column, Execution.JobType),
        ExecutionColumn.Namespace => Cell(column, Execution.Namespace),
        ExecutionColumn.Evaluation => Cell(column, Id(Execution.EvaluationId, Execution.EvaluationId)),
        ExecutionColumn.Revision => Cell(column, Markup.Of($"{Execution.Revision}")),
        ExecutionColumn.Updated => Cell(column, At.Of(Execution.UpdatedAt)),
        ExecutionColumn.Age => Cell(column, At.Of(Execution.CreatedAt, "for")),
        _ => Cell(column, Markup.None),
    };

    // Show the desired state only when the actual one contradicts it. Starting, or degraded, while it should run is no contradiction.
    private bool ShowsDesired => Execution.Drifts
        && (Execution.Desired.State.Known != KnownExecutionState.Running || Execution.Actual.State.IsTerminal || Execution.Actual.State.Known == KnownExecutionState.Stopping);

    private static MarkupString Id(string id, string shown) => id.Length == 0 ? Markup.None : Markup.Of($"""<span class="id" title="{id}"><code><bdi>{shown}</bdi></code></span>""");

    private string Detail(string name) => Execution.Details?.GetValueOrDefault(name) ?? Execution.Actual.Details?.GetValueOrDefault(name) ?? "";

    private sealed record Row(IReadOnlyList<ExecutionColumn[]> Runs, MarkupString[] Cells);
}
