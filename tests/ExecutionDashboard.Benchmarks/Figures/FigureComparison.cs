using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExecutionDashboard.Benchmarks.Figures;

/// <summary>The figures of two builds from alternating runs: medians, their ratio, and its spread over the pairs of runs.</summary>
internal static class FigureComparison
{
    /// <summary>Prints the ratios, and writes them to <c>ratios.md</c> of the folder.</summary>
    /// <param name="folder">Has <c>before-1</c>, <c>after-1</c>, <c>before-2</c>, …, with a <c>figures.json</c> for each part.</param>
    public static int Run(string folder)
    {
        List<IReadOnlyList<Figure>> before = [.. Runs(folder, "before")], after = [.. Runs(folder, "after")];
        var text = new StringBuilder("| | before | after | ratio | of the pairs |\n|---|---:|---:|---:|---:|\n");
        foreach (var figure in before.SelectMany(run => run).DistinctBy(f => (f.Part, f.What)))
        {
            double[] then = [.. Values(before, figure)], now = [.. Values(after, figure)];
            double[] pairs = [.. then.Zip(now, (a, b) => b / a).Where(double.IsFinite).Order()];
            if (pairs.Length == 0) continue;
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Part}: {figure.What}, {figure.Unit} | {FigureMarkdown.Number(then.Percentile(0.5))} | {FigureMarkdown.Number(now.Percentile(0.5))} | {now.Percentile(0.5) / then.Percentile(0.5):0.00} | {pairs[0]:0.00} – {pairs[^1]:0.00} |\n");
        }
        Console.Write(text);
        File.WriteAllText(Path.Combine(folder, "ratios.md"), text.ToString());
        return 0;
    }

    private static IEnumerable<double> Values(IEnumerable<IReadOnlyList<Figure>> runs, Figure figure) =>
        runs.Select(run => run.FirstOrDefault(f => f.Part == figure.Part && f.What == figure.What)?.Value).OfType<double>();

    private static Figure[] Figures(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("figures").Deserialize<Figure[]>(JsonSerializerOptions.Web)!;

    private static IEnumerable<IReadOnlyList<Figure>> Runs(string folder, string build)
    {
        for (var i = 1; Path.Combine(folder, $"{build}-{i}") is var run && Directory.Exists(run); i++)
            yield return [.. Directory.GetFiles(run, "figures.json", SearchOption.AllDirectories).SelectMany(Figures)];
    }
}
