using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>An id to compare rows with; no row needs to have it.</summary>
internal readonly record struct IdBound(UInt128 Key, string? Text)
{
    /// <summary>Sorts before every id.</summary>
    public static IdBound First { get; } = new(default, "");

    public static IdBound Of(string id) => IdTable.TryParseUuid(id, out var key) ? new(key, null) : new(default, id);

    /// <summary>Compares a row's id with this one.</summary>
    public int CompareRow(UInt128 row, IdTable ids) =>
        Text is null && IdTable.IsUuid(row) ? row.CompareTo(Key) : string.CompareOrdinal(ids.Text(row), Text ?? ids.Text(Key));
}
