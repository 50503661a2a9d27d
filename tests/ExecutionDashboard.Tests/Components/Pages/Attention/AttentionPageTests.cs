using Bunit;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Pages.JobDetail;
using ExecutionDashboard.Components.Pages.NodeDetail;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Tests.Components.Shared.Attention;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Pages.Attention;

/// <summary>The page of problems, the panel beside it, and the same problems on the pages of what they concern.</summary>
public sealed class AttentionPageTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();

    public Task InitializeAsync()
    {
        _rig.Render<MudPopoverProvider>();
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        _rig.Show(SomeProblem.Outage, SomeProblem.Dispatch, SomeProblem.Promotion);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task List_Filters_AreInTheAddressAndCountWhatTheOthersLeave()
    {
        var page = Open("attention?q=ingest");
        Assert.Equal(["Awaiting promotion"], Titles(page));
        Assert.Equal(["0", "0", "1", "1", "1"], page.FindAll(".state-toggle b").Select(b => b.TextContent));

        await page.InvokeAsync(() => page.FindAll(".state-toggle").Single(b => b.TextContent.StartsWith("critical", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.EndsWith("attention?severity=critical&q=ingest", Navigation.Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("No problems match these filters", page.Markup, StringComparison.Ordinal));
        await ClickAsync(page, ".empty button");
        page.WaitForAssertion(() => Assert.Equal(3, Titles(page).Count()));
        await page.InvokeAsync(() => page.FindComponent<FilterBar<AttentionQuery>>().Instance.OnTyped.InvokeAsync(new("cause:outage", false)));
        page.WaitForAssertion(() => Assert.Equal(["Outage"], Titles(page)));
        Assert.EndsWith("attention?cause=outage", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("cause Outage", page.Find(".chip:not(.kept-view)").TextContent.Trim());
    }

    [Fact]
    public async Task List_WhatOpensAndWhatIsResolvedMeanwhile_MovesNoRow()
    {
        var page = Open("attention");
        Assert.Equal(["Outage", "Dispatch lost", "Awaiting promotion"], Titles(page));

        _rig.Show(SomeProblem.Dispatch with { Id = "dispatch-lost/job-2" }, SomeProblem.Dispatch, SomeProblem.Promotion);
        Draw();

        page.WaitForAssertion(() => Assert.Equal("1 new", page.Find(".new-button").TextContent));
        Assert.Equal(["Outage", "Dispatch lost", "Awaiting promotion"], Titles(page));
        Assert.Contains("Resolved", page.Find("tbody tr.left [data-label=Status]").TextContent, StringComparison.Ordinal);
        await ClickAsync(page, ".new-button");
        page.WaitForAssertion(() => Assert.Equal(["Dispatch lost", "Dispatch lost", "Awaiting promotion"], Titles(page)));
        Assert.Empty(page.FindAll("tbody tr.left"));
    }

    [Fact]
    public async Task Row_Opened_HasItsEvidenceStepsAndPagesBesideIt()
    {
        var page = Open("attention?severity=critical&open=" + Uri.EscapeDataString(SomeProblem.Outage.Id));

        Assert.Equal(["Outage"], Titles(page));
        Assert.Equal("Outage", page.Find(".problem-view h2").TextContent);
        Assert.Equal(SomeProblem.Outage.Evidence.Select(e => e.Text), page.FindAll(".evidence li > :first-child").Select(e => e.TextContent));
        Assert.Equal("nodes?label=region%3Deu", page.Find(".step-link").GetAttribute("href"));
        Assert.DoesNotContain(page.FindAll(".problem-links a"), a => a.TextContent == "Show all it concerns");
        Assert.Equal(["edge-1", "edge-2"], page.FindAll(".problem-subjects a").Select(a => a.TextContent));
        var timeline = page.FindAll(".problem-links a").Single(a => a.TextContent == "Timeline when it began").GetAttribute("href")!;
        Assert.StartsWith("timeline?node=node-1&node=node-2&from=2026-11-01T11:45:00Z&to=2026-11-01T12:15:00Z", timeline, StringComparison.Ordinal);
        await ClickAsync(page, ".problem-view [aria-label=Close]");
        page.WaitForAssertion(() => Assert.EndsWith("attention?severity=critical", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public void Row_ResolvedWhileOpen_StaysAndSaysSo()
    {
        var page = Open("attention?open=" + Uri.EscapeDataString(SomeProblem.Dispatch.Id));
        Assert.NotEmpty(page.FindAll(".problem-steps button"));

        _rig.Show(SomeProblem.Outage);
        Draw();

        page.WaitForAssertion(() => Assert.Contains("Resolved", page.Find(".problem-view .notice").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".problem-steps button"));
    }

    [Fact]
    public async Task Steps_AreTakenThroughTheDialogsOfTheirOwnPages()
    {
        var dialogs = _rig.Render<MudDialogProvider>();
        var page = Open("attention?open=" + Uri.EscapeDataString(SomeProblem.Dispatch.Id));
        Assert.Equal(["Stop the execution…", "Rerun the job…"], page.FindAll(".problem-steps button").Select(b => b.TextContent.Trim()));

        await ClickAsync(page, ".problem-steps button", 0);
        dialogs.WaitForAssertion(() => Assert.Equal("exec-1", dialogs.FindComponent<StopDialog>().Instance.Id));
        await ClickAsync(page, ".problem-steps button", 1);
        dialogs.WaitForAssertion(() => Assert.Equal("job-1", dialogs.FindComponent<JobDialog>().Instance.Id));
        Navigation.NavigateTo("attention?open=" + Uri.EscapeDataString(SomeProblem.Promotion.Id));
        page.WaitForAssertion(() => Assert.Equal(["Promote…", "Roll back…"], page.FindAll(".problem-steps button").Select(b => b.TextContent.Trim())));
        await ClickAsync(page, ".problem-steps button", 0);
        dialogs.WaitForAssertion(() => Assert.Equal("deployment-1", dialogs.FindComponent<DeploymentDialog>().Instance.Id));
    }

    [Fact]
    public void Steps_ThatCannotBeTaken_SayWhy()
    {
        _rig.Follow(null, PageRig.Execution("exec-1", KnownExecutionState.Failed, node: "node-3"));
        var page = Open("attention?open=" + Uri.EscapeDataString(SomeProblem.Dispatch.Id));

        var stop = page.FindAll(".problem-steps li")[0];
        Assert.True(stop.QuerySelector("button")!.HasAttribute("disabled"));
        Assert.Contains("Not possible now: It has ended: failed.", stop.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_RolloutAndOutdatedExecution_CompareTheTwoSpecs()
    {
        var store = new FleetStore();
        store.Apply(SomeProblem.Fleet);

        Assert.Contains("compare?left=version%3A1%3Ajob-1&right=version%3A2%3Ajob-1", ProblemLink.Of(SomeProblem.Promotion, store).Select(l => l.Address));
        Assert.Contains("compare?left=execution%3Aexec-1&right=job%3Ajob-1", ProblemLink.Of(SomeProblem.Dispatch, store).Select(l => l.Address));
        Assert.DoesNotContain(ProblemLink.Of(SomeProblem.Outage, store), l => l.Address.StartsWith("compare", StringComparison.Ordinal));
    }

    [Fact]
    public void Cards_OnThePagesOfWhatItConcerns_ComeAndGoWithTheProblem()
    {
        var execution = _rig.Render<ExecutionView>(v => v.Add(p => p.Id, "exec-1").Add(p => p.LinkTo, id => id));
        var node = _rig.Render<NodeBoard>(b => b.Add(p => p.Id, "node-2"));
        var job = _rig.Render<JobBoard>(b => b.Add(p => p.Id, "job-1"));
        var deployment = _rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "deployment-1"));

        Assert.Equal(["Dispatch lost"], Cards(execution));
        Assert.Equal(["Outage"], Cards(node));
        Assert.Equal(["Dispatch lost", "Awaiting promotion"], Cards(job));
        Assert.Equal(["Awaiting promotion"], Cards(deployment));

        _rig.Show(SomeProblem.Dispatch);
        Draw();

        node.WaitForAssertion(() => Assert.Empty(Cards(node)));
        deployment.WaitForAssertion(() => Assert.Empty(Cards(deployment)));
        Assert.Equal(["Dispatch lost"], Cards(execution));
    }

    private static IEnumerable<string> Cards(IRenderedComponent<IComponent> page) => page.FindAll(".problem-card h2 a").Select(a => a.TextContent);

    private static IEnumerable<string> Titles(IRenderedComponent<IComponent> page) => page.FindAll("tbody .row-link").Select(a => a.TextContent);

    private NavigationManager Navigation => _rig.Services.GetRequiredService<NavigationManager>();

    // Found and clicked in one go: the history that comes in draws the panel anew.
    private static Task ClickAsync(IRenderedComponent<IComponent> page, string css, int index = 0) => page.InvokeAsync(() => page.FindAll(css)[index].Click());

    private void Draw() => _rig.Time.Advance(LiveSignals.Interval);

    private IRenderedComponent<AttentionPage> Open(string address)
    {
        Navigation.NavigateTo(address);
        return _rig.Render<AttentionPage>();
    }
}
