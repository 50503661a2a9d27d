using System.Globalization;
using System.Security.Cryptography;
using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Storage.Audit;

/// <summary>Reads the whole audit and finds the first row that is not as it was stored.</summary>
internal static class AuditVerification
{
    private static readonly string[] Hashed = ["number", "stored", "at", "act", "outcome", "who", "role", "address", "action", "kind", "target", "name", "numbers", "reason", "answer"];

    /// <summary>Verifies the audit, beside a running feed or without one.</summary>
    /// <param name="session">A session that reads.</param>
    /// <param name="head">A head that was noted earlier, as <c>number:hash</c>; null to trust its own end.</param>
    /// <exception cref="System.Data.Common.DbException">It cannot be read, or there is none.</exception>
    /// <exception cref="FormatException">The head is none.</exception>
    public static AuditVerdict Of(Session session, string? head)
    {
        var wanted = head is null ? null : ParseHead(head);
        using var transaction = session.BeginRead();
        if (Anchor(session) is not { } anchor) return new(1, "The anchor of the audit is missing, or there is more than one.", "");
        // As bytes: a text that was made a number, or has something behind a zero character, is not what it was.
        using var rows = session.Prepare($"SELECT number, hash, {string.Join(", ", Hashed.Select(column => session.BytesOf(column)))} FROM audit ORDER BY number");
        var end = anchor;
        var isAnchored = anchor.Number == 0;
        while (rows.Read())
        {
            var number = rows.Long(0);
            if (number != end.Number + 1) return new(end.Number + 1, $"Row {end.Number + 1} is missing: row {number} follows row {end.Number}.", "");
            var hash = HashOf(end.Hash, rows);
            if (!rows.Blob(1).SequenceEqual(hash)) return new(number, $"Row {number} does not match its hash: it was edited, inserted or moved, or the row before it was replaced.", "");
            end = new(number, 0, hash);
            if (wanted is not null && wanted.Number == number && !wanted.Hash.AsSpan().SequenceEqual(hash)) return new(number, $"Row {number} is not the one of the head given: it, or a row before it, was replaced and the chain made anew.", "");
            isAnchored |= Text(rows, "action") == AuditActions.Prune && Text(rows, "target") == anchor.ToString();
        }
        if (!isAnchored) return new(anchor.Number, $"Row {anchor.Number} is missing: the audit begins after it, and no row says that the retention deleted the rows up to it.", "");
        if (wanted is not null && wanted.Number > end.Number) return new(end.Number + 1, $"Row {end.Number + 1} is missing: the audit ends with row {end.Number}, and the head given is of row {wanted.Number}.", "");
        if (wanted is not null && (wanted.Number < anchor.Number || (wanted.Number == anchor.Number && !wanted.Hash.AsSpan().SequenceEqual(anchor.Hash))))
            return new(wanted.Number, wanted.Number < anchor.Number ? $"The head given is of row {wanted.Number}, which the retention has deleted: give a later one." : $"Row {wanted.Number} is not the one of the head given.", "");
        return new(0, end.Number == anchor.Number ? "The audit is unbroken. It has no rows." : $"The audit is unbroken: rows {anchor.Number + 1} to {end.Number}.", end.ToString());
    }

    private static AuditHead? Anchor(Session session)
    {
        using var statement = session.Prepare("SELECT number, hash FROM audit_anchor");
        if (!statement.Read()) return null;
        var anchor = new AuditHead(statement.Long(0), 0, statement.Blob(1).ToArray());
        return statement.Read() || anchor.Hash.Length != AuditHash.Bytes || (anchor.Number == 0 && anchor.Hash.AsSpan().ContainsAnyExcept((byte)0)) ? null : anchor;
    }

    private static byte[] HashOf(byte[] previous, Statement row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        for (var i = 0; i < Hashed.Length; i++) AuditHash.Append(hash, row.Blob(2 + i));
        return hash.GetHashAndReset();
    }

    private static string Text(Statement row, string column) => System.Text.Encoding.UTF8.GetString(row.Blob(2 + Array.IndexOf(Hashed, column)));

    private static AuditHead ParseHead(string head) =>
        head.Trim().Split(':') is [var number, { Length: AuditHash.Bytes * 2 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && hash.All(char.IsAsciiHexDigit)
            ? new(parsed, 0, Convert.FromHexString(hash))
            : throw new FormatException($"'{head}' is no head: give a row's number, a colon and its hash of {AuditHash.Bytes * 2} hexadecimal digits.");
}

/// <summary>What a verification found.</summary>
/// <param name="Broken">Number of the first broken row; 0 when none is.</param>
/// <param name="Message">What was found, one sentence or two.</param>
/// <param name="Head">The head of an unbroken audit, as <c>number:hash</c>; else empty.</param>
internal sealed record AuditVerdict(long Broken, string Message, string Head);
