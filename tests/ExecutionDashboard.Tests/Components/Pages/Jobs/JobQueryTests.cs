using CsCheck;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Components.Pages.Jobs;

public sealed class JobQueryTests
{
    private static readonly Job Ingest = new()
    {
        Id = "job-1", Name = "ingest", Namespace = "production", Type = "pipeline", State = "running", Version = 3, UpdatedAt = PageRig.Start,
        Labels = new Dictionary<string, string> { ["team"] = "edge" },
    };

    private static readonly Job Survey = new() { Id = "job-2", Name = "survey", Type = "query", State = "failed", Version = 9, UpdatedAt = PageRig.Start.AddMinutes(1) };

    [Fact]
    public void ToString_AnyQuery_IsReadBackAsItWas()
    {
        var word = Gen.String[Gen.Char["ab &=?#+%/äß\"<'"], 0, 8];
        Gen.Select(word.List[0, 3], word.List[0, 3], word.List[0, 3], word, Gen.Enum<JobSort>(), Gen.Bool).Sample((states, types, labels, text, sort, descending) =>
        {
            var query = new JobQuery { States = states, Types = types, Labels = labels, Text = text, Sort = sort, Descending = descending };
            Assert.Equal(query, JobQuery.Parse("http://host/" + query));
        });
    }

    [Theory]
    [InlineData("jobs?sort=nonsense&what=x&&=&state")]
    [InlineData("jobs?sort=-99")]
    [InlineData("jobs?%zz=%")]
    public void Parse_Nonsense_IsTheWholeList(string url)
    {
        var query = JobQuery.Parse(url);
        Assert.Equal(JobSort.Name, query.Sort);
        Assert.Empty(query.Types);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("q=ING", true, false)]
    [InlineData("q=production", true, false)]
    [InlineData("q=job-2", false, true)]
    [InlineData("state=failed", false, true)]
    [InlineData("state=failed&state=running", true, true)]
    [InlineData("type=query", false, true)]
    [InlineData("label=team%3Dedge", true, false)]
    [InlineData("label=!team", false, true)]
    [InlineData("label=team%20in%20(", false, false)]
    [InlineData("type=query&state=running", false, false)]
    [InlineData("filter=version:>3", false, true)]
    [InlineData("filter=-label:team=edge", false, true)]
    [InlineData("filter=has:problem", false, true)]
    [InlineData("filter=stat:failed", true, true)]
    public void Matches_Filter_LetsThroughWhatItNames(string query, bool ingest, bool survey)
    {
        var matches = JobQuery.Parse("jobs?" + query).Matcher(new FleetStore(), id => id == "job-2");
        Assert.Equal((ingest, survey), (matches(Ingest), matches(Survey)));
    }

    [Theory]
    [InlineData("", "job-1,job-2")]
    [InlineData("sort=-name", "job-2,job-1")]
    [InlineData("sort=state", "job-2,job-1")]
    [InlineData("sort=-version", "job-2,job-1")]
    [InlineData("sort=updated", "job-1,job-2")]
    [InlineData("sort=-executions", "job-1,job-2")]
    public void Of_Sort_OrdersThem(string query, string ids)
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(Survey), FleetChange.Of(Ingest), PageRig.Execution("e1"), PageRig.Execution("e2", KnownExecutionState.Failed)]);
        Assert.Equal(ids, string.Join(',', JobQuery.Parse("jobs?" + query).Of(store, _ => false).Select(j => j.Id)));
    }
}
