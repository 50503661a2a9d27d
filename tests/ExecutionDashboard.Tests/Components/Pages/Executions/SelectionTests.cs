using Bunit;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Feed;
using ExecutionDashboard.Tests.Operations;
using ExecutionDashboard.Tests.Operations.Access;
using ExecutionDashboard.Tests.Operations.Bulk;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Pages.Executions;

/// <summary>What can be done to many executions, with each role: one way for who has a role for the whole fleet, and one for who has it for a part.</summary>
public sealed class SelectionTests : IAsyncDisposable
{
    private readonly TestUser _user = new();
    private readonly TakenRuns _runs = new();
    private readonly PageRig _rig;

    public SelectionTests() => _rig = new PageRig(services => services.AddScoped<ICurrentUser>(_ => _user).AddSingleton<IBulkFeed>(_runs));

    private IReadOnlyList<IntendedCommand> Announced => _rig.Services.GetRequiredService<OpenCommands>().Own;

    [Fact]
    public async Task Viewer_BulkRun_IsOffWithTheRoleThatItNeeds()
    {
        var (page, _) = await OpenAsync(new AccessGrants(AccessRole.Viewer), 2);

        foreach (var button in await _rig.Renderer.Dispatcher.InvokeAsync(() => page.FindAll("button").Where(b => b.TextContent.Trim() == "Bulk run…").ToArray()))
        {
            Assert.True(button.HasAttribute("disabled"));
            Assert.Equal("This needs the role operator; you are viewer.", button.GetAttribute("title"));
        }
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Contains("Stop 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operator_SelectedRows_AreABulkRunInOneWaveThatOthersAreToldOf()
    {
        var (page, dialogs) = await OpenAsync(new AccessGrants(AccessRole.Operator), 3);
        Assert.Equal(2, page.FindAll("button").Count(b => b.TextContent.Trim() == "Bulk run…" && !b.HasAttribute("disabled")));

        await PressAsync(page, ".bulk-bar button", "Bulk run…");
        dialogs.WaitForElement(".bulk-dialog");

        Assert.Equal(["exec-0", "exec-1", "exec-2"], Announced.Select(c => c.TargetId).Order());
        Assert.All(Announced, c => Assert.Equal(("Ann", "StopExecution", FleetKind.Execution), (c.By, c.Command, c.Kind)));
        Assert.StartsWith("1 wave,", dialogs.Find(".bulk-note[role=status]").TextContent, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.Find("#bulk-reason").Input("Draining"));
        await dialogs.InvokeAsync(() => dialogs.Find("#bulk-typed").Input("Stop 3"));
        await PressAsync(dialogs, ".bulk-dialog button", "Stop 3");
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".bulk-dialog")));
        Assert.Equal("Draining", Assert.Single(_runs.Started).Run!.Reason);
        dialogs.WaitForAssertion(() => Assert.Empty(Announced));
    }

    [Fact]
    public async Task Bulk_AnotherPersonsDialog_IsShownInIt()
    {
        var (page, dialogs) = await OpenAsync(new AccessGrants(AccessRole.Admin), 9);
        await PressAsync(page, ".bulk-bar button", "Bulk run…");
        dialogs.WaitForElement(".bulk-dialog");
        Assert.Equal((FleetKind.Job, "job-1"), Announced.Select(c => (c.Kind, c.TargetId)).Single());

        _rig.Services.GetRequiredService<OpenCommands>().Take(new(1, [
            new() { Id = "x:1", By = "Ben", Command = "StopExecution", Kind = FleetKind.Execution, TargetId = "exec-4", JobId = "job-1" },
            new() { Id = "x:2", By = "Cem", Command = "StopExecution", Kind = FleetKind.Job, TargetId = "job-1", JobId = "job-1" }]));
        _rig.Time.Advance(LiveSignals.Interval);

        dialogs.WaitForAssertion(() => Assert.Equal(["Ben is about to stop one of these executions", "Cem is about to stop executions of one of their jobs"], dialogs.FindAll(".presence").Select(p => p.TextContent.Trim())));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public async Task OperatorOfAPart_SelectedRows_AreStoppedAtOnceAndOthersAreToldOfIt(int count)
    {
        var (page, dialogs) = await OpenAsync(new AccessGrants(AccessRole.Viewer, [(AccessRole.Operator, ScopedRig.Rule("namespace=prod"))]), count);
        Assert.Equal("This needs the role operator for the whole fleet; yours is limited to a part of it.", page.FindAll("button").Single(b => b.TextContent.Trim() == "Bulk run…").GetAttribute("title"));

        await PressAsync(page, ".bulk-bar button", $"Stop {count}…");
        dialogs.WaitForElement(".stop-dialog");

        Assert.Equal(count > 5 ? ["job-1"] : ["exec-0", "exec-1", "exec-2"], Announced.Select(c => c.TargetId).Order());
        Assert.Equal(count > 5, dialogs.FindAll("#stop-typed").Count == 1);
        if (count > 5)
        {
            await dialogs.InvokeAsync(() => dialogs.Find("#stop-typed").Input("Stop 6"));
            Assert.True(dialogs.FindAll(".stop-dialog button").Single(b => b.TextContent.Trim() == "Stop 6").HasAttribute("disabled"));
            await dialogs.InvokeAsync(() => dialogs.Find("#stop-reason").Input("Draining"));
        }
        await PressAsync(dialogs, ".stop-dialog button", $"Stop {count}");
        dialogs.WaitForAssertion(() => Assert.Contains($"{count} accepted", dialogs.Find(".stop-dialog [role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(count, ((TestControlPlane)_rig.Services.GetRequiredService<IControlPlane>()).Calls.Count(call => call == "stop"));
        Assert.Empty(Announced);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    // The list with so many rows, all selected.
    private async Task<(IRenderedComponent<ExecutionsPage> Page, IRenderedComponent<MudDialogProvider> Dialogs)> OpenAsync(AccessGrants grants, int count)
    {
        _user.Show(new DashboardUser("Ann", grants.Highest) { Grants = grants });
        _rig.Load(PageRig.Good, [FleetChange.Of(new Job { Id = "job-1", Name = "ingest", Namespace = "prod", State = "running", Version = 1 }), .. Enumerable.Range(0, count).Select(i => PageRig.Execution($"exec-{i}", node: $"node-{i}"))]);
        _rig.Render<MudPopoverProvider>();
        var dialogs = _rig.Render<MudDialogProvider>();
        var page = _rig.Render<ExecutionsPage>();
        await page.InvokeAsync(() => page.Find("th.c-check input[type=checkbox]").Change(true));
        page.WaitForElement(".bulk-bar");
        return (page, dialogs);
    }

    private static Task PressAsync<T>(IRenderedComponent<T> at, string css, string text) where T : Microsoft.AspNetCore.Components.IComponent => at.InvokeAsync(() => at.FindAll(css).Single(b => b.TextContent.Trim() == text).Click());
}
