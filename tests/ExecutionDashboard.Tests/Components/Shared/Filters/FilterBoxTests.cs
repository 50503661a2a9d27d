using Bunit;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Components.Shared.Filters;

/// <summary>The filter box applies what is complete, marks what it cannot read, and suggests the rest.</summary>
public sealed class FilterBoxTests
{
    [Fact]
    public async Task Typing_ATerm_IsAppliedWhenItIsComplete()
    {
        await using var rig = new PageRig();
        var asked = new List<string>();
        var box = Render(rig, ExecutionQuery.All, asked);

        await TypeAsync(rig, box, "disk");
        box.WaitForAssertion(() => Assert.Equal(["disk"], asked));
        // Half a term changes nothing yet.
        await TypeAsync(rig, box, "disk state:fai");
        await TypeAsync(rig, box, "disk -state:failed ");
        box.WaitForAssertion(() => Assert.Equal(["disk", "-state:failed disk"], asked));
        Assert.Equal("disk -state:failed ", Text(box));

        await box.InvokeAsync(() => box.Find("input").Input("for:>10m"));
        await box.InvokeAsync(() => box.FindComponent<FilterBox>().Instance.Complete());
        Assert.Equal("for:>10m", asked[^1]);
    }

    [Fact]
    public async Task Typing_WhatCannotBeRead_IsMarkedWithTheReasonAndKept()
    {
        await using var rig = new PageRig();
        var asked = new List<string>();
        var box = Render(rig, ExecutionQuery.All, asked);
        await TypeAsync(rig, box, "stat:failed state:lost ");

        box.WaitForAssertion(() => Assert.Contains("Executions have no filter 'stat'.", box.Find(".filter-problems").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", box.Find("input").GetAttribute("aria-invalid"));
        Assert.Equal(["state:lost stat:failed"], asked);

        box.Render(f => f.Add(p => p.Query, ExecutionQuery.All.WithTerms(asked[0])));
        var chip = box.Find(".chip.odd");
        Assert.Contains("not understood", chip.TextContent, StringComparison.Ordinal);
        Assert.Contains("filters nothing", chip.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal("stat:failed state:lost ", Text(box));
    }

    [Fact]
    public async Task Chips_OfConditions_SayThemAndRemoveThem()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, FleetChange.Of(new Job { Id = "job-1", Name = "ingest" }), PageRig.Execution("exec-1"));
        ExecutionQuery? asked = null;
        var query = ExecutionQuery.All.WithTerms("-job:job-1 -state:failed,lost for:>10m node:edge-* agent:<2.1.19 no:error -is:drifting");
        var filters = rig.Render<ExecutionFilters>(f => f.Add(p => p.Query, query).Add(p => p.QueryChanged, q => asked = q));

        Assert.Equal(
            ["state is not failed", "state is not lost", "not in desired state no", "job is not ingest", "node edge-* not found", "agent < 2.1.19", "has no error", "in its state for more than 10 min"],
            filters.FindAll(".chip").Select(c => string.Join(' ', c.ChildNodes.Select(n => n.TextContent.Trim()).Where(t => t.Length > 0))));
        await filters.InvokeAsync(() => filters.Find("button[aria-label='Remove state is not lost']").Click());
        Assert.Equal("-state:failed", asked!.Terms.Split(' ')[0]);
        Assert.Equal(query.Filter.Count, asked.Filter.Count);
    }

    [Fact]
    public async Task Suggestions_OfTheBox_AreOptionsOfACombobox()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, FleetChange.Of(new Job { Id = "job-1", Name = "ingest" }), PageRig.Execution("exec-1"), PageRig.Execution("exec-2"));
        var box = Render(rig, ExecutionQuery.All, []);
        await box.InvokeAsync(() => box.Find("input").Input("-job:in"));

        box.WaitForAssertion(() => Assert.Equal("ingest 2", string.Join(' ', box.Find("[role=option]").Children.Select(c => c.TextContent).Where(t => t.Length > 0))));
        var input = box.Find("input[role=combobox]");
        Assert.Equal("true", input.GetAttribute("aria-expanded"));
        Assert.Equal(box.Find("[role=listbox]").Id, input.GetAttribute("aria-controls"));
        Assert.Equal("ingest ", box.Find("[role=option]").GetAttribute("data-insert"));
        Assert.Equal("5", box.Find("[role=option]").GetAttribute("data-start"));
    }

    [Theory]
    [InlineData("st", "state:")]
    [InlineData("disk -no", "node:")]
    [InlineData("state:fa", "failed ")]
    [InlineData("state:failed,lo", "lost ")]
    [InlineData("is:un", "unreachable ")]
    [InlineData("node:", "\"my edge\" ")]
    [InlineData("label:reg", "region=eu ")]
    [InlineData("agent:<2", "<2.1.3 ")]
    [InlineData("for:", ">10m ")]
    [InlineData("for:>1", ">10m ")]
    [InlineData("changed:<1", "<15m ")]
    [InlineData("no:mess", "message ")]
    [InlineData("no:such", null)]
    [InlineData("\"open st", null)]
    public void Completions_OfAnUnfinishedText_BeginWithTheBest(string text, string? insert)
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(new Node { Id = "n-1", Name = "my edge", AgentVersion = "2.1.3", Labels = new Dictionary<string, string> { ["region"] = "eu" } })]);

        Assert.Equal(insert, FilterCompletions.Of(text, ExecutionFilterList.List, store).FirstOrDefault()?.Insert);
    }

    [Theory]
    [InlineData("disk state:fa", "disk ")]
    [InlineData("state:failed disk", "state:failed disk")]
    [InlineData("state:failed ", "state:failed ")]
    [InlineData("a \"open quote", "")]
    [InlineData("-job:", "")]
    public void Finished_OfAText_LeavesTheLastTermOut(string text, string finished) => Assert.Equal(finished, FilterCompletions.Finished(text));

    [Theory]
    [InlineData("jobs", "state:fa", "failed ")]
    [InlineData("jobs", "label:te", "team=a ")]
    [InlineData("jobs", "has:pr", "problem ")]
    [InlineData("deployments", "job:in", "ingest ")]
    [InlineData("deployments", "is:w", "waiting ")]
    [InlineData("problems", "cause:stuck-v", "stuck-validating ")]
    [InlineData("nodes", "connection:l", "lost ")]
    [InlineData("nodes", "state:no", "none ")]
    [InlineData("nodes", "heartbeat:>1", ">1d ")]
    public void Completions_OfAList_AreItsTermsAndValues(string thing, string text, string insert)
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(new Job { Id = "job-1", Name = "ingest", State = "failed", Labels = new Dictionary<string, string> { ["team"] = "a" } })]);
        var list = new[] { JobFilterList.List, DeploymentFilterList.List, AttentionFilterList.List, NodeFilterList.List }.Single(l => l.Vocabulary.Thing == thing);

        Assert.Equal(insert, FilterCompletions.Of(text, list, store).FirstOrDefault()?.Insert);
    }

    private static IRenderedComponent<ExecutionFilters> Render(PageRig rig, ExecutionQuery query, List<string> asked) =>
        rig.Render<ExecutionFilters>(f => f.Add(p => p.Query, query).Add(p => p.OnTyped, typed => asked.Add(typed.Text)));

    private static async Task TypeAsync(PageRig rig, IRenderedComponent<ExecutionFilters> box, string text)
    {
        await box.InvokeAsync(() => box.Find("input").Input(text));
        rig.Time.Advance(TimeSpan.FromMilliseconds(250));
    }

    private static string? Text(IRenderedComponent<ExecutionFilters> box) => box.Find("input").GetAttribute("value");
}
