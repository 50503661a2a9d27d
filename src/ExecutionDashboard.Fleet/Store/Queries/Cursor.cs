using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>The end of a page: sort key and id of its last row, valid for one sort.</summary>
internal readonly record struct Cursor(ulong Key, IdBound Id)
{
    private const char Separator = '\n';

    public static string Write(ExecutionQuery query, SortKeys keys, ExecutionTable table, int row)
    {
        // Ids and keys may contain any character, so the length of the id is written too.
        var id = table.IdOf(row);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Order(query)}{Separator}{id.Length}{Separator}{id}{keys.Text(row)}"));
    }

    /// <summary>Reads a cursor for the query's sort; null when invalid.</summary>
    public static Cursor? Read(string? text, ExecutionQuery query, SortKeys keys)
    {
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator, 3);
        if (parts.Length < 3 || parts[0] != Order(query)) return null;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > parts[2].Length) return null;
        return keys.TryRead(parts[2][length..], out var key) ? new Cursor(key, IdBound.Of(parts[2][..length])) : null;
    }

    private static string Order(ExecutionQuery query) => (query.Ascending ? "+" : "-") + (int)query.Sort;
}
