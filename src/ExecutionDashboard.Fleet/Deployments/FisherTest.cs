namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>
/// Fisher's exact test, one-sided: the probability that the first group has at least its number of hits if both groups do not differ. Exact for small groups too.
/// </summary>
internal static class FisherTest
{
    /// <summary>A result below this is significant: 5 %.</summary>
    public const double Level = 0.05;

    private static readonly double[] Small = Table();

    /// <summary>Probability, 0–1, of at least <paramref name="hits"/> in a group of <paramref name="size"/>, given the hits of the other.</summary>
    public static double AtLeast(int hits, int size, int otherHits, int otherSize)
    {
        var (allHits, all) = (hits + otherHits, size + otherSize);
        var chosen = LogChoose(all, size);
        var sum = 0.0;
        for (var h = Math.Max(hits, size - (all - allHits)); h <= Math.Min(size, allHits); h++)
            sum += Math.Exp(LogChoose(allHits, h) + LogChoose(all - allHits, size - h) - chosen);
        return Math.Min(1, sum);
    }

    private static double LogChoose(int n, int k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    private static double LogFactorial(int n)
    {
        if (n < Small.Length) return Small[n];
        // Stirling's series; at 256 and above the error is under 1e-12.
        var x = n + 1.0;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }

    private static double[] Table()
    {
        var table = new double[256];
        for (var n = 2; n < table.Length; n++) table[n] = table[n - 1] + Math.Log(n);
        return table;
    }
}
