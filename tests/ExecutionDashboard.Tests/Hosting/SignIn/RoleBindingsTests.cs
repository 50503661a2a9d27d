using System.Security.Claims;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Operations.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

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
    public void Of_ValuesOfTheClaim_GiveTheHighestRole(AccessRole expected, params string[] groups) => Assert.Equal(expected, Bindings.Of(Person("Oidc", groups)).Highest);

    [Fact]
    public void Of_NobodyWhoSignedIn_IsNone() => Assert.Equal(AccessRole.None, Bindings.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim("groups", "admins")]))).Highest);

    [Fact]
    public void Of_AnotherClaim_CountsForNothing() => Assert.Equal(AccessRole.None, Bindings.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim("roles", "admins")], "Oidc"))).Highest);

    [Fact]
    public void Of_Star_IsEveryoneWhoSignedIn()
    {
        var bindings = Read(("Auth:Roles:Viewer", "*"));

        Assert.Equal(AccessRole.Viewer, bindings.Of(Person("Oidc")).Highest);
        Assert.Equal(AccessRole.None, bindings.Of(new ClaimsPrincipal()).Highest);
    }

    [Fact]
    public void Of_TheOneTimeLink_IsAdmin() => Assert.Equal(AccessRole.Admin, Bindings.Of(Person("Local")).Highest);

    [Theory]
    [InlineData("team-a: namespace=prod, tier=edge", "team-a", "namespace=prod, tier=edge")]
    [InlineData("others ; team-a operators:  job.team in (web,api)", "team-a operators", "job.team in (web,api)")]
    [InlineData("others, more; a:b: tier=edge", "a:b", "tier=edge")]
    [InlineData("team-c: !retired", "team-c", "!retired")]
    [InlineData("team-c: node.gpu, job.beta", "team-c", "job.beta, node.gpu")]
    public void Of_NameWithARule_HasTheRoleForThatPart(string setting, string group, string rule)
    {
        var grants = Read(("Auth:Roles:Operator", setting)).Of(Person("Oidc", group));

        Assert.Equal((AccessRole.None, AccessRole.Operator, rule), (grants.Everywhere, grants.Highest, grants.Scope?.Text));
    }

    [Fact]
    public void Of_NameWithAColon_IsAName() => Assert.Equal(AccessRole.Operator, Read(("Auth:Roles:Operator", "Site: north")).Of(Person("Oidc", "Site: north")).Everywhere);

    [Fact]
    public void Of_SeveralBindings_IsTheirUnion()
    {
        var bindings = Read(("Auth:Roles:Viewer:0", "team-b: namespace=dev"), ("Auth:Roles:Operator:0", "team-a: namespace=prod"), ("Auth:Roles:Admin", "admins"));

        var both = bindings.Of(Person("Oidc", "team-a", "team-b"));
        Assert.Equal("namespace=dev; namespace=prod", both.Scope?.Text);
        Assert.Equal((AccessRole.Operator, AccessRole.Viewer), (both.OfWhole(new() { Id = "x", Namespace = "prod" }), both.OfWhole(new() { Id = "y", Namespace = "dev" })));
        Assert.Null(bindings.Of(Person("Oidc", "team-a", "admins")).Scope);
    }

    [Theory]
    [InlineData("team-a: namespace=", null)]
    [InlineData("team-a: two words=x", "Auth:Roles:Viewer has 'team-a: two words=x': 'two words' cannot be the key of a label. Write it like 'team-a: namespace=prod, tier=edge'.")]
    [InlineData("team-a: tier in (", "Auth:Roles:Viewer has 'team-a: tier in (': The list of 'tier in (' is not closed. Write it like 'team-a: namespace=prod, tier=edge'.")]
    [InlineData("others, team-a: tier=edge", "Auth:Roles:Viewer has 'others, team-a: tier=edge': separate names from 'team-a: …' by a semicolon.")]
    public void Read_RuleThatIsNone_IsRefusedByName(string setting, string? problem)
    {
        if (problem is null) Assert.Equal("namespace=", Read(("Auth:Roles:Viewer", setting)).Of(Person("Oidc", "team-a")).Scope?.Text);
        else Assert.Equal(problem, Assert.Throws<OptionsValidationException>(() => Read(("Auth:Roles:Viewer", setting))).Message);
    }

    private static ClaimsPrincipal Person(string mode, params string[] groups) => new(new ClaimsIdentity(groups.Select(group => new Claim("groups", group)), mode));

    private static RoleBindings Read(params (string Key, string? Value)[] values) =>
        RoleBindings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => v.Value)).Build(), "groups");
}
