using Bunit;
using ExecutionDashboard.Components.Layout.Palette;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Layout.Palette;

/// <summary>The palette as it is listed, chosen from, and read by screen readers.</summary>
public sealed class CommandPaletteTests
{
    private const string First = "7f0c2d3e-1111-4abc-8def-0123456789ab";

    [Fact]
    public async Task Open_PageOfAnExecution_ListsItsActionsThenRecentThingsThenPages()
    {
        await using var rig = Rig();
        Navigation(rig).NavigateTo("executions/" + First);
        var palette = await OpenAsync(rig, ["nodes/node-7", "executions/" + First, "jobs/gone", "https://elsewhere.test/jobs/job-1"]);

        Assert.Equal(["Execution: checkout v2 on edge-7", "Recent", "Pages"], palette.FindAll("[role=group]").Select(group => group.GetAttribute("aria-label")));
        Assert.Equal(["Open", "Open logs", "Stop…"], Titles(palette)[..3]);
        Assert.Equal("edge-7", palette.Find("[role=group][aria-label=Recent] .palette-title").TextContent);
        Assert.Single(palette.FindAll("[role=group][aria-label=Recent] [role=option]"));
    }

    [Fact]
    public async Task Open_SelectedRow_IsWhatActionsAreFor()
    {
        await using var rig = Rig();
        Navigation(rig).NavigateTo("executions");
        var palette = rig.Render<CommandPalette>();
        await palette.InvokeAsync(() => palette.Instance.Open("executions/" + First, [], actions: true));

        Assert.Equal("Execution: checkout v2 on edge-7", palette.Find(".palette-of").TextContent);
        Assert.Contains("Go to its node at this time", Titles(palette));
        await palette.InvokeAsync(() => palette.Instance.Press("ArrowLeft", inNewTab: false));
        Assert.Empty(palette.FindAll(".palette-of"));
    }

