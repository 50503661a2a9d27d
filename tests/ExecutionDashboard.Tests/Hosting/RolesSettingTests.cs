using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting;

public sealed class RolesSettingTests
{
    [Theory]
    [InlineData(null, null, Roles.Dashboard | Roles.Feed | Roles.Simulator)]
    [InlineData(null, "https://example.test:9010", Roles.Dashboard | Roles.Feed)]
    [InlineData("simulator", null, Roles.Simulator)]
    [InlineData(" Feed , Simulator ", null, Roles.Feed | Roles.Simulator)]
    [InlineData("Dashboard,Feed,Simulator", "https://example.test:9010", Roles.Dashboard | Roles.Feed | Roles.Simulator)]
    public void Read_ValidSettings_GiveTheRoles(string? roles, string? controlPlane, Roles expected) =>
        Assert.Equal(expected, RolesSetting.Read(Settings(("Roles", roles), ("ControlPlane:Url", controlPlane))));

    [Theory]
    [InlineData("Dashbord", "Roles")]
    [InlineData(",", "Roles")]
    [InlineData("3", "Roles")]
    [InlineData("Feed", "ControlPlane:Url")]
    [InlineData("Dashboard,Simulator", "Feed:Url")]
    public void Read_SettingsWithoutSense_StopTheStartByTheKeysName(string roles, string key)
    {
        var error = Assert.Throws<InvalidOperationException>(() => RolesSetting.Read(Settings(("Roles", roles))));

        Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://+:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://[::1]:8080/")]
    [InlineData("http://localhost:5080", "http://localhost:5080/")]
    [InlineData("unix:/tmp/socket", null)]
    public void Reachable_ListenAddress_BecomesOneToConnectTo(string listening, string? expected) =>
        Assert.Equal(expected, OwnAddress.Reachable(listening)?.ToString());

    private static IConfiguration Settings(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => v.Value)).Build();
}
