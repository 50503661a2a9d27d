namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The part of an id that is shown when there is no room for all of it.</summary>
public enum IdPart
{
    /// <summary>The beginning.</summary>
    Start,
    /// <summary>The part after the prefix that all ids share.</summary>
    Middle,
    /// <summary>The end.</summary>
    End,
}

/// <summary>
/// Column widths of a list: node names are shown in full, and of long ids the part that distinguishes most rows. Computed once per list from a sample of its rows,
/// and applied as a style of the table, so that the cells are the same for all viewers.
/// </summary>
/// <param name="Classes">CSS classes of the table.</param>
/// <param name="Style">CSS style of the table.</param>
public sealed record ColumnLook(string Classes, string Style)
{
    // Characters of an id that fit into a column.
    private const int IdWidth = 11;
    private const int NarrowestNode = 14, WidestNode = 36;

    /// <summary>For a list without rows.</summary>
    public static ColumnLook Usual { get; } = Of([]);

    /// <summary>For a sample of rows.</summary>
    public static ColumnLook Of(IEnumerable<RenderedRow> rows)
    {
        RenderedRow[] sample = [.. rows];
        var classes = new List<string>();
        var style = $"--node:{Math.Clamp(sample.Select(row => row.NodeName.Length).DefaultIfEmpty().Max(), NarrowestNode, WidestNode)}";
        Add("id", row => row.OwnId(row.Execution.Id));
        Add("deployment", row => row.OwnId(row.Execution.DeploymentId));
        Add("evaluation", row => row.Execution.EvaluationId);
        return new(string.Join(' ', classes), style);

        void Add(string column, Func<RenderedRow, string> id)
        {
            var (part, skip) = PartOf([.. sample.Select(id)], IdWidth);
            if (part == IdPart.End) classes.Add("end-" + column);
            if (part != IdPart.Middle) return;
            classes.Add("skip-" + column);
            style += $";--{column}:{skip}";
        }
    }

    /// <summary>The part of ids that distinguishes most of them in a given width, preferring the start; with the number of characters before it.</summary>
    public static (IdPart Part, int Skip) PartOf(IReadOnlyList<string> ids, int width)
    {
        string[] distinct = [.. ids.Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        if (distinct.Length < 2 || distinct.All(id => id.Length <= width)) return (IdPart.Start, 0);
        var same = distinct.Aggregate((a, b) => a[..a.AsSpan().CommonPrefixLength(b)]).Length;
        // One character is needed for the ellipsis.
        var shown = width - 1;
        var (start, middle, end) = (
            Told(id => id[..Math.Min(id.Length, shown)]), Told(id => id.Substring(same, Math.Min(id.Length - same, shown))), Told(id => id[Math.Max(0, id.Length - shown)..]));
        return start >= middle && start >= end ? (IdPart.Start, 0) : middle >= end ? (IdPart.Middle, same) : (IdPart.End, 0);

        int Told(Func<string, string> part) => distinct.Select(part).Distinct(StringComparer.Ordinal).Count();
    }
}
