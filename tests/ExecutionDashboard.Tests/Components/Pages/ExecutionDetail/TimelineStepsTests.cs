using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components.Pages.ExecutionDetail;

public sealed class TimelineStepsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Execution Now = new() { Id = "e", UpdatedAt = Start.AddSeconds(90) };

    [Fact]
    public void Of_ThreeStates_GivesDurationsAndLeavesTheLastOpen()
    {
        var steps = TimelineSteps.Of([Change("pending", 0), Change("starting", 2), Change("running", 5)], Now);

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), null], steps.Select(s => s.Duration));
        Assert.Equal(["pending", "starting", "running"], steps.Select(s => s.State.Name));
    }

    [Fact]
    public void Of_MessageWithoutAChangeOfState_IsPartOfTheStay()
    {
        var steps = TimelineSteps.Of([Change("running", 0, "ok"), Change("running", 9, "slow output")], Now);

        Assert.Equal("slow output", Assert.Single(steps).Message);
    }

    [Fact]
    public void Of_TimesThatGoBack_GiveNoNegativeDuration()
    {
        var steps = TimelineSteps.Of([Change("running", 10), Change("failed", 3)], Now);

        Assert.Equal(TimeSpan.Zero, steps[0].Duration);
        Assert.All(steps, s => Assert.True(s.Weight > 0));
    }

    [Fact]
    public void Of_NoChanges_GivesNone() => Assert.Empty(TimelineSteps.Of([], Now));

    private static StateChange Change(string to, int seconds, string message = "") =>
        new() { Id = "e", To = to, At = Start.AddSeconds(seconds), Message = message };
}
