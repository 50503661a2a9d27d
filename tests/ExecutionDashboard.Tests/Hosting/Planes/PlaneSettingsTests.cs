using ExecutionDashboard.Fleet;
using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.Planes;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Planes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Hosting.Planes;

public sealed class PlaneSettingsTests
{
    private static readonly (string, string)[] Two =
    [
        ("ControlPlanes:0:Name", "eu"), ("ControlPlanes:0:Url", "https://eu.example:9010"), ("ControlPlanes:0:Feed", "http://feed-eu:5080, http://feed-eu-2:5080/"), ("ControlPlanes:0:Token", "secret-eu"),
        ("ControlPlanes:1:Name", "us"), ("ControlPlanes:1:Url", "https://us.example:9010"), ("ControlPlanes:1:Feed:0", "http://feed-us:5080"),
    ];

    [Fact]
    public void Read_TwoPlanes_HasEachWithItsOwn()
    {
        var planes = Read([.. Two, ("ControlPlane:RequestTimeout", "00:00:07")]);

        Assert.Equal(["eu", "us"], planes.Select(plane => plane.Name));
        Assert.Equal(["http://feed-eu:5080/", "http://feed-eu-2:5080/"], planes[0].Feeds.Select(feed => feed.ToString()));
        Assert.Equal(["http://feed-us:5080/"], planes[1].Feeds.Select(feed => feed.ToString()));
        Assert.Equal(("https://eu.example:9010", "secret-eu", "https://us.example:9010", ""), (planes[0].Options.Url, planes[0].Options.Token, planes[1].Options.Url, planes[1].Options.Token));
        // Limits are the same for all.
        Assert.All(planes, plane => Assert.Equal(TimeSpan.FromSeconds(7), plane.Options.RequestTimeout));
    }

    [Fact]
    public void Read_NoPlanes_IsEmpty() => Assert.Empty(Read(("ControlPlane:Url", "https://one.example")));

    [Theory]
    [InlineData("ControlPlane:Url", "https://one.example", "ControlPlane:Url and ControlPlanes are both set: name one control plane by ControlPlane, or several by ControlPlanes.")]
    [InlineData("Feed:Urls:0", "http://feed", "Feed:Urls and ControlPlanes are both set: name one control plane by ControlPlane, or several by ControlPlanes.")]
    [InlineData("ControlPlanes:1:Name", "eu", "ControlPlanes:0:Name and ControlPlanes:1:Name are both 'eu': each plane has a name of its own.")]
    [InlineData("ControlPlanes:1:Name", "", "ControlPlanes:1:Name is missing: people see the plane under this name.")]
    [InlineData("ControlPlanes:1:Name", "US East", "ControlPlanes:1:Name is 'US East': it must be 1 to 32 lower-case letters, digits and hyphens, with a letter or digit at both ends.")]
    [InlineData("ControlPlanes:1:Url", "", "ControlPlanes:1:Url is missing: the address of the plane's Expanso API.")]
    [InlineData("ControlPlanes:1:Url", "us.example", "ControlPlanes:1:Url must be an absolute http or https address, such as https://expanso.example:9010.")]
    [InlineData("ControlPlanes:0:ApiKey", "exp_ak_1", "ControlPlanes:0:Token and ControlPlanes:0:ApiKey are both set: remove one of them.")]
    [InlineData("ControlPlanes:0:Feed", "feed-eu", "ControlPlanes:0:Feed has 'feed-eu': it takes absolute http or https addresses, separated by commas.")]
    [InlineData("ControlPlanes:0:Feed", "", "ControlPlanes:0:Feed is missing: the address of the feed that watches the plane, or of several that share its database.")]
    public void Read_WhatMakesNoSense_StopsTheStartWithOneLine(string key, string value, string line)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read([.. Two.Where(setting => setting.Item1 != key), (key, value)]));

        Assert.Equal(line, Assert.Single(refused.Failures));
    }

    [Fact]
    public void Read_OtherRoles_AreRefused()
    {
        Assert.Equal(Roles.Dashboard, RolesSetting.Read(Settings(Two)));
        var refused = Assert.Throws<OptionsValidationException>(() => RolesSetting.Read(Settings([.. Two, ("Roles", "Dashboard,Feed")])));
        Assert.StartsWith("ControlPlanes are for a process with the role Dashboard alone", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_ForAPlane_AreReadWithItsName()
    {
        var bindings = RoleBindings.Read(Settings([.. Two, ("Auth:Roles:Operator", "ops-eu: plane=eu")]), "groups");

        Assert.True(bindings.HasAny);
    }

    [Fact]
    public async Task AddDashboard_TwoPlanes_HasOneFleetAndAConnectionForEach()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(FeedKey.Random());
        services.AddDashboard(Settings(Two));
        await using var provider = services.BuildServiceProvider();

        var merge = provider.GetRequiredService<PlaneMerge>();

        Assert.Equal(["eu", "us"], merge.Planes.Select(plane => plane.Name));
        Assert.Equal(["eu", "us"], merge.Fleet.Store.Planes.Names);
        Assert.Same(merge.Fleet, provider.GetRequiredService<Replica>());
        Assert.Equal("http://feed-eu:5080/", provider.GetRequiredService<IFeedAddress>().BaseAddress!.ToString());
    }

    private static IReadOnlyList<PlaneSetting> Read(params (string Key, string Value)[] settings) => PlaneSettings.Read(Settings(settings), Roles.Dashboard);

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
