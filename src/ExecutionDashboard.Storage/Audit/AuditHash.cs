using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Storage.Audit;

/// <summary>
/// The hash of a row: SHA-256 over the hash of the row before, 32 bytes, and the row's columns in their order, each as its length in bytes, a colon, its text in UTF-8 and a comma
/// ("netstrings", so that no text can be mistaken for the end of its column). Numbers and ticks are decimal.
/// </summary>
internal static class AuditHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Bytes = 32;

    /// <summary>The hash of a row.</summary>
    /// <param name="previous">The hash of the row before; of the first row zeros.</param>
    /// <param name="columns">The columns as text.</param>
    public static byte[] Of(ReadOnlySpan<byte> previous, params ReadOnlySpan<string> columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        foreach (var column in columns) Append(hash, Encoding.UTF8.GetBytes(column));
        return hash.GetHashAndReset();
    }

    /// <summary>Adds a column.</summary>
    public static void Append(IncrementalHash hash, ReadOnlySpan<byte> column)
    {
        hash.AppendData(Encoding.ASCII.GetBytes(column.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(column);
        hash.AppendData(","u8);
    }
}
