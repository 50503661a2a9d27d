using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Feed.Problems;

/// <summary>Whether what was sent about problems can be taken. Each gives why not, for people; null when it can.</summary>
internal static class ProblemChecks
{
    public static string? Of(ProblemReport report)
    {
        if (string.IsNullOrWhiteSpace(report.Reporter) || report.Reporter.Length > ProblemLimits.Name) return $"reporter must be a name of 1 to {ProblemLimits.Name} characters.";
        if (report.Open is null) return "open is missing: send all open problems.";
        if (report.Open.Count > ProblemLimits.Open) return $"open has {report.Open.Count} problems: at most {ProblemLimits.Open} are taken.";
        var ids = new HashSet<string>(report.Open.Count, StringComparer.Ordinal);
        foreach (var problem in report.Open)
        {
            if (problem is null) return "open has a problem that is null.";
            if (problem.Id is not { Length: > 0 and <= ProblemLimits.Id } id) return $"A problem has no id, or one of more than {ProblemLimits.Id} characters.";
            if (HasGaps(problem.Subjects) || HasGaps(problem.Evidence) || HasGaps(problem.NextSteps)) return $"The problem '{id}' has a subject, a fact or a step that is null.";
            if (!ids.Add(id)) return $"open has the problem '{id}' twice.";
            if (Texts(problem).Any(text => text is null or { Length: > ProblemLimits.Text })) return $"The problem '{id}' has a text that is missing, or has more than {ProblemLimits.Text} characters.";
            if (problem.Subjects.Count > Problem.MostSubjects) return $"The problem '{id}' has {problem.Subjects.Count} subjects: at most {Problem.MostSubjects} are taken.";
            if (problem.Evidence.Count + problem.NextSteps.Count > ProblemLimits.Facts) return $"The problem '{id}' has more than {ProblemLimits.Facts} facts and next steps.";
            if (problem.Executions < 0 || problem.Nodes < 0) return $"The problem '{id}' concerns fewer than no executions or nodes.";
        }
        return null;
    }

    public static string? Of(AcknowledgeRequest request, DateTimeOffset now) =>
        Name(request.By)
        ?? (request.Until is not { } until ? null
            : until <= now ? $"until is {until:O}: it must be later than now, {now:O}."
            : until - now > ProblemLimits.Acknowledged ? $"until is {until:O}: it must be within {ProblemLimits.Acknowledged.TotalDays:0} days."
            : null);

    public static string? Of(CommentRequest comment) =>
        Name(comment.By)
        ?? (string.IsNullOrWhiteSpace(comment.Text) ? "text is missing." : comment.Text.Length > ProblemLimits.Comment ? $"text has {comment.Text.Length} characters: at most {ProblemLimits.Comment} are taken." : null);

    public static string? Name(string? by) =>
        string.IsNullOrWhiteSpace(by) ? "by is missing: say who it is." : by.Length > ProblemLimits.Name ? $"by has {by.Length} characters: at most {ProblemLimits.Name} are taken." : null;

    // What the JSON says is null, whatever the types say.
    private static bool HasGaps<T>(IReadOnlyList<T>? list) where T : class => list is null || list.Any(item => item is null);

    private static IEnumerable<string?> Texts(Problem problem) =>
        ((string?[])[problem.Summary, problem.JobId, problem.DeploymentId, problem.Address])
        .Concat(problem.Subjects.SelectMany(s => (string?[])[s.Id, s.Name]))
        .Concat(problem.Evidence.SelectMany(e => (string?[])[e.Text, e.Source, e.Address]))
        .Concat(problem.NextSteps.SelectMany(s => (string?[])[s.Target, s.Text, s.Consequence]));
}
