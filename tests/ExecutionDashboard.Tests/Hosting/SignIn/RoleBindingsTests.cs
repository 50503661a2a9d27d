using System.Security.Claims;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Operations.Access;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting.SignIn;

public sealed class RoleBindingsTests
{
    private static readonly RoleBindings Bindings = Read(
        ("Auth:Roles:Viewer", "viewers, Fleet Readers"), ("Auth:Roles:Operator", "operators"), ("Auth:Roles:Operator:0", "cn=ops,dc=example"), ("Auth:Roles:Admin:0", "admins"));

    [Theory]
    [InlineData(AccessRole.None)]
    [InlineData(AccessRole.None, "strangers", "VIEWERS", "viewers ")]
    [InlineData(AccessRole.Viewer, "viewers")]
    [InlineData(AccessRole.Viewer, "x", "Fleet Readers")]
    [InlineData(AccessRole.Operator, "viewers", "operators")]
    [InlineData(AccessRole.Operator, "cn=ops,dc=example")]
    [InlineData(AccessRole.Admin, "operators", "admins")]
    public void Of_ValuesOfTheClaim_GiveTheHighestRole(AccessRole expected, params string[] groups) => Assert.Equal(expected, Bindings.Of(Person("Oidc", groups)));

    [Fact]
    public void Of_NobodyWhoSignedIn_IsNone() => Assert.Equal(AccessRole.None, Bindings.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim("groups", "admins")]))));

    [Fact]
    public void Of_AnotherClaim_CountsForNothing() => Assert.Equal(AccessRole.None, Bindings.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim("roles", "admins")], "Oidc"))));

    [Fact]
    public void Of_Star_IsEveryoneWhoSignedIn()
    {
        var bindings = Read(("Auth:Roles:Viewer", "*"));

        Assert.Equal(AccessRole.Viewer, bindings.Of(Person("Oidc")));
        Assert.Equal(AccessRole.None, bindings.Of(new ClaimsPrincipal()));
    }

    [Fact]
    public void Of_TheOneTimeLink_IsAdmin() => Assert.Equal(AccessRole.Admin, Bindings.Of(Person("Local")));

    private static ClaimsPrincipal Person(string mode, params string[] groups) => new(new ClaimsIdentity(groups.Select(group => new Claim("groups", group)), mode));

    private static RoleBindings Read(params (string Key, string? Value)[] values) =>
        RoleBindings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => v.Value)).Build(), "groups");
}
