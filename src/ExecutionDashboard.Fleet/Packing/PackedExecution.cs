using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Packing;

/// <summary>
/// What is in a packed execution, without an object or a text: numbers of <see cref="SharedParts"/>, keys of UUIDs, times as the store has them. The layout is that of
/// <see cref="ExecutionPacking"/>.
/// </summary>
internal ref struct PackedExecution
{
    public UInt128 Id, Previous, Next;
    public int Job, Deployment, Type, Version, Namespace, Node, Spec, Desired, Actual;
    public long Revision, Created, Updated, Stable;

    /// <summary>The id of the evaluation, as it is packed.</summary>
    public ReadOnlySpan<byte> Evaluation;

    /// <summary>Reads it. False for one that has details, texts that are not shared, or ids that are no UUIDs: it is unpacked instead.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packed, out PackedExecution execution)
    {
        execution = default;
        var reader = new PackedReader(packed);
        (execution.Job, execution.Deployment) = (reader.Fixed(), reader.Fixed());
        if (execution.Job < 0 || execution.Deployment < 0 || !reader.TryKey(out execution.Id)) return false;
        if (!TryShared(ref reader, out execution.Type)) return false;
        execution.Version = (int)reader.Number();
        if (!TryShared(ref reader, out execution.Namespace) || !TryShared(ref reader, out execution.Node)) return false;
        var before = reader.Left;
        reader.SkipText();
        execution.Evaluation = packed[^before..^reader.Left];
        if (!TryShared(ref reader, out execution.Spec)) return false;
        (execution.Desired, execution.Actual) = ((int)reader.Number(), 0);
        if (execution.Desired <= 0) return false;
        execution.Actual = (int)reader.Number();
        if (execution.Actual <= 0 || reader.Number() != 0 || !reader.TryKey(out execution.Previous) || !reader.TryKey(out execution.Next)) return false;
        execution.Revision = reader.Number();
        execution.Created = ExecutionTable.FromTime(reader.Time());
        execution.Updated = ExecutionTable.FromTime(reader.Time());
        execution.Stable = ExecutionTable.FromTime(reader.Time());
        return true;
    }

    private static bool TryShared(ref PackedReader reader, out int number) => (number = (int)reader.Number()) >= 0;
}
