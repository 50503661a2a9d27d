using Bunit;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Views;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.UserData;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Shared.Views;

/// <summary>The tabs of saved views, on the page of executions.</summary>
public sealed class ViewTabsTests : IAsyncLifetime
{
    private const string Me = "browser:" + PageRig.Browser;

    private readonly PageRig _rig = new();

    public Task InitializeAsync()
    {
        _rig.Load(PageRig.Good, PageRig.Execution("e1"));
        _rig.UserData.Put(View("failed", "Failed", "state=failed"));
        _rig.UserData.Put(View("wide", "Wide jobs", "cols=state,job.400&density=compact") with { IsShared = true, Owner = "user:2", Author = "Olga" });
        _rig.UserData.Put(View("hidden", "Of another", "") with { Owner = "user:2" });
        return _rig.ReadUserDataAsync();
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    private NavigationManager Navigation => _rig.Services.GetRequiredService<NavigationManager>();

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri);

    [Fact]
    public void Tabs_OfThePage_AreTheOwnAndTheSharedOnesAsLinks()
    {
        var page = Open("executions");

        Assert.Equal(["executions", "executions?state=failed&saved=failed", "executions?cols=state,job.400&density=compact&saved=wide"], Tabs(page).Select(a => a.GetAttribute("href")));
        Assert.Equal("All", page.Find(".view-tabs [aria-current]").TextContent);
        Assert.DoesNotContain("Of another", page.Markup, StringComparison.Ordinal);
        Assert.Contains("shared by Olga", Tabs(page)[2].GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ViewWithColumnsAndDensity_HasTheirOrderWidthAndHeight()
    {
        var page = Open("executions?cols=state,job.400&density=compact&saved=wide");

        Assert.Equal("width:400px", page.Find("th[data-column=Job]").GetAttribute("style"));
        Assert.Equal("compact", page.Find(".view-tabs").GetAttribute("data-density"));
        Assert.Empty(page.FindAll(".view-changed"));
    }

    [Fact]
    public async Task Filter_WhileInAView_SaysChangedAndSavesOrResets()
    {
        var page = Open("executions?state=failed&saved=failed");
        Assert.Empty(page.FindAll(".view-changed"));

        Navigation.NavigateTo(ViewAddress.Keep("executions?state=running", Here));
        page.WaitForAssertion(() => Assert.Equal("executions?state=failed&saved=failed", page.Find(".view-changed a").GetAttribute("href")));
        await page.InvokeAsync(() => page.Find(".view-changed button").Click());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".view-changed")));
        page.WaitForAssertion(() => Assert.Equal("Saved “Failed”.", page.Find(".view-said").TextContent));
        Assert.Equal("state=running", _rig.Services.GetRequiredService<ViewOperations>().Find("failed")!.Query);
    }

    [Fact]
    public async Task Change_BySomebodyElse_IsFollowedUnlessThePersonChangedIt()
    {
        var page = Open("executions?cols=state,job.400&density=compact&saved=wide");

        _rig.UserData.Put(View("wide", "Wider", "state=lost") with { IsShared = true, Owner = "user:2" });
        await SignalAsync();

        page.WaitForAssertion(() => Assert.Equal("executions?state=lost&saved=wide", Here));
        Navigation.NavigateTo("executions?state=failed&saved=wide");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".view-changed")));
        _rig.UserData.Put(View("wide", "Wider still", "state=running") with { IsShared = true, Owner = "user:2" });
        await SignalAsync();
        page.WaitForAssertion(() => Assert.Contains("Wider still", page.Find(".view-tabs").TextContent, StringComparison.Ordinal));
        Assert.Equal("executions?state=failed&saved=wide", Here);
    }

    [Fact]
    public async Task Move_ByKeyAndByDragging_IsTheOrderOfThePerson()
    {
        var page = Open("executions");

        await page.InvokeAsync(() => Tabs(page)[2].KeyDown(new KeyboardEventArgs { Key = "ArrowLeft", ShiftKey = true }));
        page.WaitForAssertion(() => Assert.Equal(["All", "Wide jobs", "Failed"], Names(page)));
        Assert.Equal("“Wide jobs” is tab 1 of 2.", page.Find(".view-said").TextContent);

        await page.InvokeAsync(() => page.FindAll(".view-tabs li")[1].DragStart());
        await page.InvokeAsync(() => page.FindAll(".view-tabs li")[2].Drop());
        page.WaitForAssertion(() => Assert.Equal(["All", "Failed", "Wide jobs"], Names(page)));
        Assert.Equal("failed,wide", _rig.Services.GetRequiredService<PreferenceOperations>()["order:executions"]);
    }

    [Fact]
    public async Task Open_BareAddressWithADefault_ShowsItAndAllIsStillReached()
    {
        _rig.UserData.Put(Me, "default:executions", "failed");
        await _rig.ReadUserDataAsync();

        var page = Open("executions");

        page.WaitForAssertion(() => Assert.Equal("executions?state=failed&saved=failed", Here));
        Assert.Equal("executions?saved=all", Tabs(page)[0].GetAttribute("href"));
        Navigation.NavigateTo("executions?saved=all");
        page.WaitForAssertion(() => Assert.Equal("All", page.Find(".view-tabs [aria-current]").TextContent));
        Navigation.NavigateTo("executions");
        page.WaitForAssertion(() => Assert.Equal("executions?saved=all", Here));
    }

    [Fact]
    public async Task Open_ViewWithPartsThatCannotBeRead_SaysWhich()
    {
        _rig.UserData.Put(View("failed", "Failed", "state=failed&colour=red"));
        await _rig.ReadUserDataAsync();

        var page = Open("executions?state=failed&saved=failed");

        Assert.Contains("has parts that cannot be read and do not count: colour=red", page.Find(".view-notice").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".view-changed"));
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("none")]
    public void Open_LinkToWhatThePersonMayNotSee_SaysSoAndShowsTheRest(string id)
    {
        var page = Open("executions?state=failed&saved=" + id);

        Assert.Contains("does not exist, or is another person's", page.Find(".view-notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find(".state-toggle.st-failed").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void Link_ToAView_OpensItForWhoMaySeeIt()
    {
        _rig.Render<ViewLinkPage>(p => p.Add(l => l.Id, "wide"));
        Assert.Equal("executions?cols=state,job.400&density=compact&saved=wide", Here);

        var refused = _rig.Render<ViewLinkPage>(p => p.Add(l => l.Id, "hidden"));

        Assert.Contains("View not found", refused.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAndDelete_ThroughTheDialogs_AndUndo()
    {
        var dialogs = _rig.Render<MudDialogProvider>();
        var page = Open("executions?state=lost");
        await page.InvokeAsync(() => page.Find(".save-view").Click());
        dialogs.WaitForAssertion(() => dialogs.Find("#view-name"));
        await dialogs.InvokeAsync(() => dialogs.Find("#view-name").Input("Lost ones"));
        await dialogs.InvokeAsync(() => dialogs.FindAll("button").Last(b => b.TextContent == "Save").Click());

        page.WaitForAssertion(() => Assert.StartsWith("executions?state=lost&saved=", Here, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("Lost ones", page.Find(".view-tabs [aria-current]").TextContent));
        await page.InvokeAsync(() => page.Find(".view-menu").FirstElementChild!.FocusIn());
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".view-menu .pop-items button"), b => b.TextContent == "Delete…"));
        await page.InvokeAsync(() => page.FindAll(".view-menu .pop-items button").Single(b => b.TextContent == "Delete…").Click());
        dialogs.WaitForAssertion(() => Assert.Contains("Delete the view “Lost ones”?", dialogs.Markup, StringComparison.Ordinal));
        await dialogs.InvokeAsync(() => dialogs.FindAll("button").Last(b => b.TextContent == "Delete").Click());

        page.WaitForAssertion(() => Assert.StartsWith("Deleted “Lost ones”.", page.Find(".view-said").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("executions?state=lost&saved=all", Here));
        await page.InvokeAsync(() => page.Find(".view-said button").Click());
        page.WaitForAssertion(() => Assert.Equal("Lost ones", page.Find(".view-tabs [aria-current]").TextContent));
    }

    private async Task SignalAsync()
    {
        await _rig.ReadUserDataAsync();
        _rig.Time.Advance(LiveSignals.Interval);
    }

    private IRenderedComponent<ExecutionsPage> Open(string address)
    {
        Navigation.NavigateTo(address);
        return _rig.Render<ExecutionsPage>();
    }

    private static IReadOnlyList<AngleSharp.Dom.IElement> Tabs(IRenderedComponent<ExecutionsPage> page) => page.FindAll(".view-tabs li a");

    private static IEnumerable<string> Names(IRenderedComponent<ExecutionsPage> page) => Tabs(page).Select(a => a.FirstChild!.TextContent);

    private static SavedView View(string id, string name, string query) => new() { Id = id, Page = "executions", Name = name, Query = query, Owner = Me };
}
