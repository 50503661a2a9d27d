using CsCheck;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Tests.Components.Shared.Attention;

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
    [InlineData("attention?older=yesterday&state=strange&sort=no", "outage dispatch-lost awaiting-promotion")]
    public void Of_Address_FindsWhatItSays(string address, string expected)
    {
        var found = AttentionQuery.Parse(address).Of(All, _store, PageRig.Start);

        Assert.Equal(expected, string.Join(' ', found.Select(p => ProblemCauses.CodeOf(p.Problem.Cause))));
    }

    [Fact]
    public void Parse_OfAnyQuery_GivesItBack() => Gen.Select(
        Gen.String[0, 12], Gen.String[1, 12].List[0, 3], Gen.Bool, Gen.Int[0, AttentionQuery.Ages.Count].Select(i => i < AttentionQuery.Ages.Count ? AttentionQuery.Ages[i].Code : ""), Gen.Enum<ProblemSort>(), Gen.Bool).Sample((text, labels, flag, age, sort, reversed) =>
    {
        var query = new AttentionQuery { Text = text, Labels = labels, Mine = flag, Resolved = !flag, Unacknowledged = flag, Older = age, Sort = sort, Reversed = reversed, Jobs = labels, Causes = ["outage"] };

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
