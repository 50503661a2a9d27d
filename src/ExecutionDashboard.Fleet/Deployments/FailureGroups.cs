using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>Executions that failed for the same reason.</summary>
/// <param name="Reason">The message without its node-specific parts, secrets masked. Without a message, the state.</param>
/// <param name="ErrorCode">The error code of the details, secrets masked; empty when there is none.</param>
/// <param name="Count">Number of executions.</param>
/// <param name="NodeIds">Ids of their nodes, distinct and sorted.</param>
/// <param name="FirstSeen">Earliest last change among them, UTC.</param>
/// <param name="LastSeen">Latest last change among them, UTC.</param>
/// <param name="SampleExecutionId">The execution that changed last.</param>
public sealed record FailureGroup(
    string Reason, string ErrorCode, int Count, IReadOnlyList<string> NodeIds, DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, string SampleExecutionId)
{
    internal const string NoMessage = ", without a message";

    /// <summary>The executions say why.</summary>
    public bool HasMessage => !Reason.EndsWith(NoMessage, StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Equals(FailureGroup? other) =>
        other is not null && (Reason, ErrorCode, Count, FirstSeen, LastSeen, SampleExecutionId) == (other.Reason, other.ErrorCode, other.Count, other.FirstSeen, other.LastSeen, other.SampleExecutionId)
        && NodeIds.SequenceEqual(other.NodeIds);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reason, ErrorCode, Count, SampleExecutionId);
}

/// <summary>Groups failures by reason.</summary>
public static partial class FailureGroups
{
    private const int LongestMessage = 1000;

    /// <summary>Groups the failures of a deployment, counting the newest execution of each node.</summary>
    public static IReadOnlyList<FailureGroup> Of(Deployment deployment, FleetStore store) => Of(store.FailedExecutions(deployment));

    /// <summary>Groups the failed and lost executions, largest group first; other states are ignored.</summary>
    public static IReadOnlyList<FailureGroup> Of(IEnumerable<Execution> executions) => Of(executions, new(StringComparer.Ordinal));

    /// <summary>The same; <paramref name="reasons"/> holds the reasons of messages that were read before.</summary>
    internal static IReadOnlyList<FailureGroup> Of(IEnumerable<Execution> executions, Dictionary<string, string> reasons) =>
        [.. executions
            .Where(e => e.Actual.State.Known is KnownExecutionState.Failed or KnownExecutionState.Lost)
            .GroupBy(e => (Reason: ReasonOf(e, reasons), Code: CodeOf(e)))
            .Select(group => ToGroup(group.Key.Reason, group.Key.Code, [.. group]))
            .OrderByDescending(group => group.Count).ThenByDescending(group => group.LastSeen).ThenBy(group => group.Reason, StringComparer.Ordinal).ThenBy(group => group.ErrorCode, StringComparer.Ordinal)];

    /// <summary>
    /// Masks the secrets of a message and replaces what differs from node to node with <c>&lt;id&gt;</c>, <c>&lt;address&gt;</c>, <c>&lt;time&gt;</c>,
    /// <c>&lt;duration&gt;</c>, <c>&lt;text&gt;</c> (quoted) and <c>&lt;n&gt;</c>. Only the first 1,000 characters are used.
    /// </summary>
    public static string Normalise(string message)
    {
        // Mask first: a secret in which placeholders were put is not recognised any more.
        var text = ShownText.Of(message.Length > LongestMessage ? message[..LongestMessage] : message);
        text = Spaces().Replace(text.Trim(), " ");
        text = Time().Replace(text, "<time>");
        text = Id().Replace(text, "<id>");
        text = Quoted().Replace(text, match => match.Value.Contains(SecretMask.Hidden, StringComparison.Ordinal) ? match.Value : "<text>");
        text = Address().Replace(text, "<address>");
        text = NamedId().Replace(text, "${name}-<id>");
        text = Duration().Replace(text, "<duration>");
        return Number().Replace(text, "<n>");
    }

    internal static string CodeOf(Execution execution) => ShownText.Of(ErrorCodes.Of(execution));

    private static string ReasonOf(Execution execution, Dictionary<string, string> reasons)
    {
        var message = execution.Actual.Message;
        if (string.IsNullOrWhiteSpace(message)) return execution.Actual.State.Known == KnownExecutionState.Lost ? "Lost" + FailureGroup.NoMessage : "Failed" + FailureGroup.NoMessage;
        if (!reasons.TryGetValue(message, out var reason)) reasons[message] = reason = Normalise(message);
        return reason;
    }

    private static FailureGroup ToGroup(string reason, string code, Execution[] executions)
    {
        var seen = Array.ConvertAll(executions, e => e.UpdatedAt ?? e.CreatedAt);
        var sample = executions.OrderByDescending(e => e.UpdatedAt ?? e.CreatedAt).ThenBy(e => e.Id, StringComparer.Ordinal).First();
        string[] nodes = [.. executions.Select(e => e.NodeId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new(reason, code, executions.Length, nodes, seen.Min(), seen.Max(), sample.Id);
    }

    [GeneratedRegex("""\s+""", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex("""\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?|\b\d{2}:\d{2}:\d{2}(?:\.\d+)?\b(?!:)""", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    // A UUID, or a run of hexadecimal digits with at least one letter and one digit.
    [GeneratedRegex("""\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b(?:0x[0-9a-fA-F]+|(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,})\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    // A quoted text starts after a space or sign, so the apostrophe in "can't" starts none.
    [GeneratedRegex(""""
        "(?:[^"\\]|\\.)*"|(?<![\p{L}\p{N}])'(?:[^'\\]|\\.)*'(?![\p{L}\p{N}])|“[^”]*”|`[^`]*`
        """", RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quoted();

    [GeneratedRegex("""\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?\b|\[[0-9a-fA-F:]*:[0-9a-fA-F:]*\](?::\d{1,5})?|\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}|\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b|(?<=\b[a-z][a-z0-9+.\-]*://)[^\s"'<>,;)]+|\b(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}:\d{1,5}\b|\blocalhost:\d{1,5}\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    // A word followed by a part with a digit: exec-789xyz, node-edge-us-west-01.
    [GeneratedRegex("""\b(?<name>exec|execution|job|node|eval|deployment|dep|edge|pod|worker)-(?=[A-Za-z0-9_.\-]*\d)[A-Za-z0-9](?:[A-Za-z0-9_.\-]*[A-Za-z0-9])?\b""", RegexOptions.CultureInvariant)]
    private static partial Regex NamedId();

    [GeneratedRegex("""(?<![\p{L}\p{N}.])(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|h|m|s|d)){1,4}\b|(?<![\p{L}\p{N}.])\d+(?:\.\d+)? ?(?:nanoseconds?|microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|secs?|mins?)\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex("""(?<![\p{L}\p{N}])[-+]?\d+(?:[.,]\d+)*""", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
