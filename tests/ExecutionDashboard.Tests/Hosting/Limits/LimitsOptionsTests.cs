using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Hosting.Limits;

public sealed class LimitsOptionsTests
{
    [Theory]
    [InlineData("CircuitsPerAddress", "0")]
    [InlineData("Circuits", "-1")]
    [InlineData("DisconnectedCircuits", "20000")]
    [InlineData("DisconnectedCircuitTime", "02:00:00")]
    [InlineData("CircuitMessageBytes", "100")]
    [InlineData("RequestsPerSecond", "0")]
    [InlineData("RequestBurst", "0")]
    [InlineData("Exports", "0")]
    public void Value_LimitThatMakesNoSense_FailsByTheKeysName(string key, string value)
    {
        using var services = Services((key, value));

        Assert.Contains("Limits:" + key, Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<LimitsOptions>>().Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_NothingSet_LeavesRoomForThreeHundredViewersBehindOneProxy()
    {
        using var services = Services();
        var limits = services.GetRequiredService<IOptions<LimitsOptions>>().Value;

        Assert.True(limits.CircuitsPerAddress > 300);
        Assert.True(limits.Circuits >= limits.CircuitsPerAddress);
        // Each loads a page with all that belongs to it.
        Assert.True(limits.RequestBurst > 300 * 15);
    }

    [Fact]
    public void Circuits_Disconnected_AreKeptAsTheSettingsSay()
    {
        using var services = Services(("DisconnectedCircuits", "7"), ("DisconnectedCircuitTime", "00:00:30"));
        var circuits = services.GetRequiredService<IOptions<CircuitOptions>>().Value;

        Assert.Equal((7, TimeSpan.FromSeconds(30)), (circuits.DisconnectedCircuitMaxRetained, circuits.DisconnectedCircuitRetentionPeriod));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => "Limits:" + s.Key, s => (string?)s.Value));
        builder.Services.AddDashboard(builder.Configuration);
        return builder.Services.BuildServiceProvider();
    }
}
