using ExecutionDashboard.Fleet.Deployments;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>What keeps the dashboard from knowing: everything else may be wrong meanwhile without being named.</summary>
public static class BlindRules
{
    private const string Timeline = "timeline";

    /// <summary>The problems of not knowing, the nearest first: while the feed is gone, nothing is known of what is behind it.</summary>
    /// <param name="facts">What is known of it.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The time by this process's clock.</param>
    public static IReadOnlyList<Problem> Of(FeedFacts facts, AttentionOptions options, DateTimeOffset now)
    {
        if (facts.FeedLostSince is { } lost) return now - lost >= options.FeedLost ? [FeedLost(facts, lost)] : [];
        var (status, problems) = (facts.Status, new List<Problem>());
        if (status is { IsStandby: true, BlindSince: { } leaderless }) return now - leaderless >= options.FeedLost ? [NotLed(status, leaderless)] : [];
        if (status.LogRefusedSince is { } refused)
        {
            // What the log cannot take is not shown, so this is why nothing moves, whatever the control plane does.
            if (now - refused >= options.LogUnwritable) problems.Add(LogUnwritable(status, refused));
            return problems;
        }
        if (status.BlindSince is { } blind)
        {
            if (now - blind >= options.ControlPlaneUnreachable) problems.Add(ControlPlaneUnreachable(status, blind));
            return problems;
        }
        if (facts.WarnedSince is { } warned && now - warned >= options.ListIncomplete) problems.Add(ListIncomplete(status, warned));
        if (facts.SkewedSince is { } skewed) problems.Add(ClockSkew(status, skewed));
        return problems;
    }

    private static Problem FeedLost(FeedFacts facts, DateTimeOffset since) => new()
    {
        Id = ProblemCauses.CodeOf(ProblemCause.FeedLost), Cause = ProblemCause.FeedLost, Severity = ProblemSeverity.Critical, Since = since,
        Summary = "The feed is unreachable: pages show the last known state.",
        Evidence = [new(Sentence(facts.FeedProblem, "The feed is unreachable."), "computed", since), .. LastGood(facts.Status)],
        NextSteps = [new(StepAction.Open, Timeline, "Open the timeline", "Shows the last changes that were seen. Start the feed again, or check Feed:Url. Pages reconnect by themselves.")],
    };

    private static Problem NotLed(FeedStatus status, DateTimeOffset since) => new()
    {
        Id = ProblemCauses.CodeOf(ProblemCause.FeedLost), Cause = ProblemCause.FeedLost, Severity = ProblemSeverity.Critical, Since = since,
        Summary = "No feed watches the control plane: pages show the last known state.",
        Evidence = [new(Sentence(ShownText.Of(status.Problem), "No feed leads."), "change log", since), .. LastGood(status)],
        NextSteps = [new(StepAction.Open, Timeline, "Open the timeline", "Shows the last changes that were seen. Check the feeds, and their way to the database. A feed that stands by takes over by itself.")],
    };

    private static Problem ControlPlaneUnreachable(FeedStatus status, DateTimeOffset since) => new()
    {
        Id = ProblemCauses.CodeOf(ProblemCause.ControlPlaneUnreachable), Cause = ProblemCause.ControlPlaneUnreachable, Severity = ProblemSeverity.Critical, Since = since,
        Summary = "The control plane is unreachable: pages show the last known state.",
        Evidence =
        [
            new(Sentence(ShownText.Of(status.Problem), "The control plane is unreachable."), "computed", since),
            .. status.ControlPlane.Length > 0 ? (Evidence[])[new($"Address: {PlainText.Of(status.ControlPlane)}.", "computed")] : [], .. LastGood(status),
        ],
        NextSteps = [new(StepAction.Open, Timeline, "Open the timeline", "Shows the last changes that were seen. Check the control plane, the network to it, and ControlPlane:Token. The feed keeps trying.")],
    };

    private static Problem LogUnwritable(FeedStatus status, DateTimeOffset since) => new()
    {
        Id = ProblemCauses.CodeOf(ProblemCause.LogUnwritable), Cause = ProblemCause.LogUnwritable, Severity = ProblemSeverity.Critical, Since = since,
        Summary = "The change log cannot be written: new changes wait, and pages show the last stored state.",
        Evidence = [new(Sentence(ShownText.Of(status.Problem), "The change log refuses changes."), "change log", since), .. LastGood(status)],
        NextSteps = [new(StepAction.Open, Timeline, "Open the timeline", "Shows the last changes that were stored. Free space on the disk of Storage:ConnectionString, or let it write there; the changes that wait are stored then.")],
    };

    private static Problem ListIncomplete(FeedStatus status, DateTimeOffset since) => new()
    {
        Id = ProblemCauses.CodeOf(ProblemCause.ListIncomplete), Cause = ProblemCause.ListIncomplete, Severity = ProblemSeverity.Warning, Since = since,
        Summary = "Some of what the control plane sends cannot be read, so lists and counts are not complete.",
        Evidence = [new(Sentence(ShownText.Of(status.Warning), ""), "control plane", since)],
        NextSteps = [new(StepAction.Open, "executions", "Open the executions", "Shows what could be read. The log of the feed names the objects; a newer control plane may send what this version does not know.")],
    };

    private static Problem ClockSkew(FeedStatus status, DateTimeOffset since)
    {
        var seconds = status.ClockSkewSeconds ?? 0;
        var length = RolloutSummary.Length(TimeSpan.FromSeconds(Math.Min(Math.Abs(seconds), TimeSpan.FromDays(3650).TotalSeconds)));
        return new()
        {
            Id = $"{ProblemCauses.CodeOf(ProblemCause.ClockSkew)}/control-plane", Cause = ProblemCause.ClockSkew, Severity = ProblemSeverity.Warning, Since = since,
            Summary = $"The clocks of the control plane and of the feed differ by {length}.",
            Evidence = [new($"The control plane's clock is {length} {(seconds > 0 ? "ahead of" : "behind")} the feed's.", "computed", status.LastSuccessAt)],
            NextSteps = [new(StepAction.Open, Timeline, "Open the timeline", "Set both clocks by NTP. Ages are shown by the control plane's clock meanwhile, so they stay right; deadlines that people read off their own clock do not.")],
        };
    }

    private static IEnumerable<Evidence> LastGood(FeedStatus status)
    {
        if (status.LastSuccessAt is { } last) yield return new("The control plane last answered.", "control plane", last);
    }

    private static string Sentence(string text, string otherwise)
    {
        var said = text.Trim();
        return said.Length == 0 ? otherwise : said[^1] is '.' or '!' or '?' ? said : said + ".";
    }
}
