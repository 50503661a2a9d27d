using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The nodes, packed. They have slots of their own, because their keys in the log are far apart.</summary>
internal sealed class NodeRows(NodePacking packing) : PackedRows<Node>(FleetKind.Node, n => n.Id, FleetChange.Of, packing)
{
    private long _lastSlot;

    /// <summary>Sets a value that is not in the log, if the node is known.</summary>
    public void PutUnlogged(Node value, long commit) => Replace(SlotOf(value.Id), value, commit);

    protected override long SlotFor(Node value, Place place) => SlotOf(value.Id) is > 0 and var slot ? slot : ++_lastSlot;

    // A node that was removed and came back while a snapshot was written may be in it twice.
    protected override long SlotFor(PackedRow row) => SlotOf(PackedId.In(row.Packed, packing.IdAt)) is > 0 and var slot ? slot : ++_lastSlot;
}
