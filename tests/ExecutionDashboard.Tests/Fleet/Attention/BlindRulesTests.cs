using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Tests.Fleet.Attention;

public class BlindRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AttentionOptions Options = new();

    private static FeedFacts Facts(FeedStatus status) => FeedFacts.Next(new(), status, null, "", Options, Noon);

    private static Problem Only(FeedFacts facts, DateTimeOffset now) => Assert.Single(BlindRules.Of(facts, Options, now));

    [Fact]
    public void Of_AllIsWell_NamesNothing() => Assert.Empty(BlindRules.Of(Facts(new() { LastSuccessAt = Noon, ClockSkewSeconds = 29 }), Options, Noon.AddDays(1)));

    [Fact]
    public void Of_ControlPlaneThatDoesNotAnswer_SaysWhyAndSinceWhen()
    {
        var facts = Facts(new() { BlindSince = Noon, Problem = "Connection refused", ControlPlane = "http://cp:9010", LastSuccessAt = Noon.AddSeconds(-1) });
        Assert.Empty(BlindRules.Of(facts, Options, Noon.AddSeconds(9)));
        var problem = Only(facts, Noon.AddSeconds(10));
        Assert.Equal((ProblemCause.ControlPlaneUnreachable, ProblemSeverity.Critical, Noon), (problem.Cause, problem.Severity, problem.Since));
        Assert.Equal(["Connection refused.", "Address: http://cp:9010.", "The control plane last answered."], problem.Evidence.Select(e => e.Text));
        Assert.NotEmpty(problem.NextSteps);
    }

    [Fact]
    public void Of_LogThatTakesNothing_IsTheCauseNotTheControlPlane()
    {
        var facts = Facts(new() { BlindSince = Noon, LogRefusedSince = Noon, Problem = "The change log cannot be written (disk is full)." });
        Assert.Empty(BlindRules.Of(facts, Options, Noon.AddSeconds(4)));
        var problem = Only(facts, Noon.AddSeconds(10));
        Assert.Equal((ProblemCause.LogUnwritable, "The change log cannot be written (disk is full)."), (problem.Cause, problem.Evidence[0].Text));
    }

    [Fact]
    public void Of_FeedThatStandsByWhileNoneLeads_IsNotTheControlPlane()
    {
        var facts = Facts(new() { BlindSince = Noon, IsStandby = true, Problem = "No feed leads: a:1 stands by and takes over." });
        Assert.Empty(BlindRules.Of(facts, Options, Noon.AddSeconds(9)));
        var problem = Only(facts, Noon.AddSeconds(10));
        Assert.Equal((ProblemCause.FeedLost, "No feed leads: a:1 stands by and takes over."), (problem.Cause, problem.Evidence[0].Text));
    }

    [Fact]
    public void Of_FeedThatIsGone_HidesWhatIsBehindIt()
    {
        var facts = FeedFacts.Next(new(), new() { BlindSince = Noon.AddHours(-1) }, Noon, "The feed ended the stream.", Options, Noon);
        Assert.Empty(BlindRules.Of(facts, Options, Noon.AddSeconds(9)));
        Assert.Equal(ProblemCause.FeedLost, Only(facts, Noon.AddSeconds(10)).Cause);
    }

    [Fact]
    public void Of_WarningThatLasts_IsAnIncompleteList()
    {
        var warned = new FeedStatus { Warning = "2 executions could not be read" };
        var facts = FeedFacts.Next(Facts(warned), warned, null, "", Options, Noon.AddSeconds(20));
        Assert.Equal(Noon, facts.WarnedSince);
        Assert.Empty(BlindRules.Of(facts, Options, Noon.AddSeconds(29)));
        Assert.Equal((ProblemCause.ListIncomplete, "2 executions could not be read."), (Only(facts, Noon.AddSeconds(30)).Cause, Only(facts, Noon.AddSeconds(30)).Evidence[0].Text));
        Assert.Null(FeedFacts.Next(facts, new(), null, "", Options, Noon).WarnedSince);
    }

    [Theory]
    [InlineData(120.0, "The control plane's clock is 2 min ahead of the feed's.")]
    [InlineData(-31.0, "The control plane's clock is 31 s behind the feed's.")]
    [InlineData(1e300, "The control plane's clock is 9 y 363 d ahead of the feed's.")]
    public void Of_ClocksThatDiffer_SaysWhichWay(double seconds, string said)
    {
        var problem = Only(Facts(new() { ClockSkewSeconds = seconds, LastSuccessAt = Noon }), Noon);
        Assert.Equal((ProblemCause.ClockSkew, said), (problem.Cause, problem.Evidence[0].Text));
    }
}
