using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;

namespace ExecutionDashboard.Tests.Live.Planes;

public sealed class PlaneProblemsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly FleetPlanes Two = FleetPlanes.Of(["eu", "us"]);
    private static readonly IReadOnlyList<PlaneFreshness> BothLive = [new("eu", FreshnessKind.Live, null, null, ""), new("us", FreshnessKind.Live, null, null, "")];
    private static readonly IReadOnlyList<PlaneFreshness> UsGone = [BothLive[0], new("us", FreshnessKind.Reconnecting, Noon, Noon, "Refused.")];

    private readonly PlaneProblems _problems = new();

    [Fact]
    public void Of_PlaneThatIsGone_HasTheProblemsOfBefore()
    {
        _problems.Of([Found("eu~n1"), Found("us~n1")], BothLive, Two);

        // One of the other is over, one is new; what time alone makes of the plane that cannot be seen is no news, and neither is what it seems to have mended.
        Assert.Equal(["eu~n2", "us~n1"], Ids(_problems.Of([Found("eu~n2"), Found("us~n9")], UsGone, Two)));
        Assert.Equal(["eu~n3", "us~n1"], Ids(_problems.Of([Found("eu~n3")], UsGone, Two)));
        Assert.Equal(["us~n9"], Ids(_problems.Of([Found("us~n9")], BothLive, Two)));
    }

    [Fact]
    public void Of_NothingNew_IsTheSameList()
    {
        IReadOnlyList<FoundProblem> found = [Found("eu~n1")];
        Assert.Same(found, _problems.Of(found, [], FleetPlanes.One));
        Assert.Same(_problems.Of(found, UsGone, Two), _problems.Of(found, UsGone, Two));
    }

    [Fact]
    public void Blind_PlaneThatIsGone_IsAProblemWithItsName()
    {
        PlaneState[] states = [new("eu", true, new()), new("us", true, new(), Noon, "Refused.")];

        Assert.Empty(_problems.Blind(states, new(), Noon));
        var problem = Assert.Single(_problems.Blind(states, new(), Noon.AddSeconds(10)));
        Assert.Equal(("feed-lost/us", "us: The feed is unreachable: pages show the last known state."), (problem.Id, problem.Summary));
    }

    private static FoundProblem Found(string node) => new(new Problem { Id = node, Cause = ProblemCause.UnreachableNode, Severity = ProblemSeverity.Warning, Since = Noon, Summary = "", Subjects = [new(FleetKind.Node, node, node)] });

    private static string[] Ids(IEnumerable<FoundProblem> problems) => [.. problems.Select(problem => problem.Problem.Id).Order(StringComparer.Ordinal)];
}
