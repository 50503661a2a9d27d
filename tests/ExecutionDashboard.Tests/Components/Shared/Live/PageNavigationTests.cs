using Bunit;
using ExecutionDashboard.Components;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Live;

/// <summary>The address of a tab whose browser answers late.</summary>
public sealed class PageNavigationTests
{
    [Fact]
    public void NavigateTo_WithinThePage_IsTheAddressAtOnce()
    {
        var (browser, navigation, told) = Open("jobs");
        navigation.NavigateTo("jobs?type=query");
        Assert.Equal("jobs?type=query", navigation.Here);
        Assert.Equal(["jobs?type=query"], told);
        browser.TellNext();
        Assert.Equal("jobs?type=query", navigation.Here);
        Assert.Single(told);
    }

    [Fact]
    public void AddressesThatComeBack_AfterAnotherWasGoneTo_ChangeNothing()
    {
        var (browser, navigation, told) = Open("jobs");
        foreach (var next in (string[])["jobs?q=a", "jobs?q=ab", "jobs?q=a"]) navigation.NavigateTo(next);
        for (var i = 0; i < 3; i++)
        {
            browser.TellNext();
            Assert.Equal("jobs?q=a", navigation.Here);
        }
        Assert.Equal(["jobs?q=a", "jobs?q=ab", "jobs?q=a"], told);
    }

    [Fact]
    public void StepInTheBrowsersHistory_WhileAddressesAreOut_IsTheAddress()
    {
        var (browser, navigation, told) = Open("jobs?q=a");
        navigation.NavigateTo("jobs?q=ab");
        browser.GoBy("jobs?q=a");
        Assert.Equal("jobs?q=a", navigation.Here);
        Assert.Equal(["jobs?q=ab", "jobs?q=a"], told);
    }

    [Fact]
    public void NavigateTo_AnotherPage_IsThereWhenTheBrowserIs()
    {
        var (browser, navigation, told) = Open("jobs");
        navigation.NavigateTo("nodes?view=list");
        Assert.Equal("jobs", navigation.Here);
        Assert.Empty(told);
        browser.TellNext();
        Assert.Equal("nodes", navigation.Page);
        Assert.Equal(["nodes?view=list"], told);
    }

    [Fact]
    public void NavigateTo_LoadedAnew_IsThereWhenTheBrowserIs()
    {
        var (_, navigation, told) = Open("jobs");
        navigation.NavigateTo("jobs?at=2026-05-01T00:00:00Z", forceLoad: true);
        Assert.Equal("jobs", navigation.Here);
        Assert.Empty(told);
    }

    [Fact]
    public void NavigateTo_TheSameAddress_IsNoChange()
    {
        var (_, navigation, told) = Open("jobs?q=a");
        navigation.NavigateTo("jobs?q=a");
        Assert.Empty(told);
    }

    [Theory]
    [InlineData("jobs?q=%7Cred%5E", "jobs?q=|red^")]
    [InlineData("jobs?q=K%C3%B6ln", "jobs?q=K\u00f6ln")]
    [InlineData("jobs?q=it%27s", "jobs?q=it's")]
    public void AddressThatTheBrowserWritesOtherwise_IsTheOneGoneTo(string asked, string written)
    {
        var (browser, navigation, told) = Open("jobs");
        navigation.NavigateTo(asked);
        navigation.NavigateTo("jobs?q=next");
        browser.GoBy(written);
        Assert.Equal("jobs?q=next", navigation.Here);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task TwoClicks_BeforeTheBrowserAnswers_BothCount()
    {
        var browser = new LateBrowser("jobs");
        await using var rig = new PageRig(services => services.AddSingleton<NavigationManager>(browser));
        var ingest = new Job { Id = "job-1", Name = "ingest", Type = "pipeline", State = "running", Version = 2, SpecHash = "spec-1", Revision = 1 };
        rig.Load(PageRig.Good, FleetChange.Of(ingest), FleetChange.Of(ingest with { Id = "job-2", Name = "survey", Type = "query" }));
        var page = rig.Render<JobsPage>();
        await page.InvokeAsync(() => page.FindAll("button").First(b => b.TextContent.StartsWith("query", StringComparison.Ordinal)).Click());
        Assert.Equal("survey", page.Find("tbody .name").TextContent);
        await page.InvokeAsync(() => page.FindAll("button").First(b => b.TextContent.Trim() == "Executions").Click());
        Assert.Equal("jobs?type=query&sort=-executions", browser.Asked[^1]);
        for (var i = 0; i < 2; i++)
        {
            await page.InvokeAsync(browser.TellNext);
            Assert.Equal("survey", page.Find("tbody .name").TextContent);
        }
    }

    [Fact]
    public void Components_TakeTheAddressFromHere()
    {
        var others = typeof(App).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IComponent)) && type != typeof(App))
            .Where(type => type.GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly).Any(property => property.PropertyType == typeof(NavigationManager)));
        Assert.Empty(others);
    }

    private static (LateBrowser Browser, PageNavigation Navigation, List<string> Told) Open(string address)
    {
        var browser = new LateBrowser(address);
        var navigation = new PageNavigation(browser);
        List<string> told = [];
        navigation.Changed += () => told.Add(navigation.Here);
        return (browser, navigation, told);
    }
}
