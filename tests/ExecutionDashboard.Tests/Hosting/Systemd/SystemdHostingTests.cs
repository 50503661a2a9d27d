using ExecutionDashboard.Hosting.Systemd;

namespace ExecutionDashboard.Tests.Hosting.Systemd;

public sealed class SystemdHostingTests
{
    [Theory]
    [InlineData("30000000", 30.0)]
    [InlineData("1500000", 1.5)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void WatchdogTime_Variable_IsMicroseconds(string? variable, double? seconds) => Assert.Equal(seconds, SystemdHosting.WatchdogTime(variable)?.TotalSeconds);
}
