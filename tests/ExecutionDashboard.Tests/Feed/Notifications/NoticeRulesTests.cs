using CsCheck;
using ExecutionDashboard.Feed.Notifications;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Notifications;
using ExecutionDashboard.Storage.Problems;
using ExecutionDashboard.Tests.Feed.Problems;

namespace ExecutionDashboard.Tests.Feed.Notifications;

/// <summary>When what is told of a problem.</summary>
public sealed class NoticeRulesTests
{
    private static readonly DateTimeOffset Noon = ProblemRig.Noon;
    private static readonly NotificationTarget Target = new() { Name = "ops", Url = new Uri("https://hooks.example.com/") };
    private static readonly NotificationTarget Night = Target with { QuietHours = new QuietHours(new TimeOnly(12, 0), new TimeOnly(14, 0), TimeZoneInfo.Utc) };

    [Fact]
    public void Of_NewProblem_IsToldAfterTheWindowAndMayGoAlongBefore()
    {
        var decision = NoticeRules.Of(Target, Problem(), null, Noon);

        Assert.Equal(new Decision(NoticeKind.Opened, Noon, Noon.AddSeconds(5)), decision);
    }

    [Fact]
    public void Of_ProblemThatIsNotChosen_IsNotTold()
    {
        Assert.Equal(default, NoticeRules.Of(Target, Problem(ProblemSeverity.Notice), null, Noon));
        Assert.Equal(default, NoticeRules.Of(Target with { Causes = new HashSet<ProblemCause> { ProblemCause.Outage } }, Problem(), null, Noon));
        Assert.True(NoticeRules.Of(Target, Problem(ProblemSeverity.Notice, resolved: 60), null, Noon).IsOver);
    }

    [Fact]
    public void Of_AcknowledgedProblem_IsNotToldUntilItOutgrowsThat()
    {
        var problem = Problem(told: Told(nodes: 10), nodes: 100, acknowledged: true);
        Assert.Equal(default, NoticeRules.Of(Target, problem, null, Noon.AddHours(1)));

        problem.Take(Problem(nodes: 100).Occurrence, Noon);

        Assert.True(problem.OutgrewAcknowledgement);
        Assert.Equal(NoticeKind.Worsened, NoticeRules.Of(Target, problem, null, Noon).Kind);
    }

    [Fact]
    public void Of_HigherSeverity_IsToldAtOnce() =>
        Assert.Equal(new Decision(NoticeKind.Worsened, Noon, Noon), NoticeRules.Of(Target, Problem(ProblemSeverity.Critical, told: Told()), Noon, Noon));

    [Fact]
    public void Of_OutageThatGrowsTo5000Nodes_IsToldAgainAfterAWhileAndOnlyWhenItDoubled()
    {
        Assert.Equal(default, NoticeRules.Of(Target, Problem(told: Told(nodes: 2_501), nodes: 5_000), Noon, Noon));
        Assert.Equal(new Decision(NoticeKind.Worsened, Noon + NoticeRules.Hold, Noon + NoticeRules.Hold), NoticeRules.Of(Target, Problem(told: Told(nodes: 2_500), nodes: 5_000), Noon, Noon));
    }

    [Fact]
    public void Of_ProblemThatIsBackSoon_IsHeldBack() =>
        Assert.Equal(new Decision(NoticeKind.Opened, Noon.AddMinutes(4), Noon.AddMinutes(4)), NoticeRules.Of(Target, Problem(), Noon.AddMinutes(-1), Noon));

    [Fact]
    public void Of_ProblemThatCameAndWentUntold_IsToldUnlessItWasShortOrComesAndGoes()
    {
        Assert.True(NoticeRules.Of(Target, Problem(resolved: 4), null, Noon.AddHours(1)).IsOver);
        Assert.True(NoticeRules.Of(Target, Problem(resolved: 60), Noon.AddMinutes(-1), Noon.AddHours(1)).IsOver);
        Assert.Equal(NoticeKind.Resolved, NoticeRules.Of(Target, Problem(resolved: 60), null, Noon.AddHours(1)).Kind);
    }

    [Fact]
    public void Of_QuietHours_HoldBackAllButWhatPasses()
    {
        var end = Noon.AddHours(2);
        Assert.Equal(new Decision(NoticeKind.Opened, end, end), NoticeRules.Of(Night, Problem(), null, Noon));
        Assert.Equal(Noon, NoticeRules.Of(Night, Problem(ProblemSeverity.Critical), null, Noon).From);
        Assert.Equal(end, NoticeRules.Of(Night with { QuietSeverity = null }, Problem(ProblemSeverity.Critical), null, Noon).From);
        // Who was told that it is critical is told that it is over.
        Assert.Equal(Noon, NoticeRules.Of(Night, Problem(told: Told(ProblemSeverity.Critical), resolved: 60), null, Noon).From);
        Assert.Equal(end, NoticeRules.Of(Night, Problem(told: Told(), resolved: 60), null, Noon).From);
    }

