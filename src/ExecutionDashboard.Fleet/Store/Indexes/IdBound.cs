using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>An id to compare rows with; nothing needs to have it.</summary>
internal readonly record struct IdBound(UInt128 Key, string? Text)
{
    /// <summary>Before every id.</summary>
    public static IdBound First { get; } = new(default, "");

    public static IdBound Of(string id) => IdTable.TryParseUuid(id, out var key) ? new(key, null) : new(default, id);

    /// <summary>Order of a row's id against this one.</summary>
    public int CompareRow(UInt128 row, IdTable ids) =>
        Text is null && IdTable.IsUuid(row) ? row.CompareTo(Key) : string.CompareOrdinal(ids.Text(row), Text ?? ids.Text(Key));
}
