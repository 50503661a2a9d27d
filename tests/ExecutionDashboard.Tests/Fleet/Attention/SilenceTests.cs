using ExecutionDashboard.Tests.Simulator;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>Where nothing is wrong, nothing is named.</summary>
public class SilenceTests
{
    private static void IsSilent(SimulatedFleet fleet, double seconds, double step)
    {
        var store = new SimulatedStore(fleet);
        for (var passed = 0.0; passed <= seconds; passed += step)
        {
            Assert.Equal([], store.Look().Select(p => $"{fleet.Elapsed:0} s: {p.Id}: {p.Summary}"));
            fleet.Pass(step);
        }
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void Look_HealthyRolloutAndAQuietHour_NamesNothing(string generation) => IsSilent(SimulatedFleet.Of("rolling-slow", generation), 3600, 60);

    [Fact]
    public void Look_RolloutOfTenThousandHealthyNodes_NamesNothing() => IsSilent(SimulatedFleet.Of("ten-thousand", "deployment"), 80, 20);
}
