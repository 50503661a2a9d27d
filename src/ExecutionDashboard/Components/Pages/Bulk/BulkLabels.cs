using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Components.Pages.Bulk;

/// <summary>Texts of bulk runs on the screen.</summary>
public static class BulkLabels
{
    /// <summary>The phases with an outcome or on the way, in the order of the screen.</summary>
    public static IReadOnlyList<BulkPhase> Phases { get; } =
        [BulkPhase.Conflict, BulkPhase.Refused, BulkPhase.NotSeen, BulkPhase.Sent, BulkPhase.Accepted, BulkPhase.Seen, BulkPhase.Skipped, BulkPhase.Canceled, BulkPhase.Waiting];

    /// <summary>Path of the list.</summary>
    public const string Path = "bulk";

    private const string Folder = "bulk/";

    /// <summary>Address of a run.</summary>
    public static string Address(string id) => IdAddress.Of(Folder, id);

    /// <summary>The id in an address; null for another page.</summary>
    public static string? IdIn(string address) => IdAddress.In(Folder, address);

    /// <summary>Address of a run as a file.</summary>
    /// <param name="format"><c>csv</c> or <c>json</c>.</param>
    /// <param name="id">The run.</param>
    public static string ExportAddress(string format, string id) => $"export/bulk.{format}?run={Uri.EscapeDataString(id)}";

    /// <summary>What a run does, as a verb.</summary>
    public static string Verb(BulkAction action) => action == BulkAction.RerunJobs ? "Rerun" : "Stop";

    /// <summary>What its items are.</summary>
    public static string Noun(BulkAction action) => action == BulkAction.StopExecutions ? "execution" : "job";

    /// <summary>What it does to how many: <c>Stop 12 executions</c>.</summary>
    public static string Title(BulkAction action, int items) => $"{Verb(action)} {Format.Count(items, Noun(action))}";

    /// <summary>Label of a state.</summary>
    public static string State(BulkState state) => state switch
    {
        BulkState.AwaitingApproval => "awaiting approval",
        BulkState.NotApproved => "not approved",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>Its class.</summary>
    public static string Css(BulkState state) => state.ToString().ToLowerInvariant();

    /// <summary>Label of a phase.</summary>
    public static string Phase(BulkPhase phase, BulkAction action) => (phase, action) switch
    {
        (BulkPhase.Sent, _) => "sent, no answer yet",
        (BulkPhase.Accepted, _) => "accepted",
        (BulkPhase.Seen, BulkAction.RerunJobs) => "rerun",
        (BulkPhase.Seen, _) => "stop in effect",
        (BulkPhase.Skipped, _) => "nothing to do",
        (BulkPhase.NotSeen, _) => "not seen",
        _ => phase.ToString().ToLowerInvariant(),
    };

    /// <summary>Label of the outcome of an item: a stop is told as stopped only where the state that was seen says so.</summary>
    public static string Outcome(BulkItem item, BulkAction action) =>
        item is { Phase: BulkPhase.Seen, Note: "stopped" or "gone" or "deleted" } && action != BulkAction.RerunJobs ? "stopped" : Phase(item.Phase, action);

    /// <summary>Its class.</summary>
    public static string Css(BulkPhase phase) => "bp-" + phase.ToString().ToLowerInvariant();

    /// <summary>How many items have a phase.</summary>
    public static int Count(BulkCounts counts, BulkPhase phase) => phase switch
    {
        BulkPhase.Waiting => counts.Waiting,
        BulkPhase.Sent => counts.Sent,
        BulkPhase.Accepted => counts.Accepted,
        BulkPhase.Seen => counts.Seen,
        BulkPhase.Skipped => counts.Skipped,
        BulkPhase.Conflict => counts.Conflict,
        BulkPhase.Refused => counts.Refused,
        BulkPhase.NotSeen => counts.NotSeen,
        _ => counts.Canceled,
    };

    /// <summary>The wave it is at: <c>2 of 7</c>.</summary>
    public static string Wave(BulkRun run) => $"{Format.Count(Math.Min(run.Wave + 1, run.Waves))} of {Format.Count(run.Waves)}";

    /// <summary>The failures against the limit.</summary>
    public static string Failures(BulkRun run) => $"{Format.Count(run.Counts.Failed)} (limit {Format.Count(run.FailureLimit)})";

    /// <summary>The counts as a sentence, for screen readers.</summary>
    public static string Words(BulkRun run) =>
        string.Join(", ", Phases.Where(p => Count(run.Counts, p) > 0).Select(p => $"{Format.Count(Count(run.Counts, p))} {Phase(p, run.Action)}"));

    /// <summary>Who, for people.</summary>
    public static string By(string name) => name.Length > 0 ? name : "somebody";
}