    [Fact]
    public async Task Type_PartOfANameThenEnter_GoesThere()
    {
        await using var rig = Rig();
        var palette = await OpenAsync(rig);
        await TypeAsync(palette, "edge");

        Assert.Equal(["edge-7", "edge-8", "Executions with “edge”"], Titles(palette));
        Assert.Equal("2 results", palette.Find("[role=status]").TextContent);
        await palette.InvokeAsync(() => palette.Instance.Press("ArrowDown", inNewTab: false));
        AssertActive(palette, "edge-8");
        await palette.InvokeAsync(() => palette.Instance.Press("Enter", inNewTab: false));
        Assert.EndsWith("/nodes/node-8", Navigation(rig).Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkout edge-7", "checkout v2 on edge-7")]
    [InlineData(First, "checkout v2 on edge-7")]
    [InlineData("http://ops.test/executions?open=" + First, "checkout v2 on edge-7")]
    [InlineData("expanso-cli job describe checkout", "checkout")]
    [InlineData("checkout", "checkout")]
    [InlineData("check", "checkout")]
    [InlineData("https://ops.test/fleet/executions?state=failed&sort=id", "Executions")]
    [InlineData("/nodes?label=region%3Deu", "Nodes")]
    [InlineData("expanso-cli execution list --job-id checkout --state failed", "Executions")]
    [InlineData("timel", "Timeline")]
    [InlineData("stuck", "Stuck starting")]
    [InlineData("<script>", "Executions with “<script>”")]
    public async Task Type_NameIdAddressOrCommand_ListsTheBestFirst(string text, string title)
    {
        await using var rig = Rig();
        rig.Show(new Problem { Id = "stuck-starting/job-1@2", Cause = ProblemCause.StuckStarting, Severity = ProblemSeverity.Warning, Since = PageRig.Start, Summary = "checkout v2 does not start on edge-7." });
        var palette = await OpenAsync(rig);
        await TypeAsync(palette, text);

        Assert.Equal(title, Titles(palette)[0]);
        AssertActive(palette, title);
    }

    [Fact]
    public async Task Type_NothingIsFound_SaysSo()
    {
        await using var rig = Rig();
        var palette = await OpenAsync(rig);
        await TypeAsync(palette, "zzzz");

        Assert.Equal("No results", palette.Find("[role=status]").TextContent);
        Assert.Contains("Nothing found for “zzzz”", palette.Find(".palette-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_CommandOnAHit_OpensItsDialogAfterThePaletteIsClosed()
    {
        await using var rig = Rig();
        var dialogs = rig.Render<MudDialogProvider>();
        var palette = await OpenAsync(rig);
        await TypeAsync(palette, "checkout edge-7");
        await palette.InvokeAsync(() => palette.Instance.Press("ArrowRight", inNewTab: false));
        await TypeAsync(palette, "stop");
        AssertActive(palette, "Stop…");
        await palette.InvokeAsync(() => palette.Instance.Press("Enter", inNewTab: false));
        Assert.Empty(dialogs.FindAll(".stop-dialog"));
        await palette.InvokeAsync(palette.Instance.Closed);

        dialogs.WaitForAssertion(() => Assert.Contains("Stops", dialogs.Find(".stop-dialog").TextContent, StringComparison.Ordinal));
        Assert.Empty(palette.FindAll("[role=option]"));
    }

    [Fact]
    public async Task Enter_CommandThatTheRoleForbids_NamesTheRoleAndDoesNothing()
    {
        await using var rig = Rig(services => services.AddScoped<ICurrentUser>(_ => new Looker()));
        var dialogs = rig.Render<MudDialogProvider>();
        Navigation(rig).NavigateTo("executions/" + First);
        var palette = await OpenAsync(rig);
        await TypeAsync(palette, "stop");

        var option = palette.Find("[role=option]");
        Assert.Equal("true", option.GetAttribute("aria-disabled"));
        Assert.Contains("This needs the role operator; you are viewer.", option.TextContent, StringComparison.Ordinal);
        await palette.InvokeAsync(() => palette.Instance.Press("Enter", inNewTab: false));
        await palette.InvokeAsync(palette.Instance.Closed);
        Assert.Empty(dialogs.FindAll(".stop-dialog"));
    }

    [Fact]
    public async Task Act_KeyOfARow_AsksOrGoesThere()
    {
        await using var rig = Rig();
        var dialogs = rig.Render<MudDialogProvider>();
        var palette = rig.Render<CommandPalette>();
        Assert.True(await palette.InvokeAsync(() => palette.Instance.Act("executions/" + First, "s")));
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(".stop-dialog")));
        Assert.True(await palette.InvokeAsync(() => palette.Instance.Act("executions/" + First, "l")));
        Assert.EndsWith($"/executions/{First}?tab=logs", Navigation(rig).Uri, StringComparison.Ordinal);
        Assert.True(await palette.InvokeAsync(() => palette.Instance.Act("jobs/job-1", "l")));
        Assert.EndsWith("/jobs/job-1?tab=logs", Navigation(rig).Uri, StringComparison.Ordinal);
        var before = Navigation(rig).Uri;
        foreach (var (row, key) in new[] { ("nodes/node-7", "l"), ("executions/gone", "l"), ("executions/" + First, "q"), ("executions/" + First, "") }) Assert.True(await palette.InvokeAsync(() => palette.Instance.Act(row, key)));
        Assert.Equal(before, Navigation(rig).Uri);
    }

    [Fact]
    public async Task Act_RoleForbidsIt_LeavesItToThePaletteToSayWhy()
    {
        await using var rig = Rig(services => services.AddScoped<ICurrentUser>(_ => new Looker()));
        var palette = rig.Render<CommandPalette>();

        Assert.False(await palette.InvokeAsync(() => palette.Instance.Act("executions/" + First, "s")));
    }

    [Theory]
    [InlineData("https://ops.test/fleet/executions?state=failed&sort=id", "executions?state=failed&sort=id")]
    [InlineData("https://elsewhere.test//evil.test/executions?state=lost", "executions?state=lost")]
    [InlineData("expanso-cli execution list --job-id checkout --node-id edge-7 --state failed --job-version 2", "executions?state=failed&job=job-1&version=2&node=node-7")]
    [InlineData("expanso-cli node list --label region=eu", "nodes?label=region%3Deu")]
    [InlineData("expanso-cli job list", "jobs")]
    [InlineData("https://ops.test/views/lost", "views/lost")]
    public async Task Enter_PastedAddressOrListOfAPage_GoesThereHere(string text, string address)
    {
        await using var rig = Rig();
        var palette = await OpenAsync(rig);
        await TypeAsync(palette, text);
        await palette.InvokeAsync(() => palette.Instance.Press("Enter", inNewTab: false));

        Assert.Equal(Parts(Navigation(rig).BaseUri + address), Parts(Navigation(rig).Uri));

        static IEnumerable<string> Parts(string address) => address.Split('?', '&').Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Type_NameOfAView_ListsThoseThatThePersonSees()
    {
        await using var rig = Rig();
        var me = "browser:" + PageRig.Browser;
        foreach (var view in (SavedView[])[
            new() { Id = "lost", Page = "executions", Name = "Lost at night", Query = "state=lost", Owner = me }, new() { Id = "wide", Page = "nodes", Name = "Night nodes", Owner = "user:2", IsShared = true, Author = "Olga" },
            new() { Id = "hidden", Page = "jobs", Name = "Night jobs of another", Owner = "user:2" }]) rig.UserData.Put(view);
        await rig.ReadUserDataAsync();
        var palette = await OpenAsync(rig);
        Assert.Equal(["Lost at night", "Night nodes"], palette.FindAll("[role=group][aria-label=Views] .palette-title").Select(title => title.TextContent));
        await TypeAsync(palette, "view:night");

        Assert.Equal(["Night nodes", "Lost at night"], Titles(palette));
        Assert.Equal(["Nodes, shared by Olga", "Executions"], palette.FindAll(".palette-note").Select(note => note.TextContent));
        await palette.InvokeAsync(() => palette.Instance.Press("ArrowDown", inNewTab: false));
        await palette.InvokeAsync(() => palette.Instance.Press("Enter", inNewTab: false));
        Assert.EndsWith("/executions?state=lost&saved=lost", Navigation(rig).Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_NameOfASharedView_IsHiddenFromWhoSeesAPartOfTheFleet()
    {
        Assert.True(ScopeRule.TryParse("namespace=prod", out var rule, out _));
        await using var rig = Rig(services => services.AddScoped<ICurrentUser>(_ => new Looker { Now = new("Lou", AccessRole.Viewer) { Grants = new(AccessRole.None, [(AccessRole.Viewer, rule!)]) } }));
        rig.UserData.Put(new SavedView { Id = "wide", Page = "nodes", Name = "Night nodes", Owner = "user:2", IsShared = true });
        await rig.ReadUserDataAsync();
        var palette = await OpenAsync(rig);
        await TypeAsync(palette, "night");
        Assert.Equal("No results", palette.Find("[role=status]").TextContent);
        await TypeAsync(palette, "https://ops.test/views/wide");
        Assert.Equal(["Shared view"], Titles(palette));
    }

    [Fact]
    public async Task Press_WhileClosed_DoesNothing()
    {
        await using var rig = Rig();
        var palette = rig.Render<CommandPalette>();
        var before = Navigation(rig).Uri;
        await palette.InvokeAsync(() => palette.Instance.Press("Enter", inNewTab: false));

        Assert.Equal(before, Navigation(rig).Uri);
        Assert.Empty(palette.FindAll("[role=option]"));
    }

    private static PageRig Rig(Action<IServiceCollection>? more = null)
    {
        var rig = new PageRig(more);
        rig.Load(PageRig.Good,
            FleetChange.Of(PageRig.Spec), FleetChange.Of(new Job { Id = "job-1", Name = "checkout", Version = 2, State = "running" }),
            FleetChange.Of(new Node { Id = "node-7", Name = "edge-7", Connection = "connected" }), FleetChange.Of(new Node { Id = "node-8", Name = "edge-8", Connection = "connected" }),
            FleetChange.Of(PageRig.Execution(First).Execution! with { JobVersion = 2, NodeId = "node-7" }));
        rig.Render<MudPopoverProvider>();
        return rig;
    }

    private static NavigationManager Navigation(PageRig rig) => rig.Services.GetRequiredService<NavigationManager>();

    private static async Task<IRenderedComponent<CommandPalette>> OpenAsync(PageRig rig, string[]? recents = null)
    {
        var palette = rig.Render<CommandPalette>();
        await palette.InvokeAsync(() => palette.Instance.Open(null, recents, actions: false));
        return palette;
    }

    private static Task TypeAsync(IRenderedComponent<CommandPalette> palette, string text) => palette.InvokeAsync(() => palette.Find("#palette-input").Input(text));

    private static string[] Titles(IRenderedComponent<CommandPalette> palette) => [.. palette.FindAll(".palette-title").Select(title => title.TextContent)];

    private static void AssertActive(IRenderedComponent<CommandPalette> palette, string title)
    {
        var active = palette.Find("#" + palette.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
        Assert.Equal(title, active.QuerySelector(".palette-title")!.TextContent);
        Assert.Equal(active, Assert.Single(palette.FindAll("[aria-selected=true]")));
    }

    private sealed class Looker : ICurrentUser
    {
        public DashboardUser Now { get; init; } = new("Lou", AccessRole.Viewer);

        public event Action? Changed
        {
            add { }
            remove { }
        }

        public ValueTask<DashboardUser> CheckAsync(CancellationToken cancel) => new(Now);
    }
}
