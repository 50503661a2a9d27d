using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>One row for a viewer.</summary>
/// <param name="Index">Index in the list, from 0.</param>
/// <param name="Drawn">Its rendered cells; null when the execution was removed.</param>
/// <param name="Operation">The newest command for it in this process.</param>
/// <param name="Head">The group whose head it is; null for an execution.</param>
public sealed record ExecutionRow(int Index, RenderedRow? Drawn, Operation? Operation, ListGroup? Head = null)
{
    private static readonly MarkupString Gone = RenderedRow.Cell(ExecutionColumn.State, new MarkupString("<span class=\"quiet\">removed from the control plane</span>"));

    /// <summary>The execution as it is now; null when it was removed.</summary>
    public Execution? Execution => Drawn?.Execution;

    /// <summary>Key of the row for Blazor.</summary>
    public object Key => Head is { } head ? ("group", head.Key) : Execution?.Id ?? (object)Index;

    /// <summary>The cell with the check box.</summary>
    public MarkupString CheckCell(bool isChecked) => Execution is not { } execution ? EmptyCheck
        : isChecked ? Markup.Of($"""<td class="c-check"><input type="checkbox" aria-label="Select {execution.Id}" value="{execution.Id}" checked></td>""")
        : Drawn!.CheckCell;

    /// <summary>Its cells, one piece of markup per group of columns.</summary>
    public IReadOnlyList<MarkupString> Cells(IReadOnlyList<ExecutionColumn[]> runs, ExecutionList list)
    {
        if (Drawn is not { } drawn) return [.. runs.Select(run => new MarkupString(string.Concat(run.Select(column => (column == ExecutionColumn.State ? Gone : RenderedRow.Cell(column, Markup.None)).Value))))];
        var cells = drawn.Cells(runs);
        for (var i = 0; i < runs.Count; i++)
        {
            // Values that the execution itself does not have.
            var own = runs[i][0] switch
            {
                ExecutionColumn.State when Operation is { HasEnded: false } => drawn.StateCell(Markup.Of($"""<span class="asked" title="{Operation.Summary}">stop asked</span>""")),
                ExecutionColumn.Chain => RenderedRow.Cell(ExecutionColumn.Chain, Markup.Of($"{list.ChainLength(drawn.Execution)}")),
                ExecutionColumn.Labels => RenderedRow.Cell(ExecutionColumn.Labels, string.Join(", ", (list.LabelsOf(drawn.Execution) ?? NoLabels).Select(l => $"{l.Key}={l.Value}"))),
                _ => (MarkupString?)null,
            };
            if (own is not { } cell) continue;
            if (ReferenceEquals(cells, drawn.Cells(runs))) cells = [.. cells];
            cells[i] = cell;
        }
        return cells;
    }

    private static readonly MarkupString EmptyCheck = new("<td class=\"c-check\"></td>");
    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();
}
