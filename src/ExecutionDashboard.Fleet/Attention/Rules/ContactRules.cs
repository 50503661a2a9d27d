using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Attention.Rules;

/// <summary>The rules of a node's connection.</summary>
internal static class ContactRules
{
    /// <summary>The control plane says that it does not hear from the node.</summary>
    public static bool IsUnreachable(Node node) =>
        node.Connection.Equals("disconnected", StringComparison.OrdinalIgnoreCase) || node.Connection.Equals("lost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Judges a node.</summary>
    /// <param name="number">Its number in the store.</param>
    /// <param name="node">The node.</param>
    /// <param name="observations">When it connected.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The moment.</param>
    public static Verdict<ContactFinding> Of(int number, Node node, FleetObservations observations, AttentionOptions options, long now)
    {
        var unreachable = IsUnreachable(node);
        var (flaps, due) = (0L, 0L);
        var connects = observations.ConnectsOf(node.Id);
        if (connects.Count >= options.FlappingConnects)
        {
            var first = connects[^options.FlappingConnects] + 1;
            if (now - first <= options.FlappingSpan.Ticks) (flaps, due) = (first, first + options.FlappingSpan.Ticks + 1);
        }
        return unreachable || flaps != 0 ? new(new ContactFinding(number, unreachable, unreachable ? Since(node) : 0, flaps), due) : default;
    }

    /// <summary>Whether what the rules of a node and of the executions on it look at is the same.</summary>
    public static bool IsSameContact(Node? one, Node? other) =>
        ReferenceEquals(one, other)
        || (one is not null && other is not null && one.Connection == other.Connection && one.ConnectedSince == other.ConnectedSince && one.DisconnectedSince == other.DisconnectedSince);

    private static long Since(Node node) => ExecutionTable.FromTime(node.DisconnectedSince ?? node.LastHeartbeat ?? node.UpdatedAt ?? node.CreatedAt);
}
