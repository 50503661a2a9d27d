using ExecutionDashboard.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting;

public class CollectorSettingTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData(" ", false)]
    [InlineData("http://collector:4317", true)]
    public void IsSet_AddressOrNone_TellsWhetherThereIsACollector(string? value, bool expected) => Assert.Equal(expected, CollectorSetting.IsSet(With(value)));

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("localhost")]
    [InlineData("grpc://collector:4317")]
    public void IsSet_NoAddress_NamesTheSetting(string value)
    {
        var problem = Assert.Throws<InvalidOperationException>(() => CollectorSetting.IsSet(With(value)));
        Assert.Equal($"OTEL_EXPORTER_OTLP_ENDPOINT is '{value}': it must be an http or https address, such as http://collector:4317.", problem.Message);
    }

    private static IConfiguration With(string? value) => new ConfigurationBuilder().AddInMemoryCollection([new(CollectorSetting.Key, value)]).Build();
}
