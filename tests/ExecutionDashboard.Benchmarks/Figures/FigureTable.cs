using System.Globalization;
using System.Text.Json;

namespace ExecutionDashboard.Benchmarks.Figures;

/// <summary>The figures of a run: printed as they come, written as one table at the end.</summary>
internal sealed class FigureTable
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
        Console.WriteLine($"{part,-8} {what,-76} {FigureMarkdown.Number(value),12} {unit,-14} {Against(figure)}");
    }

    /// <summary>Writes <c>figures.json</c> and <c>figures.md</c>.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var machine = $"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
        var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var commit = Environment.GetEnvironmentVariable("COMMIT") ?? "";
        File.WriteAllText(Path.Combine(folder, "figures.json"), JsonSerializer.Serialize(new { at, commit, machine, figures = _figures }, Json));
        File.WriteAllText(Path.Combine(folder, "figures.md"), FigureMarkdown.Of(_figures, $"Measured {at}{(commit.Length > 0 ? $" at `{commit}`" : "")} on {machine}."));
        Console.WriteLine($"Written to {folder}: figures.json, figures.md. {_figures.Count(f => !f.IsKept)} of {_figures.Count(f => f.Budget is not null)} budgets missed.");
    }

    private static string Against(Figure figure) => figure.Budget is not { } budget ? ""
        : $"budget {(figure.IsRate ? ">" : "<")} {FigureMarkdown.Number(budget)}{(figure.IsKept ? "" : $"  MISSED, ratio {figure.Ratio:0.00}")}";
}
