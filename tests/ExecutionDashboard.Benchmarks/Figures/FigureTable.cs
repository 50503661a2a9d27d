using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Benchmarks.Figures;

/// <summary>The figures of a run: printed as they come, written as one table at the end.</summary>
internal sealed partial class FigureTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<Figure> _figures = [];

    /// <summary>Figures so far.</summary>
    public IReadOnlyList<Figure> All => _figures;

    /// <summary>Adds a figure and prints it.</summary>
    public void Add(string part, string what, double value, string unit, double? budget = null, bool isRate = false)
    {
        var figure = new Figure(part, what, value, unit, budget, isRate);
        _figures.Add(figure);
        Console.WriteLine($"{part,-8} {what,-76} {Number(value),12} {unit,-14} {Against(figure)}");
    }

    /// <summary>Writes <c>figures.json</c> and <c>figures.md</c>.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var machine = $"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
        var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(folder, "figures.json"), JsonSerializer.Serialize(new { at, machine, figures = _figures }, Json));
        File.WriteAllText(Path.Combine(folder, "figures.md"), Markdown($"Measured {at} on {machine}."));
        Console.WriteLine($"Written to {folder}: figures.json, figures.md. {_figures.Count(f => !f.IsKept)} of {_figures.Count(f => f.Budget is not null)} budgets missed.");
    }

    // What was measured at several sizes of the fleet ("10,000: …") is a row with a column for each; the rest follows.
    private string Markdown(string head)
    {
        var text = new StringBuilder(head).Append(" Bold misses its budget.\n");
        foreach (var part in _figures.GroupBy(f => f.Part))
        {
            var sized = part.Select(f => (Figure: f, Match: Sized().Match(f.What))).Where(f => f.Match.Success).ToList();
            var sizes = sized.Select(f => f.Match.Groups["size"].Value).Distinct().OrderBy(size => int.Parse(size, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToList();
            text.Append(CultureInfo.InvariantCulture, $"\n## {part.Key}\n");
            if (sizes.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n| executions | {string.Join(" | ", sizes)} | budget |\n|---|{string.Concat(sizes.Select(_ => "---:|"))}---:|\n");
                foreach (var row in sized.GroupBy(f => (What: f.Match.Groups["what"].Value, f.Figure.Unit)))
                {
                    var cells = sizes.Select(size => row.FirstOrDefault(f => f.Match.Groups["size"].Value == size).Figure is { } figure ? Cell(figure) : "");
                    text.Append(CultureInfo.InvariantCulture, $"| {row.Key.What}, {row.Key.Unit} | {string.Join(" | ", cells)} | {row.Select(f => Limit(f.Figure)).FirstOrDefault(l => l.Length > 0)} |\n");
                }
            }
            var others = part.Where(f => !Sized().IsMatch(f.What)).ToList();
            if (others.Count == 0) continue;
            text.Append("\n| | measured | budget |\n|---|---:|---:|\n");
            foreach (var figure in others) text.Append(CultureInfo.InvariantCulture, $"| {figure.What}{(figure.Unit.Length > 0 ? ", " + figure.Unit : "")} | {Cell(figure)} | {Limit(figure)} |\n");
        }
        return text.ToString();
    }

    private static string Cell(Figure figure) => figure.IsKept ? Number(figure.Value) : $"**{Number(figure.Value)}**";

    private static string Limit(Figure figure) => figure.Budget is { } budget ? (figure.IsRate ? "> " : "< ") + Number(budget) : "";

    [GeneratedRegex(@"^(?<size>[\d,]+): (?<what>.*)$")]
    private static partial Regex Sized();

    private static string Against(Figure figure) => figure.Budget is not { } budget ? ""
        : $"budget {(figure.IsRate ? ">" : "<")} {Number(budget)}{(figure.IsKept ? "" : $"  MISSED, ratio {figure.Ratio:0.00}")}";

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.###", CultureInfo.InvariantCulture);
}
