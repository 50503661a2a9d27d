using Bunit;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components.Layout;

/// <summary>How the app bar shows the freshness of the data.</summary>
public sealed class ConnectionFacesTests
{
    [Fact]
    public async Task Indicator_NothingHasCome_IsConnecting()
    {
        await using var rig = new PageRig();

        Assert.Equal("Connecting", rig.Render<FreshnessIndicator>().Find(".freshness").TextContent.Trim());
        Assert.Empty(rig.Render<ConnectionBanner>().Markup.Trim());
    }

    [Fact]
    public async Task Indicator_Loading_SaysHowFar()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good with { Loading = 12_000, Total = 1_000_000 });

        Assert.Equal("Loading 12,000 of 1,000,000", rig.Render<FreshnessIndicator>().Find(".freshness.loading").TextContent.Trim());
    }

    [Fact]
    public async Task Indicator_LiveThenBlindThenLive_FollowsByItself()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("a"));
        var indicator = rig.Render<FreshnessIndicator>();
        var banner = rig.Render<ConnectionBanner>();
        Assert.Equal("Live", indicator.Find(".freshness.live").TextContent.Trim());

        Tell(rig, PageRig.Good with { BlindSince = PageRig.Start.AddMinutes(1), Problem = "It answered 500." });
        banner.WaitForAssertion(() => Assert.Contains("Control plane unreachable since", banner.Find(".banner.bad").TextContent, StringComparison.Ordinal));
        Assert.Contains("It answered 500.", banner.Markup, StringComparison.Ordinal);
        indicator.WaitForAssertion(() => Assert.StartsWith("Stale since", indicator.Find(".freshness.stale").TextContent.Trim(), StringComparison.Ordinal));

        Tell(rig, PageRig.Good);
        banner.WaitForAssertion(() => Assert.Empty(banner.Markup.Trim()));
        indicator.WaitForAssertion(() => Assert.Equal("Live", indicator.Find(".freshness.live").TextContent.Trim()));
    }

    [Fact]
    public async Task Banner_FeedLost_SaysThatItReconnects()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("a"));
        rig.Replica.FeedLost("Connection refused.");

        Assert.Contains("Feed unreachable since", rig.Render<ConnectionBanner>().Find(".banner.warn").TextContent, StringComparison.Ordinal);
        Assert.Equal("Reconnecting", rig.Render<FreshnessIndicator>().Find(".freshness.reconnecting").TextContent.Trim());
    }

    [Fact]
    public async Task Faces_OfAFeedThatStandsBy_NameItAndTheTimeOfItsData()
    {
        await using var rig = new PageRig();
        var standby = PageRig.Good with { Feed = "edge-1:8080", IsStandby = true, Leader = "edge-2:8080" };
        rig.Load(standby, PageRig.Execution("a"));
        var (indicator, banner) = (rig.Render<FreshnessIndicator>(), rig.Render<ConnectionBanner>());

        Assert.StartsWith("Standby, as of", indicator.Find(".freshness").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("Feed: edge-1:8080, standby", indicator.Find(".freshness").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("The feed edge-1:8080 stands by.", banner.Find(".banner.warn").TextContent, StringComparison.Ordinal);
        Assert.Contains("edge-2:8080 leads", banner.Markup, StringComparison.Ordinal);

        Tell(rig, standby with { Leader = "", BlindSince = PageRig.Start.AddMinutes(1), Problem = "No feed leads: edge-1:8080 stands by and takes over." });
        banner.WaitForAssertion(() => Assert.Contains("Nothing new since", banner.Find(".banner.bad").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Control plane unreachable", banner.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Banner_SomeThingsCannotBeRead_SaysWhich()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good with { Warning = "An execution has no id." });

        Assert.Contains("An execution has no id.", rig.Render<ConnectionBanner>().Find(".banner.warn").TextContent, StringComparison.Ordinal);
    }

    private static void Tell(PageRig rig, FeedStatus status)
    {
        rig.Follow(status);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
    }
}
