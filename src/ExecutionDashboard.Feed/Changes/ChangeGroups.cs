using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Changes;

/// <summary>Sorts changes into sections and groups, and names some of each.</summary>
/// <param name="changes">The log.</param>
/// <param name="by">What they are grouped by.</param>
/// <param name="labelsOf">The labels of a node as they are now; null for one that is not there any more.</param>
/// <param name="cancel">Cancels the query.</param>
internal sealed class ChangeGroups(LoggedChanges changes, ChangeGrouping by, Func<string, IReadOnlyDictionary<string, string>?> labelsOf, CancellationToken cancel)
{
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _values = [];
    private IReadOnlyDictionary<long, string> _messages = new Dictionary<long, string>();

    /// <summary>The sections that are not empty, in the order of their kinds.</summary>
    public IReadOnlyList<ChangeSection> Of(IEnumerable<PlaceChange> all)
    {
        var sections = all.GroupBy(change => change.Kind).OrderBy(section => section.Key).Select(section => section.ToList()).ToList();
        if (by == ChangeGrouping.Cause) _messages = changes.MessagesOf(sections.SelectMany(section => section).Where(change => change.Error == 0).Select(change => change.CauseSequence), cancel);
        var grouped = sections.ConvertAll(section => (
            Kind: section[0].Kind, section.Count,
            Groups: section.GroupBy(NameOf).Select(group => (Name: group.Key, Members: group.ToList()))
                .OrderByDescending(group => group.Members.Count).ThenBy(group => group.Name, StringComparer.Ordinal).ToList()));
        var named = grouped.SelectMany(section => section.Groups.Take(FleetChanges.MostGroups)).SelectMany(group => Named(group.Members)).ToList();
        if (by != ChangeGrouping.Cause) _messages = changes.MessagesOf(named.Where(change => change.Error == 0).Select(change => change.CauseSequence), cancel);
        var ids = changes.IdsOf(named.Where(change => change.Job != 0).Select(change => change.Entity), cancel);
        return [.. grouped.Select(section => new ChangeSection(section.Kind, section.Count,
            [.. section.Groups.Take(FleetChanges.MostGroups).Select(group => new ChangeGroup(group.Name, group.Members.Count, [.. Named(group.Members).Select(change => Thing(change, ids))]))],
            section.Groups.Count))];
    }

    private static IEnumerable<PlaceChange> Named(List<PlaceChange> members) => members.OrderByDescending(change => change.At).ThenBy(change => change.Entity).Take(FleetChanges.MostNamed);

    private ChangedThing Thing(PlaceChange change, IReadOnlyDictionary<long, string> ids) => new()
    {
        ExecutionId = change.Job != 0 ? ids.GetValueOrDefault(change.Entity, "") : "",
        NodeId = changes.TextOf(change.Node), JobId = changes.TextOf(change.Job), FromVersion = change.FromVersion, ToVersion = change.ToVersion, State = changes.TextOf(change.State),
        Cause = change.CauseSequence > 0 ? CauseOf(change) : "", At = change.At, SeenAt = change.Seen,
    };

    // Nodes have no job: they are grouped by cause then, and changes without a failure by job.
    private string NameOf(PlaceChange change) =>
        by.LabelKey is { Length: > 0 } label ? ValueOf(change.Node, label)
        : change.Job != 0 && (by == ChangeGrouping.Job || change.CauseSequence == 0) ? changes.TextOf(change.Job)
        : change.CauseSequence > 0 && by == ChangeGrouping.Cause ? CauseOf(change) : "";

    private string CauseOf(PlaceChange change)
    {
        if (change.Error != 0) return ShownText.Of(changes.TextOf(change.Error));
        var message = _messages.GetValueOrDefault(change.CauseSequence, "");
        if (string.IsNullOrWhiteSpace(message)) return "";
        if (!_reasons.TryGetValue(message, out var reason)) _reasons[message] = reason = FailureGroups.Normalise(message);
        return reason;
    }

    private string ValueOf(long node, string label)
    {
        if (_values.TryGetValue(node, out var known)) return known;
        return _values[node] = labelsOf(changes.TextOf(node))?.GetValueOrDefault(label, "") ?? "";
    }
}
