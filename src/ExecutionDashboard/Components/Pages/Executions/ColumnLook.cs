namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Which part of ids is shown where there is no room for all of it.</summary>
public enum IdPart
{
    /// <summary>The beginning.</summary>
    Start,
    /// <summary>What comes after the beginning that all have.</summary>
    Middle,
    /// <summary>The end.</summary>
    End,
}

/// <summary>
/// What the columns of a list give room to: node names are shown whole, and of long ids the part that tells most of the rows apart. Found once a list,
/// from rows all over it; a style of the table, so that the cells are the same for all viewers.
/// </summary>
/// <param name="Classes">Classes of the table.</param>
/// <param name="Style">Style of the table.</param>
public sealed record ColumnLook(string Classes, string Style)
{
    // Letters of an id that a column has room for.
    private const int IdWidth = 11;
    private const int NarrowestNode = 14, WidestNode = 36;

    /// <summary>The look of a list without rows.</summary>
    public static ColumnLook Usual { get; } = Of([]);

    /// <summary>The look that suits some rows of a list.</summary>
    public static ColumnLook Of(IEnumerable<RenderedRow> rows)
    {
        RenderedRow[] sample = [.. rows];
        var classes = new List<string>();
        var style = $"--node:{Math.Clamp(sample.Select(row => row.NodeName.Length).DefaultIfEmpty().Max(), NarrowestNode, WidestNode)}";
        Add("id", row => row.Execution.Id);
        Add("deployment", row => row.Execution.DeploymentId);
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

    /// <summary>The part of ids that tells most of them apart in a given width, the beginning when others do no better; with the letters before it.</summary>
    public static (IdPart Part, int Skip) PartOf(IReadOnlyList<string> ids, int width)
    {
        string[] distinct = [.. ids.Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        if (distinct.Length < 2 || distinct.All(id => id.Length <= width)) return (IdPart.Start, 0);
        var same = distinct.Aggregate((a, b) => a[..a.AsSpan().CommonPrefixLength(b)]).Length;
        // An ellipsis stands for what is left out.
        var shown = width - 1;
        var (start, middle, end) = (
            Told(id => id[..Math.Min(id.Length, shown)]), Told(id => id.Substring(same, Math.Min(id.Length - same, shown))), Told(id => id[Math.Max(0, id.Length - shown)..]));
        return start >= middle && start >= end ? (IdPart.Start, 0) : middle >= end ? (IdPart.Middle, same) : (IdPart.End, 0);

        int Told(Func<string, string> part) => distinct.Select(part).Distinct(StringComparer.Ordinal).Count();
    }
}
