using ExecutionDashboard.Hosting.Requests;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting.Requests;

public sealed class PathBaseTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("/", "")]
    [InlineData("/fleet", "/fleet")]
    [InlineData(" /ops/fleet-1/ ", "/ops/fleet-1")]
    public void Read_Path_HasNoSlashAtItsEnd(string? set, string expected) => Assert.Equal(expected, PathBase.Read(Settings(set)).Value);

    [Theory]
    [InlineData("fleet")]
    [InlineData("https://example.com/fleet")]
    [InlineData("/fl eet")]
    [InlineData("/fleet?a=b")]
    [InlineData("//evil.example")]
    [InlineData("/<script>")]
    public void Read_NoPath_StopsTheStartByTheKeysName(string set) =>
        Assert.Contains("'Dashboard:PathBase'", Assert.Throws<InvalidOperationException>(() => PathBase.Read(Settings(set))).Message, StringComparison.Ordinal);

    private static IConfiguration Settings(string? value) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [PathBase.Key] = value }).Build();
}
