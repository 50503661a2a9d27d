using Bunit;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Pages.Audit;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Audit;

/// <summary>The list of what people did, and who sees it.</summary>
public sealed class AuditPageTests : IDisposable
{
    private readonly TestUser _user = new();
    private readonly PageRig _rig;
    private long _version;

    public AuditPageTests() => _rig = new PageRig(services => services.AddScoped<ICurrentUser>(_ => _user));

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Page_NewActs_WaitBehindAButtonAndResultsAreUpdatedInPlace()
    {
        await AddAsync(Entry("a", AuditOutcome.Asked));
        var cut = _rig.Render<ExecutionDashboard.Components.Pages.Audit.AuditPage>();
        cut.WaitForAssertion(() => Assert.Equal("Stop job ingest / Ann 10.0.0.7 / Requested", Rows(cut)));

        await AddAsync(Entry("b", AuditOutcome.Refused, who: "Vera", answer: "This needs the role admin; you are viewer."), Entry("a", AuditOutcome.Seen, answer: "stopped"));

        cut.WaitForAssertion(() => Assert.Equal("Stop job ingest / Ann 10.0.0.7 / Seen", Rows(cut)));
        cut.WaitForAssertion(() => Assert.Equal("1 new", cut.Find(".new-button").TextContent));
        await cut.InvokeAsync(() => cut.Find(".new-button").Click());
        cut.WaitForAssertion(() => Assert.Equal("Stop job ingest / Vera 10.0.0.7 / Refused | Stop job ingest / Ann 10.0.0.7 / Seen", Rows(cut)));
        Assert.Empty(cut.FindAll(".new-button"));
    }

    [Fact]
    public async Task Page_AddressWithFiltersAndAnOpenAct_ShowsTheWholeEntry()
    {
        await AddAsync(Entry("a", AuditOutcome.Asked), Entry("b", AuditOutcome.Done, who: "Bob"), Entry("a", AuditOutcome.Failed, answer: "Refused: It moves."));
        Navigate("audit?who=bob&open=1");
        var cut = _rig.Render<ExecutionDashboard.Components.Pages.Audit.AuditPage>();

        cut.WaitForAssertion(() => Assert.Equal("Stop job ingest / Bob 10.0.0.7 / Done", Rows(cut)));
        cut.WaitForAssertion(() =>
        {
            var panel = cut.Find("aside").TextContent;
            foreach (var part in (string[])["Ann", "operator", "43 executions on 12 nodes", "it leaks", "Requested", "Failed", "Refused: It moves.", "Row 3"]) Assert.Contains(part, panel, StringComparison.Ordinal);
        });
        Assert.Equal("jobs/job-1", cut.Find("aside dl a").GetAttribute("href"));
        await cut.InvokeAsync(() => cut.FindAll(".state-toggle").First(b => b.TextContent == "Refused").Click());
        Assert.EndsWith("audit?who=bob&outcome=refused", _rig.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        cut.WaitForAssertion(() => Assert.Empty(cut.FindAll("aside")));
    }

    [Fact]
    public async Task Page_RoleThatMayNot_IsNotInTheNavigationAndSaysWhichItNeeds()
    {
        await AddAsync(Entry("a", AuditOutcome.Done));
        var nav = _rig.Render<SideNav>(parameters => parameters.Add(n => n.Open, false));
        Assert.Contains("Audit", nav.Markup, StringComparison.Ordinal);
        _user.Show(new DashboardUser("Otto", AccessRole.Operator));

        var cut = _rig.Render<ExecutionDashboard.Components.Pages.Audit.AuditPage>();

        Assert.Equal("This needs the role admin; you are operator.", cut.Find("[role=alert]").TextContent);
        Assert.DoesNotContain("ingest", cut.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Audit", _rig.Render<SideNav>(parameters => parameters.Add(n => n.Open, false)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AuditThatCannotBeRead_KeepsWhatItShowsAndSaysWhy()
    {
        await AddAsync(Entry("a", AuditOutcome.Done));
        var cut = _rig.Render<ExecutionDashboard.Components.Pages.Audit.AuditPage>();
        cut.WaitForAssertion(() => Assert.Single(cut.FindAll("[data-act]")));
        _rig.Audit.Problem = "The feed is gone.";
        Status();

        cut.WaitForAssertion(() => Assert.Contains("The audit cannot be read: The feed is gone.", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Single(cut.FindAll("[data-act]"));
        _rig.Audit.Problem = null;
        await cut.InvokeAsync(() => cut.Find("[role=alert] button").Click());
        cut.WaitForAssertion(() => Assert.Empty(cut.FindAll("[role=alert]")));
    }

    [Theory]
    [InlineData("audit", "audit")]
    [InlineData("http://x/audit?who=A%26b&action=stop%20job&action=odd&outcome=not_seen&outcome=none&target=t&q=%3C&from=2026-11-01T10:00&to=nonsense&open=7&rows=100&before=5&x=y",
        "audit?who=A%26b&action=stop%20job&action=odd&outcome=not_seen&target=t&q=%3C&from=2026-11-01T10:00:00Z&to=nonsense&open=7&rows=100")]
    public void Url_ReadAndWritten_IsTheSame(string address, string expected)
    {
        var url = AuditUrl.Parse(address);
        Assert.Equal(expected, url.ToString());
        Assert.Equal(url, AuditUrl.Parse(url.ToString()));
    }

    private static string Rows(IRenderedComponent<ExecutionDashboard.Components.Pages.Audit.AuditPage> cut) => string.Join(" | ", cut.FindAll("[data-act]").Select(row =>
        string.Join(" / ", new[] { 0, 1, 3 }.Select(cell => string.Join(' ', row.Children[cell].TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))));

    private AuditEntry Entry(string act, AuditOutcome outcome, string who = "Ann", string answer = "") => new()
    {
        Act = act, At = _rig.Time.GetUtcNow(), Outcome = outcome, Who = who, Role = "operator", From = "10.0.0.7", Action = AuditActions.StopJob, Target = new(AuditTarget.Job, "job-1", "ingest"), Numbers = "43 executions on 12 nodes",
        Reason = "it leaks", Answer = answer,
    };

    private async Task AddAsync(params AuditEntry[] entries)
    {
        await _rig.Audit.StoreAsync(entries, CancellationToken.None);
        Status();
    }

    private void Status()
    {
        var status = PageRig.Good with { AuditVersion = ++_version };
        if (_version == 1) _rig.Load(status);
        else _rig.Follow(status);
        _rig.Time.Advance(ExecutionDashboard.Live.LiveSignals.Interval);
    }

    private void Navigate(string address) => _rig.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
}
