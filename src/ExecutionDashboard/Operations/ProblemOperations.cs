using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Operations;

/// <summary>Acknowledges problems and comments on them. Where people sign in, it is in their name, and needs the role operator.</summary>
public sealed class ProblemOperations(ProblemClient feed, Problems problems, CommandRights rights, ICurrentUser user, AuditDoor audit)
{
    /// <summary>Who does it; empty where nobody signs in and people say themselves who they are.</summary>
    public string SignedInAs => user.Now.Name;

    /// <summary>Why the user may not; empty when the user may.</summary>
    public string WhyNot => rights.WhyNot(AccessRole.Operator);

    /// <summary>See <see cref="ProblemClient.AcknowledgeAsync"/>.</summary>
    public Task<string?> AcknowledgeAsync(string id, string by, DateTimeOffset? until, CancellationToken cancel = default) => SendAsync(AuditActions.Acknowledge, id, by, until is { } end ? FormattableString.Invariant($"until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "", name => feed.AcknowledgeAsync(id, name, until, cancel), cancel);

    /// <summary>See <see cref="ProblemClient.UnacknowledgeAsync"/>.</summary>
    public Task<string?> UnacknowledgeAsync(string id, string by, CancellationToken cancel = default) => SendAsync(AuditActions.Unacknowledge, id, by, "", name => feed.UnacknowledgeAsync(id, name, cancel), cancel);

    /// <summary>See <see cref="ProblemClient.CommentAsync"/>.</summary>
    public Task<string?> CommentAsync(string id, string by, string text, CancellationToken cancel = default) => SendAsync(AuditActions.Comment, id, by, text, name => feed.CommentAsync(id, name, text, cancel), cancel);

    private async Task<string?> SendAsync(string action, string id, string by, string text, Func<string, Task<string?>> send, CancellationToken cancel)
    {
        var target = new AuditTarget(AuditTarget.Problem, id, problems.Open.FirstOrDefault(open => open.Problem.Id == id)?.Problem.Summary ?? "");
        var why = await rights.WhyNotAsync(AccessRole.Operator, cancel);
        var name = SignedInAs.Length > 0 ? SignedInAs : by;
        // Who does not sign in says who it is: that is no proof, and stands beside the address.
        var said = SignedInAs.Length > 0 ? text : $"as \"{by}\"{(text.Length > 0 ? $": {text}" : "")}";
        if (why.Length > 0)
        {
            audit.Refused(action, target, "", said, why);
            return why;
        }
        var act = await audit.AskAsync(action, target, "", said, cancel);
        if (act.Problem.Length > 0) return act.Problem;
        var problem = await send(name);
        if (problem is null) act.Done();
        else act.Failed(problem);
        return problem;
    }
}
