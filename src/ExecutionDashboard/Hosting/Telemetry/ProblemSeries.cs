using System.Diagnostics.Metrics;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live.Attention;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>
/// Counts of open problems by cause and severity. A pair has a series once there was such a problem: all of them would be a hundred series, most of them never used. That the control plane does not
/// answer has one from the start, so that there is the metric.
/// </summary>
internal sealed class ProblemSeries
{
    private static readonly string[] Severities = [.. Enum.GetNames<ProblemSeverity>().Select(n => n.ToLowerInvariant())];
    private readonly bool[,] _seen = new bool[ProblemCauses.All.Count, Severities.Length];

    public ProblemSeries() => _seen[(int)ProblemCause.ControlPlaneUnreachable, (int)ProblemSeverity.Critical] = true;

    /// <summary>A measurement for each series.</summary>
    /// <param name="open">The open problems.</param>
    /// <param name="isKnown">They are all there are: of a pair without any there is none. Else nothing is said of it.</param>
    public IReadOnlyList<Measurement<int>> Of(IReadOnlyList<ShownProblem> open, bool isKnown)
    {
        var counts = new int[ProblemCauses.All.Count, Severities.Length];
        foreach (var (problem, _) in open)
        {
            counts[(int)problem.Cause, (int)problem.Severity]++;
            _seen[(int)problem.Cause, (int)problem.Severity] = true;
        }
        var series = new List<Measurement<int>>();
        foreach (var cause in ProblemCauses.All)
            for (var severity = 0; severity < Severities.Length; severity++)
                if (counts[(int)cause, severity] is var count && (count > 0 || (isKnown && _seen[(int)cause, severity])))
                    series.Add(new(count, new("cause", ProblemCauses.CodeOf(cause)), new("severity", Severities[severity])));
        return series;
    }
}
