using System.Diagnostics;
using System.Text;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Benchmarks.Specs;

/// <summary>What a look at a long spec costs the server: masking it, laying it out, comparing it with another.</summary>
internal static class SpecRun
{
    private const int Rounds = 15;

    public static void Run(int megabytes)
    {
        var (json, other) = (Long(megabytes * 1_000_000, 0), Long(megabytes * 1_000_000, 7));
        Console.WriteLine($"A spec of {json.Length / 1e6:0.0} MB, {Rounds} rounds, median and worst:");
        Time("mask", () => SecretMask.Mask(json));
        foreach (var syntax in Enum.GetValues<SpecSyntax>()) Time($"lay out as {syntax}", () => SpecLines.Of(json, syntax));
        var (before, after) = (SpecValue.Parse(json)!, SpecValue.Parse(other)!);
        Time("compare", () => SpecComparison.Of(before, after));
        var comparison = SpecComparison.Of(before, after);
        Time($"draw {comparison.Counts.Total:N0} differences", () => CompareRows.Of(comparison, new HashSet<int>()));
    }

    private static void Time(string what, Func<object> work)
    {
        var took = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            work();
            took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Console.WriteLine($"  {what}: first {took[0]:0} ms, median {took.Order().ElementAt(Rounds / 2):0} ms, worst {took.Max():0} ms");
    }

    private static string Long(int length, int shift)
    {
        var text = new StringBuilder("""{"name":"big","type":"pipeline","config":{"steps":[""");
        for (var i = 0; text.Length < length; i++)
            text.Append(i == 0 ? "" : ",").Append($$"""{"mapping":"root = this\nroot.x = {{i}}","label":"step {{i}}","url":"https://user:pw{{i}}@host-{{i}}.example.com/a/b?c=d","n":{{(i % 100 == 0 ? i + shift : i)}}}""");
        return text.Append("]}}").ToString();
    }
}
