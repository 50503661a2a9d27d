using System.Diagnostics;
using System.Text;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Hosting;

namespace ExecutionDashboard.Benchmarks.Specs;

/// <summary>What a look at a long spec costs the server: masking it, laying it out, comparing it with another.</summary>
internal static class SpecRun
{
    private const int Rounds = 15;

    public static async Task RunAsync(FigureTable table, int megabytes)
    {
        // As a dashboard does in its first seconds.
        await SpecWarmUp.RunAsync(TimeProvider.System, default);
        var (json, other) = (Long(megabytes * 1_000_000, 0), Long(megabytes * 1_000_000, 7));
        Time(table, "mask", () => SecretMask.Mask(json));
        foreach (var syntax in Enum.GetValues<SpecSyntax>()) Time(table, $"lay out as {syntax}", () => SpecLines.Of(json, syntax));
        var (before, after) = (SpecValue.Parse(json)!, SpecValue.Parse(other)!);
        Time(table, "compare", () => SpecComparison.Of(before, after));
        var comparison = SpecComparison.Of(before, after);
        Time(table, $"draw {comparison.Counts.Total:N0} differences", () => CompareRows.Of(comparison, new HashSet<int>()));
    }

    private static void Time(FigureTable table, string what, Func<object> work)
    {
        var took = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            work();
            took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        table.Add("store", $"a long spec, first time: {what}", took[0], "ms", 300);
        table.Add("store", $"a long spec, median: {what}", took.Percentile(0.5), "ms");
    }

    private static string Long(int length, int shift)
    {
        var text = new StringBuilder("""{"name":"big","type":"pipeline","config":{"steps":[""");
        for (var i = 0; text.Length < length; i++)
            text.Append(i == 0 ? "" : ",").Append($$"""{"mapping":"root = this\nroot.x = {{i}}","label":"step {{i}}","url":"https://user:pw{{i}}@host-{{i}}.example.com/a/b?c=d","n":{{(i % 100 == 0 ? i + shift : i)}}}""");
        return text.Append("]}}").ToString();
    }
}
