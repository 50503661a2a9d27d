namespace ExecutionDashboard.Fleet.Packing;

/// <summary>Rows in blocks of <see cref="PackedBlock.Nodes"/> and <see cref="PackedBlock.Executions"/>, and entities in those of <see cref="PackedBlock.Entities"/>.</summary>
public static class PackedRowFormat
{
    /// <summary>Writes a packed entity.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="key">Its key in the log.</param>
    /// <param name="last">Number of its newest change.</param>
    /// <param name="isUnlogged">Whether the log has an older heartbeat.</param>
    /// <param name="packed">The entity.</param>
    public static void Write(ref PackedWriter writer, long key, long last, bool isUnlogged, ReadOnlySpan<byte> packed)
    {
        writer.Number(key);
        writer.Number(isUnlogged ? ~last : last);
        writer.Number(packed.Length);
        writer.Bytes(packed);
    }

    /// <summary>Reads a packed entity.</summary>
    public static ReadOnlySpan<byte> Read(ref PackedReader reader, out long key, out long last, out bool isUnlogged)
    {
        (key, last) = (reader.Number(), reader.Number());
        isUnlogged = last < 0;
        if (isUnlogged) last = ~last;
        return reader.Bytes((int)reader.Number());
    }

    /// <summary>Writes an entity as JSON.</summary>
    public static void Write(ref PackedWriter writer, FleetKind kind, string id, long key, long last, ReadOnlySpan<byte> json)
    {
        writer.Number((int)kind);
        writer.Text(id);
        Write(ref writer, key, last, isUnlogged: false, json);
    }

    /// <summary>Reads an entity as JSON.</summary>
    public static ReadOnlySpan<byte> Read(ref PackedReader reader, out FleetKind kind, out string id, out long key, out long last)
    {
        (kind, id) = ((FleetKind)reader.Number(), reader.Text());
        return Read(ref reader, out key, out last, out _);
    }
}
