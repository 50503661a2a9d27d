using Bunit;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live;
using ExecutionDashboard.Tests.Components.Shared.Attention;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>Columns of jobs, deployments and problems: hidden, moved and sized by a person.</summary>
public sealed class ShortListColumnsTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();

    public Task InitializeAsync()
    {
        _rig.Render<MudPopoverProvider>();
        _rig.Load(PageRig.Good, [.. SomeProblem.Fleet, Job("a"), Job("b")]);
        _rig.Show(SomeProblem.Outage, SomeProblem.Dispatch, SomeProblem.Promotion);
        _rig.UserData.Put(new SavedView { Id = "slim", Page = "jobs", Name = "Slim", Query = "cols=job,state.200", Owner = "browser:" + PageRig.Browser });
        return _rig.ReadUserDataAsync();
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    private NavigationManager Navigation => _rig.Services.GetRequiredService<NavigationManager>();

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri);

    [Fact]
    public async Task Jobs_ColumnHiddenMovedAndSized_AreInTheAddressTheHeadAndTheCells()
    {
        var page = Open<JobsPage>("jobs?q=a&density=compact");
        await page.InvokeAsync(() => page.Find(".columns-menu").PointerEnter());

        await InMenuAsync(page, "Version", row => row.QuerySelector("input[type=checkbox]")!.Change(false));
        page.WaitForAssertion(() => Assert.Equal("jobs?q=a&density=compact&cols=job,state,type,executions,deployment,labels,updated", Here));
        await InMenuAsync(page, "Updated", row => row.QuerySelector("[aria-label='Move Updated left']")!.Click());
        await InMenuAsync(page, "Updated", row => row.QuerySelector("input[type=number]")!.Change("130"));
        await page.InvokeAsync(() => page.Find("[data-widths]").Change("State 90"));

        page.WaitForAssertion(() => Assert.Equal("jobs?q=a&density=compact&cols=job,state.90,type,executions,deployment,updated.130,labels", Here));
        string[] wanted = ["Job", "State", "Type", "Executions", "Deployment", "Updated", "Labels"];
        Assert.Equal(wanted, page.FindAll("thead th").Select(head => head.TextContent.Trim()));
        Assert.Equal(wanted, page.FindAll("tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.GetAttribute("data-label")));
        Assert.Equal(["width:90px;min-width:90px;max-width:90px"], page.FindAll("tbody .j-state").Select(cell => cell.GetAttribute("style")).Distinct());
        // The links of the rows are in the first column, which stays.
        Assert.True(Menu(page, "Job").QuerySelector("input[type=checkbox]")!.HasAttribute("disabled"));
        await InMenuAsync(page, "Namespace", label => label.QuerySelector("input")!.Change(true));
        page.WaitForAssertion(() => Assert.EndsWith("labels,namespace", Here, StringComparison.Ordinal));
        Assert.Equal("production", page.Find("tbody [data-label=Namespace]").TextContent);
    }

    [Fact]
    public async Task Jobs_OtherColumns_MoveNoRowAndNewOnesStillWait()
    {
        var page = Open<JobsPage>("jobs");
        var before = Links(page);
        _rig.Follow(null, Job("0-first"));
        _rig.Time.Advance(LiveSignals.Interval);
        page.WaitForAssertion(() => Assert.Equal("1 new", page.Find(".new-button").TextContent));

        await page.InvokeAsync(() => page.Find("[data-widths]").Change("State 90"));

        page.WaitForAssertion(() => Assert.NotNull(page.Find("th.j-state").GetAttribute("style")));
        Assert.Equal("1 new", page.Find(".new-button").TextContent);
        Assert.Equal(before, Links(page));
    }

    [Fact]
    public async Task Jobs_InAView_OtherColumnsAreAChangeAndFiltersKeepThem()
    {
        var page = Open<JobsPage>("jobs?cols=job,state.200&saved=slim");
        Assert.Empty(page.FindAll(".view-changed"));
        Assert.Equal("other columns", page.FindAll(".view-tabs li a")[1].GetAttribute("title"));

        await page.InvokeAsync(() => page.Find("th.j-state button").Click());
        page.WaitForAssertion(() => Assert.Equal("jobs?sort=state&cols=job,state.200&saved=slim", Here));
        await page.InvokeAsync(() => page.Find("th.j-job button").Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".view-changed")));
        await page.InvokeAsync(() => page.Find("[data-widths]").Change("Job 300"));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".view-changed")));
        Assert.Equal("jobs?cols=job,state.200&saved=slim", page.Find(".view-changed a").GetAttribute("href"));
    }

    [Fact]
    public void Groups_WithOtherColumns_SpanThemAndKeepThem()
    {
        var page = Open<JobsPage>("jobs?group=state&cols=version,job,type");

        Assert.Equal(["3"], page.FindAll(".group-cell").Select(cell => cell.GetAttribute("colspan")).Distinct());
        Assert.EndsWith("&cols=version,job,type", page.Find("a[aria-label='Filter by running']").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Deployments_AllColumns_HaveTheirCells()
    {
        var page = Open<DeploymentsPage>("deployments?cols=" + string.Join(',', DeploymentColumns.All));

        Assert.Equal(DeploymentColumns.All.Select(DeploymentColumns.Head), page.FindAll("thead th").Select(head => head.TextContent.Trim()));
        Assert.Equal("deployment-1", page.Find("tbody [data-label=Id]").TextContent);
    }

    [Fact]
    public void Problems_AllColumns_HaveTheirCellsAndKeepThemWhenOneIsOpened()
    {
        var page = Open<AttentionPage>("attention?cause=dispatch-lost&cols=job,problem,concerns,since,status,deployment");

        Assert.Equal(["Job", "Problem", "Concerns", "Since", "Status", "Deployment"], page.FindAll("thead th").Select(head => head.TextContent.Trim()));
        Assert.Equal("jobs/job-1", page.Find("tbody [data-label=Job] a").GetAttribute("href"));
        Assert.EndsWith("&cols=job,problem,concerns,since,status,deployment", page.Find(".row-link").GetAttribute("href"), StringComparison.Ordinal);
    }

    private IRenderedComponent<TPage> Open<TPage>(string address) where TPage : IComponent
    {
        Navigation.NavigateTo(address);
        return _rig.Render<TPage>();
    }

    private static AngleSharp.Dom.IElement Menu(IRenderedComponent<JobsPage> page, string column) =>
        page.FindAll(".columns-menu .column-row, .columns-menu .pop-items > label").Single(row => (row.QuerySelector("label") ?? row).TextContent.Trim() == column);

    private static Task InMenuAsync(IRenderedComponent<JobsPage> page, string column, Action<AngleSharp.Dom.IElement> act) => page.InvokeAsync(() => act(Menu(page, column)));

    private static string[] Links(IRenderedComponent<JobsPage> page) => [.. page.FindAll(".row-link").Select(link => link.GetAttribute("href")!)];

    private static FleetChange Job(string id) => FleetChange.Of(new Job { Id = id, Name = id, Namespace = "production", State = "running", Version = 3 });
}
