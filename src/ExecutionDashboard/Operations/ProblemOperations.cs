using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Operations;

/// <summary>Acknowledges problems and comments on them. Where people sign in, it is in their name, and needs the role operator.</summary>
public sealed class ProblemOperations(ProblemClient feed, CommandRights rights, ICurrentUser user)
{
    /// <summary>Who does it; empty where nobody signs in and people say themselves who they are.</summary>
    public string SignedInAs => user.Now.Name;

    /// <summary>Why the user may not; empty when the user may.</summary>
    public string WhyNot => rights.WhyNot(AccessRole.Operator);

    /// <summary>See <see cref="ProblemClient.AcknowledgeAsync"/>.</summary>
    public Task<string?> AcknowledgeAsync(string id, string by, DateTimeOffset? until, CancellationToken cancel = default) => SendAsync(by, name => feed.AcknowledgeAsync(id, name, until, cancel), cancel);

    /// <summary>See <see cref="ProblemClient.UnacknowledgeAsync"/>.</summary>
    public Task<string?> UnacknowledgeAsync(string id, string by, CancellationToken cancel = default) => SendAsync(by, name => feed.UnacknowledgeAsync(id, name, cancel), cancel);

    /// <summary>See <see cref="ProblemClient.CommentAsync"/>.</summary>
    public Task<string?> CommentAsync(string id, string by, string text, CancellationToken cancel = default) => SendAsync(by, name => feed.CommentAsync(id, name, text, cancel), cancel);

    private async Task<string?> SendAsync(string by, Func<string, Task<string?>> send, CancellationToken cancel) =>
        await rights.WhyNotAsync(AccessRole.Operator, cancel) is { Length: > 0 } why ? why : await send(SignedInAs.Length > 0 ? SignedInAs : by);
}
