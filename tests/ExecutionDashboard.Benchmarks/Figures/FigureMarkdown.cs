using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Benchmarks.Figures;

/// <summary>
/// The figures as tables. What was measured at several sizes of the fleet ("10,000: …") is a row with a column for each; what was measured of viewers
/// at a rate ("list, 100 viewers, 1,000 changes/s: …") is a row with a column for each measure; the rest follows one by one.
/// </summary>
internal static partial class FigureMarkdown
{
    /// <summary>All of it.</summary>
    /// <param name="figures">The figures, in the order measured.</param>
    /// <param name="head">When, and on what.</param>
    public static string Of(IReadOnlyList<Figure> figures, string head)
    {
        var text = new StringBuilder(head).Append(" Bold misses its budget.\n");
        foreach (var part in figures.GroupBy(f => f.Part))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {part.Key}\n");
            var kinds = part.ToLookup(f => Sized().IsMatch(f.What) ? Kind.Sized : Watched().IsMatch(f.What) ? Kind.Watched : Kind.Other);
            if (kinds[Kind.Sized].Any()) Sizes(text, [.. kinds[Kind.Sized]]);
            if (kinds[Kind.Watched].Any()) Rates(text, [.. kinds[Kind.Watched]]);
            if (kinds[Kind.Other].Any()) List(text, kinds[Kind.Other]);
        }
        return text.ToString();
    }

    /// <summary>A figure's number.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.###", CultureInfo.InvariantCulture);

    private static void Sizes(StringBuilder text, IReadOnlyList<Figure> figures)
    {
        var found = figures.Select(f => (Figure: f, Match: Sized().Match(f.What))).ToList();
        var sizes = found.Select(f => f.Match.Groups["size"].Value).Distinct().OrderBy(size => int.Parse(size, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToList();
        Head(text, ["executions", .. sizes, "budget"]);
        foreach (var row in found.GroupBy(f => (What: f.Match.Groups["what"].Value, f.Figure.Unit)))
            Row(text, [
                Named(row.Key.What, row.Key.Unit),
                .. sizes.Select(size => row.FirstOrDefault(f => f.Match.Groups["size"].Value == size).Figure is { } figure ? Cell(figure) : ""),
                row.Select(f => Limit(f.Figure)).FirstOrDefault(l => l.Length > 0) ?? "",
            ]);
    }

    private static void Rates(StringBuilder text, IReadOnlyList<Figure> figures)
    {
        var found = figures.Select(f => (Figure: f, Match: Watched().Match(f.What))).ToList();
        var measures = found.Select(f => (What: f.Match.Groups["what"].Value, f.Figure.Unit)).Distinct().ToList();
        Head(text, ["who looks", .. measures.Select(m => Named(m.What, m.Unit))]);
        foreach (var row in found.GroupBy(f => f.Match.Groups["who"].Value))
            Row(text, [row.Key, .. measures.Select(m => row.FirstOrDefault(f => f.Match.Groups["what"].Value == m.What).Figure is { } figure ? Cell(figure) + (figure.Budget is null ? "" : $" ({Limit(figure)})") : "")]);
    }

    private static void List(StringBuilder text, IEnumerable<Figure> figures)
    {
        Head(text, ["", "measured", "budget"]);
        foreach (var figure in figures) Row(text, [Named(figure.What, figure.Unit), Cell(figure), Limit(figure)]);
    }

    private static void Head(StringBuilder text, IReadOnlyList<string> cells)
    {
        text.Append('\n');
        Row(text, cells);
        text.Append("|---|").Insert(text.Length, "---:|", cells.Count - 1).Append('\n');
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Named(string what, string unit) => unit.Length > 0 ? $"{what}, {unit}" : what;

    private static string Cell(Figure figure) => figure.IsKept ? Number(figure.Value) : $"**{Number(figure.Value)}**";

    private static string Limit(Figure figure) => figure.Budget is { } budget ? (figure.IsRate ? "> " : "< ") + Number(budget) : "";

    [GeneratedRegex(@"^(?<size>[\d,]+): (?<what>.*)$")]
    private static partial Regex Sized();

    [GeneratedRegex(@"^(?<who>[^:]+ viewers?, [^:]+): (?<what>.*)$")]
    private static partial Regex Watched();

    private enum Kind
    {
        Sized,
        Watched,
        Other,
    }
}
