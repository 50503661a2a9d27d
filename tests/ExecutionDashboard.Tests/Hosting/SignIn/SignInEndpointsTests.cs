using ExecutionDashboard.Hosting.SignIn;
using Microsoft.AspNetCore.Http;

namespace ExecutionDashboard.Tests.Hosting.SignIn;

public sealed class SignInEndpointsTests
{
    [Theory]
    [InlineData("/nodes?x=1#y", "/nodes?x=1#y")]
    [InlineData("/", "/")]
    [InlineData(null, "/fleet/")]
    [InlineData("", "/fleet/")]
    [InlineData("nodes", "/fleet/")]
    [InlineData("//evil.example", "/fleet/")]
    [InlineData("/\\evil.example", "/fleet/")]
    [InlineData("https://evil.example", "/fleet/")]
    [InlineData("/\t/evil.example", "/fleet/")]
    [InlineData("javascript:alert(1)", "/fleet/")]
    public void Local_AddressToGoTo_IsOneOfThisDashboard(string? given, string expected)
    {
        var context = new DefaultHttpContext { Request = { PathBase = "/fleet" } };

        Assert.Equal(expected, SignInEndpoints.Local(context, given));
    }
}
