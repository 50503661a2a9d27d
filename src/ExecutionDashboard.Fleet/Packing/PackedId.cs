namespace ExecutionDashboard.Fleet.Packing;

/// <summary>The ids in packed entities.</summary>
public static class PackedId
{
    /// <summary>The packed form of an id, as it is in a packed entity. No other id begins with it.</summary>
    public static byte[] Of(string id)
    {
        var writer = new PackedWriter(new byte[64]);
        writer.Text(id);
        return writer.Written.ToArray();
    }

    /// <summary>The packed form of a packed entity's id.</summary>
    /// <param name="packed">The packed entity.</param>
    /// <param name="at">Where its id begins.</param>
    public static ReadOnlySpan<byte> In(ReadOnlySpan<byte> packed, int at)
    {
        var reader = new PackedReader(packed[at..]);
        reader.SkipText();
        return packed[at..^reader.Left];
    }
}
