using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components.Pages.DeploymentDetail;

public sealed partial class StateAreaPathsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Of_TwoStates_StackToTheWholeHeight()
    {
        var history = History([10, 5, 0], [0, 5, 10]);

        var paths = StateAreaPaths.Of(history);

        Assert.Equal(2, paths.Count);
        Assert.All(paths.SelectMany(p => Points(p.Path)), p =>
        {
            Assert.InRange(p.X, 0, StateAreaPaths.Width);
            Assert.InRange(p.Y, 0, StateAreaPaths.Height);
        });
        Assert.Equal(0, Points(paths[1].Path).Min(p => p.Y));
        Assert.Equal(StateAreaPaths.Height, Points(paths[0].Path).Max(p => p.Y));
    }

    [Fact]
    public void Of_OneMomentOrNoCounts_DoesNotFail()
    {
        Assert.Empty(StateAreaPaths.Of(new DeploymentHistory([], [])));
        Assert.Empty(StateAreaPaths.Of(new DeploymentHistory([Start], [])));
        Assert.All(StateAreaPaths.Of(History([0, 0, 0], [0, 0, 0])), p => Assert.DoesNotContain("NaN", p.Path, StringComparison.Ordinal));
    }

    private static DeploymentHistory History(int[] running, int[] failed) => new(
        [.. running.Select((_, i) => Start.AddMinutes(i))],
        [new(ExecutionState.Of(KnownExecutionState.Running), running), new(ExecutionState.Of(KnownExecutionState.Failed), failed)]);

    private static IEnumerable<(double X, double Y)> Points(string path) => Pair().Matches(path)
        .Select(m => (double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"(-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Pair();
}
