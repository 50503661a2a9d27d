using Bunit;
using ExecutionDashboard.Components.Pages.JobDetail;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Tests.Feed;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Pages.JobDetail;

/// <summary>The jobs pages, also with missing data.</summary>
public sealed class JobPageTests : IAsyncLifetime
{
    private static readonly Job Ingest = new() { Id = "job-1", Name = "ingest", Type = "pipeline", State = "running", Version = 2, SpecHash = "spec-1", Revision = 1 };

    private readonly PageRig _rig = new();

    private TestControlPlane Server => (TestControlPlane)_rig.Services.GetRequiredService<IControlPlane>();

    public Task InitializeAsync()
    {
        _rig.Render<MudPopoverProvider>();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public void List_TwoJobsOfOneName_AreToldApartById()
    {
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest), FleetChange.Of(Ingest with { Id = "job-9" }), FleetChange.Of(Ingest with { Id = "job-3", Name = "other" }));
        var page = _rig.Render<JobsPage>();
        Assert.Equal(3, page.FindAll("tbody tr").Count);
        Assert.Equal(2, page.FindAll("tbody .wanted").Count);
        Assert.Contains("job-9", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_JobThatComesMeanwhile_WaitsBehindAButton()
    {
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest));
        var page = _rig.Render<JobsPage>();
        _rig.Follow(null, FleetChange.Of(Ingest with { Id = "job-2", Name = "alpha" }));
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal("1 new", page.Find(".new-button").TextContent));
        Assert.Single(page.FindAll("tbody tr"));
        await page.InvokeAsync(() => page.Find(".new-button").Click());
        page.WaitForAssertion(() => Assert.Equal(["alpha", "ingest"], page.FindAll("tbody .name").Select(n => n.TextContent)));
    }

    [Fact]
    public void List_FiltersInTheAddress_AreTheList()
    {
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest), FleetChange.Of(Ingest with { Id = "job-2", Name = "survey", Type = "query" }));
        var page = _rig.Render<JobsPage>();
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo("jobs?type=query");
        page.WaitForAssertion(() => Assert.Equal("survey", page.Find("tbody .name").TextContent));
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo("jobs?q=nothing-such");
        page.WaitForAssertion(() => Assert.Contains("No job matches", page.Markup, StringComparison.Ordinal));
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo("jobs?label=a%20in%20(");
        page.WaitForAssertion(() => Assert.Contains("not closed", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Job_DeletedWhileOpen_StandsAndLeadsToTheOneOfItsName()
    {
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest), PageRig.Execution("e1"));
        var board = Board();
        _rig.Follow(null, FleetChange.Gone(FleetKind.Job, "job-1"), FleetChange.Of(Ingest with { Id = "job-9" }));
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        board.WaitForAssertion(() => Assert.Contains("no longer has this job", board.Find(".notice.warn").TextContent, StringComparison.Ordinal));
        Assert.Equal("jobs/job-9", board.Find(".notice.warn a").GetAttribute("href"));
        Assert.Contains("ingest", board.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.All(board.FindAll(".execution-actions button"), b => Assert.True(b.HasAttribute("disabled")));
    }

    [Fact]
    public void Job_NeverSeen_SaysWhatStillNamesIt()
    {
        _rig.Load(PageRig.Good, FleetChange.Of(PageRig.Spec), FleetChange.Of(Ingest with { Id = "job-9" }), PageRig.Execution("e1"));
        var board = Board();
        Assert.Contains("Job not found", board.Markup, StringComparison.Ordinal);
        Assert.Contains("1 execution refers to it", board.Markup, StringComparison.Ordinal);
        Assert.Contains("jobs/job-9", board.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_AreComparedWithTheOneBefore()
    {
        Server.Versions.AddRange([Version(1, """{"a":1,"b":{"password":"hunter2"}}"""), Version(2, """{"a":2,"b":{"password":"hunter3"}}""")]);
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest), PageRig.Execution("e1"));
        var board = Board("versions");
        board.WaitForAssertion(() => Assert.Equal(2, board.FindAll("[data-version]").Count));
        Assert.Contains("2 changes", board.Find("summary").TextContent, StringComparison.Ordinal);
        Assert.Empty(board.FindAll(".compare"));
        await board.InvokeAsync(() => board.Find("summary").Click());
        board.WaitForAssertion(() => Assert.NotEmpty(board.FindAll(".compare tr")));
        Assert.DoesNotContain("hunter", board.Markup, StringComparison.Ordinal);
        Assert.Contains("1 execution", board.Find("[data-version='1']").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("versions")]
    [InlineData("history")]
    [InlineData("spec")]
    public async Task Tab_ControlPlaneFails_SaysSoAndCanBeTriedAgain(string tab)
    {
        Server.Fault = (_, _) => TestControlPlane.Broken;
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest));
        var board = Board(tab);
        board.WaitForAssertion(() => Assert.Contains("The server answered 500.", board.Markup, StringComparison.Ordinal));
        Server.Fault = (_, _) => null;
        Server.Versions.Add(Version(2, "{}"));
        Server.History.Add(new HistoryEvent { Sequence = 1, Message = "Deployed" });
        // The history's tab asks for two things, and each can be asked for again.
        // On the page's own context nothing is drawn anew between finding a button and its click.
        for (var i = 0; i < 2; i++) await board.InvokeAsync(() => board.FindAll("button.text-button").FirstOrDefault(b => b.TextContent == "Try again")?.Click());
        board.WaitForAssertion(() => Assert.DoesNotContain("The server answered 500.", board.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_IsNewestFirstMarkedAndFiltered()
    {
        Server.History.AddRange(
        [
            new() { Sequence = 1, Message = "Created", JobVersion = 1 },
            new() { Sequence = 2, Message = "Died with token=abc123", ExecutionId = "e1", Details = new Dictionary<string, string> { ["new_state"] = "failed" } },
        ]);
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest));
        var board = Board("history");
        board.WaitForAssertion(() => Assert.Equal(2, board.FindAll(".events li").Count));
        Assert.Contains("failed", board.Find(".events li").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("abc123", board.Markup, StringComparison.Ordinal);
        await board.InvokeAsync(() => board.FindAll(".history-filter button").First(b => b.TextContent.Contains("of the job", StringComparison.Ordinal)).Click());
        Assert.Contains("Created", Assert.Single(board.FindAll(".events li")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_OfARange_IsReadFromItsBeginningAndShowsNoOthers()
    {
        for (var hour = 1; hour <= 1_500; hour++) Server.History.Add(new HistoryEvent { Sequence = hour, At = PageRig.Start.AddHours(hour - 1_500), Message = $"hour {hour}" });
        _rig.Load(PageRig.Good, FleetChange.Of(Ingest));
        var chosen = new List<TimeRange>();
        var board = Board("history");
        // The first thousand events do not reach the last day.
        board.WaitForAssertion(() => Assert.StartsWith("hour 1000", board.Find(".event-text").TextContent.Trim(), StringComparison.Ordinal));
        board.Render(b => b.Add(x => x.Range, TimeRange.Parse("-1d", "-12h")).Add(x => x.RangeChanged, chosen.Add));
        board.WaitForAssertion(() => Assert.Equal(Enumerable.Range(1_476, 12).Reverse().Select(hour => $"hour {hour}"), board.FindAll(".event-text").Select(e => e.TextContent.Trim())));
        Assert.Contains("all 12", board.Find(".history-filter").TextContent, StringComparison.Ordinal);

        board.Render(b => b.Add(x => x.Range, TimeRange.Parse("2020-01-01", "2020-01-02")));
        board.WaitForAssertion(() => Assert.Contains("No event in this range", board.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Read what followed", board.Markup, StringComparison.Ordinal);
        await board.InvokeAsync(() => board.FindAll("button").First(b => b.TextContent == "Any time").Click());
        Assert.Equal(TimeRange.All, Assert.Single(chosen));
    }

    private IRenderedComponent<JobBoard> Board(string tab = "") => _rig.Render<JobBoard>(board => board.Add(b => b.Id, "job-1").Add(b => b.Tab, tab));

    private static JobVersion Version(int number, string spec) => new(number, new JobSpec { Hash = "h" + number, Json = spec }, null, "");
}