    [Fact]
    public void Of_AnyStory_TellsEachBeginningOnceEachEndOnceAndNeverStorms() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 400], Gen.Int[1, 40]).Sample((states, step) =>
        {
            // 0: gone; 1 to 3: open with this severity.
            var (now, last, open, key) = (Noon, (DateTimeOffset?)null, (Followed?)null, 0L);
            var followed = new List<Followed>();
            var told = new List<(DateTimeOffset At, NoticeKind Kind, ProblemSeverity Severity, long Key)>();
            foreach (var state in states.Append(0))
            {
                if (state > 0 && open is null) followed.Add(open = new Followed(At(++key, state, now, now), null));
                else if (open is not null)
                {
                    open.Take(At(key, state, open.Occurrence.Record.OpenedAt, now), now);
                    if (state == 0) open = null;
                }
                Tell();
                now = now.AddSeconds(step);
            }
            now = now.AddHours(1);
            Tell();

            Assert.Empty(followed);
            foreach (var one in told.GroupBy(t => t.Key))
            {
                Assert.True(one.Count(t => t.Kind == NoticeKind.Opened) <= 1);
                Assert.Equal(NoticeKind.Resolved, one.Last().Kind);
                Assert.Equal(1, one.Count(t => t.Kind == NoticeKind.Resolved));
                // Within one time each worsening is to a higher severity than was told before.
                Assert.Equal(one.Where(t => t.Kind != NoticeKind.Resolved).Select(t => t.Severity).Distinct().Order(), one.Where(t => t.Kind != NoticeKind.Resolved).Select(t => t.Severity));
            }
            // Of one problem: a beginning, two worsenings and an end between two holds.
            foreach (var (at, _, _, _) in told) Assert.True(told.Count(t => t.At >= at && t.At < at + NoticeRules.Hold) <= 5);

            void Tell()
            {
                foreach (var one in followed.ToArray())
                {
                    var decision = NoticeRules.Of(Target, one, last, now);
                    if (decision.IsOver) followed.Remove(one);
                    if (decision.Kind is not { } kind || decision.Due > now) continue;
                    told.Add((now, kind, one.Occurrence.Problem.Severity, one.Occurrence.Key));
                    one.Told = new Told(ProblemWeight.Of(one.Occurrence.Problem), now);
                    last = now;
                    if (kind == NoticeKind.Resolved) followed.Remove(one);
                }
            }
        }, iter: 200);

    [Fact]
    public void Pace_ManyAtOnce_IsAFewAndThenOneAMinute()
    {
        var pace = new MessagePace();
        for (var i = 0; i < MessagePace.Burst; i++)
        {
            Assert.Equal(Noon, pace.NextAt(Noon));
            pace.Take(Noon);
        }

        Assert.Equal(Noon.AddMinutes(1), pace.NextAt(Noon));
        pace.Take(Noon.AddMinutes(1));
        Assert.Equal(Noon.AddMinutes(2), pace.NextAt(Noon.AddMinutes(1)));
        Assert.Equal(Noon.AddHours(1), pace.NextAt(Noon.AddHours(1)));
        // After the clock was set back nobody waits for what it showed before.
        Assert.Equal(Noon.AddDays(-1), pace.NextAt(Noon.AddDays(-1)));
    }

    [Fact]
    public void RetryPause_FailureAfterFailure_GrowsToFiveMinutesAndIsNeverLessThanAskedFor()
    {
        var pause = new RetryPause(() => 0.5);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], Enumerable.Range(0, 11).Select(_ => pause.Next(null).TotalSeconds));
        Assert.Equal(TimeSpan.FromMinutes(10), pause.Next(TimeSpan.FromMinutes(10)));
        pause.Reset();
        Assert.Equal(TimeSpan.FromSeconds(1), pause.Next(TimeSpan.Zero));
    }

    private static Occurrence At(long key, int state, DateTimeOffset opened, DateTimeOffset now) => new(key, new ProblemRecord
    {
        Problem = ProblemRig.Problem("a", (ProblemSeverity)Math.Max(0, state - 1)), OpenedAt = opened, ResolvedAt = state == 0 ? now : null,
    });

    private static Told Told(ProblemSeverity severity = ProblemSeverity.Warning, int nodes = 1) => new(new ProblemWeight(severity, nodes, nodes), Noon);

    private static Followed Problem(ProblemSeverity severity = ProblemSeverity.Warning, Told? told = null, int nodes = 1, int? resolved = null, bool acknowledged = false) => new(new Occurrence(1, new ProblemRecord
    {
        Problem = ProblemRig.Problem("a", severity, nodes), OpenedAt = Noon, ResolvedAt = resolved is { } after ? Noon.AddSeconds(after) : null,
        Acknowledgement = acknowledged ? new Acknowledgement("Ann", Noon, null) : null,
    }, new ProblemWeight(severity, 10, 10)), told);
}
