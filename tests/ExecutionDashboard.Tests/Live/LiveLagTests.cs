using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Live;

public class LiveLagTests
{
    [Fact]
    public void Lag_PartThatDrawsAChange_IsTimedFromTheChangeToTheScreen()
    {
        using var measured = new Measurements();
        using var page = new PageRig(services => services.AddSingleton(new LiveLag(measured, services.BuildServiceProvider().GetRequiredService<TimeProvider>())));
        page.Load(PageRig.Good, FleetChange.Of(PageRig.Spec), PageRig.Execution("e1"));
        page.Render<Part>();
        Assert.Empty(measured.Of("dashboard.lag"));

        page.Time.Advance(TimeSpan.FromSeconds(3));
        page.Follow(null, PageRig.Start.AddSeconds(1), PageRig.Execution("e1", KnownExecutionState.Failed));
        page.Time.Advance(LiveSignals.Interval);

        // Drawn first, timed then: no further render tells of it.
        Assert.True(SpinWait.SpinUntil(() => measured.Of("dashboard.lag").Any(m => m.EndsWith(" shown", StringComparison.Ordinal)), TimeSpan.FromSeconds(20)));
        Assert.Equal("2 received", measured.Of("dashboard.lag")[0]);
        Assert.InRange(double.Parse(measured.Of("dashboard.lag")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 2, 2.5);
    }

    private sealed class Part : LiveComponentBase
    {
        protected override void OnInitialized() => Watch(Topics.Executions, _ => true);
    }
}
