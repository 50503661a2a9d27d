using System.Reflection;
using Bunit;
using ExecutionDashboard.Components;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components;

/// <summary>
/// Every page, whole, as somebody sees it whose role is for one team, in two fleets that differ in another team alone: what that team has, what its people do, and whether it exists. The markup is
/// the same, letter by letter.
/// </summary>
public sealed class TwoFleetsPagesTests
{
    // Each page with the addresses of what is seen, of what is not, and of what does not exist ({0}); and what tells that it has been drawn.
    private static readonly Dictionary<string, (string[] Addresses, string Drawn)> Pages = new()
    {
        ["/"] = ([""], "Overview"),
        ["/attention"] = (["attention", "attention?q={0}"], "Attention"),
        ["/audit"] = (["audit"], "Audit"),
        ["/bulk"] = (["bulk"], "Bulk runs"),
        ["/bulk/{Id}"] = (["bulk/{0}run"], "main"),
        ["/changes"] = (["changes", "changes?by=cause"], "What changed"),
        ["/compare"] = (["compare?left=job:{0}-j&right=execution:{0}-e1"], "Compare"),
        ["/deployments"] = (["deployments", "deployments?q={0}"], "Deployments"),
        ["/deployments/{Id}"] = (["deployments/{0}-d"], "main"),
        ["/executions"] = (["executions", "executions?q={0}", "executions?job={0}-j", "executions?open={0}-e1", "executions?saved={0}view"], "Executions"),
        ["/executions/{Id}"] = (["executions/{0}-e1", "executions/{0}-e2?tab=timeline", "executions/{0}-e1?tab=spec", "executions/{0}-e1?tab=raw"], "main"),
        ["/jobs"] = (["jobs", "jobs?q={0}"], "Jobs"),
        ["/jobs/{Id}"] = (["jobs/{0}-j", "jobs/{0}-j?tab=spec", "jobs/{0}-j?tab=history"], "main"),
        ["/nodes"] = (["nodes", "nodes?q={0}", "nodes?label=herd%3D{0}", "nodes?view=map"], "Nodes"),
        ["/nodes/{Id}"] = (["nodes/{0}-n1", "nodes/shared-n"], "main"),
        ["/not-found"] = (["not-found", "{0}"], "main"),
        ["/specs"] = (["specs"], "Specs"),
        ["/timeline"] = (["timeline", "timeline?q={0}"], "Timeline"),
        ["/views/{Id}"] = (["views/{0}view"], "main"),
    };

    // Pages whose markup has what they are asked for; others draw it with scripts, or are about the whole fleet.
    private static readonly HashSet<string> Shows = ["/executions", "/executions/{Id}", "/jobs", "/jobs/{Id}", "/nodes/{Id}", "/deployments", "/deployments/{Id}"];

    [Fact]
    public void Pages_InTheTest_AreAllThatExist() =>
        Assert.Equal(typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).Order(StringComparer.Ordinal), Pages.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task EachPage_OfAPart_IsTheSameWhateverTheRestIs()
    {
        var part = Teams.PartOf(AccessRole.Operator, Teams.Own);
        await using Teams alone = new(part, Teams.Own), beside = new(part, Teams.Own, Teams.Other);
        await alone.OthersActAsync(Teams.Own);
        await beside.OthersActAsync(Teams.Own, Teams.Other);
        var (first, second) = (alone.Rig.Render<Routes>(), beside.Rig.Render<Routes>());
        foreach (var (template, (addresses, drawn)) in Pages)
            foreach (var address in addresses)
                foreach (var team in address.Contains("{0}", StringComparison.Ordinal) ? (string[])[Teams.Own, Teams.Other] : [""])
                {
                    var (here, there) = (await OpenAsync(alone, first, address, team), await OpenAsync(beside, second, address, team));
                    second.WaitForAssertion(() => Assert.Equal(MarkupText.Of(first.Markup), MarkupText.Of(second.Markup)));
                    Assert.Contains(drawn, second.Markup, StringComparison.Ordinal);
                    Assert.Equal(here, there);
                    // What was asked for comes back in the address and in what was typed, and is no news.
                    if (team != Teams.Other) Assert.DoesNotContain(Teams.Other, second.Markup, StringComparison.OrdinalIgnoreCase);
                    if (team == Teams.Own && Shows.Contains(template)) Assert.Contains(Teams.Own, second.Markup, StringComparison.OrdinalIgnoreCase);
                }
    }

    private static async Task<string> OpenAsync(Teams teams, IRenderedComponent<Routes> shown, string address, string team)
    {
        var navigation = teams.Rig.Services.GetRequiredService<NavigationManager>();
        await shown.InvokeAsync(() => navigation.NavigateTo(string.Format(null, address, team)));
        teams.Rig.Time.Advance(LiveSignals.ClockPace);
        await shown.InvokeAsync(() => { });
        return navigation.Uri;
    }
}
