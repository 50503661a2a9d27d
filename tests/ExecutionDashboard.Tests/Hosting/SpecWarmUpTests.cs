using ExecutionDashboard.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Hosting;

public sealed class SpecWarmUpTests
{
    [Fact]
    public void AddDashboard_HasIt() =>
        Assert.Contains(new ServiceCollection().AddDashboard(new ConfigurationBuilder().Build()), service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(SpecWarmUp));

    [Fact]
    public async Task Run_StoppedBetweenRounds_EndsWithoutTheRest()
    {
        using var stop = new CancellationTokenSource();
        // The clock stands still: only the stop can end the pause after the first round.
        var run = SpecWarmUp.RunAsync(new FakeTimeProvider(), stop.Token);
        Assert.False(run.IsCompleted);

        await stop.CancelAsync();

        await run;
    }
}
