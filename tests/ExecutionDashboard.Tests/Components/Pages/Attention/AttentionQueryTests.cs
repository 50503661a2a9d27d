using CsCheck;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Tests.Components.Shared.Attention;
using ExecutionDashboard.Tests.Fleet.Filters;

namespace ExecutionDashboard.Tests.Components.Pages.Attention;

/// <summary>Which problems an address lists.</summary>
public sealed class AttentionQueryTests
{
    private static readonly ShownProblem[] All =
    [
        new(SomeProblem.Outage, new() { Problem = SomeProblem.Outage, OpenedAt = PageRig.Start, Acknowledgement = new("Ada", PageRig.Start, null) }),
        new(SomeProblem.Dispatch, null), new(SomeProblem.Promotion, null),
    ];

    private readonly FleetStore _store = new();

    public AttentionQueryTests() => _store.Apply(SomeProblem.Fleet);

    [Theory]
    [InlineData("attention", "outage dispatch-lost awaiting-promotion")]
    [InlineData("attention?severity=critical", "outage")]
    [InlineData("attention?severity=critical&severity=notice", "outage awaiting-promotion")]
    [InlineData("attention?cause=dispatch-lost", "dispatch-lost")]
    [InlineData("attention?cause=no-such", "")]
    [InlineData("attention?job=job-1", "dispatch-lost awaiting-promotion")]
    [InlineData("attention?label=region%3Deu", "outage")]
    [InlineData("attention?label=region%3Dus", "dispatch-lost")]
    [InlineData("attention?label=team%3Dedge", "dispatch-lost awaiting-promotion")]
    [InlineData("attention?label=((", "")]
    [InlineData("attention?mine=yes", "awaiting-promotion")]
    [InlineData("attention?acknowledged=no", "dispatch-lost awaiting-promotion")]
    [InlineData("attention?older=1h", "awaiting-promotion")]
    [InlineData("attention?newer=1h", "outage dispatch-lost")]
    [InlineData("attention?q=EDGE-2", "outage")]
    [InlineData("attention?sort=since", "outage dispatch-lost awaiting-promotion")]
    [InlineData("attention?sort=-since", "awaiting-promotion dispatch-lost outage")]
    [InlineData("attention?sort=extent", "outage awaiting-promotion dispatch-lost")]
    [InlineData("attention?older=90m", "awaiting-promotion")]
    [InlineData("attention?filter=cause:d* job:INGEST", "dispatch-lost")]
    [InlineData("attention?filter=-is:acknowledged has:deployment", "awaiting-promotion")]
    [InlineData("attention?older=yesterday&state=strange&sort=no", "outage dispatch-lost awaiting-promotion")]
    public void Of_Address_FindsWhatItSays(string address, string expected)
    {
        var found = AttentionQuery.Parse(address).Of(All, _store, PageRig.Start);

        Assert.Equal(expected, string.Join(' ', found.Select(p => ProblemCauses.CodeOf(p.Problem.Cause))));
    }

    [Fact]
    public void Parse_OfAnyQuery_GivesItBack() => Gen.Select(
        FilterGen.FilterOf(AttentionQuery.Vocabulary), Gen.Bool, Gen.Enum<ProblemSort>(), Gen.Bool).Sample((filter, flag, sort, reversed) =>
    {
        var query = new AttentionQuery { Filter = filter, Resolved = flag, Sort = sort, Reversed = reversed };

        Assert.Equal(query, AttentionQuery.Parse("http://host/" + query.ToString("an id/with=signs&")));
        Assert.Equal("an id/with=signs&", AttentionQuery.OpenIn("http://host/" + query.ToString("an id/with=signs&")));
    }, iter: 200);

    [Fact]
    public void Labels_EveryCause_HasATitleOfItsOwn()
    {
        var titles = ProblemCauses.All.Select(ProblemLabels.Title).ToList();

        Assert.Equal(titles.Count, titles.Distinct().Count());
        Assert.DoesNotContain(titles, title => title.Contains('-', StringComparison.Ordinal));
    }
}
