using System.Globalization;
using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Storage.Audit;

/// <summary>The rows of the audit in the database, on a session of its own. One caller at a time.</summary>
internal sealed class AuditTables : IDisposable
{
    internal const string Columns = "number, stored, hash, at, act, outcome, who, role, address, action, kind, target, name, numbers, reason, answer";

    private readonly Session _session;
    private readonly Statement _add, _find;

    private AuditTables(Session session)
    {
        _session = session;
        _add = session.Prepare("INSERT INTO audit(number, stored, at, act, outcome, who, role, address, action, kind, target, name, numbers, reason, answer, hash) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _find = session.Prepare("SELECT number FROM audit WHERE act = ? AND outcome = ?");
    }

    /// <summary>Opens them.</summary>
    public static AuditTables Open(Database database) => new(database.OpenSession(isDurable: true));

    /// <summary>The last row, or the anchor where there is none after it.</summary>
    public AuditHead Head()
    {
        using var last = _session.Prepare("SELECT number, stored, hash FROM audit ORDER BY number DESC LIMIT 1");
        if (last.Read()) return new(last.Long(0), last.Long(1), last.Blob(2).ToArray());
        using var anchor = _session.Prepare("SELECT number, hash FROM audit_anchor");
        return anchor.Read() ? new(anchor.Long(0), 0, anchor.Blob(1).ToArray()) : throw new InvalidOperationException("The audit has no anchor.");
    }

    /// <summary>Begins to write: all of it, or none.</summary>
    public Transaction Begin() => _session.Begin();

    /// <summary>Number of the row of an act with an outcome; 0 when there is none.</summary>
    public long Find(string act, AuditOutcome outcome)
    {
        if (!_find.Bind(1, act).Bind(2, AuditQuery.NameOf(outcome)).Read()) return 0;
        var number = _find.Long(0);
        _find.Reset();
        return number;
    }

    /// <summary>Adds a row after another; gives the new head.</summary>
    public AuditHead Add(AuditHead head, AuditEntry entry, DateTimeOffset now)
    {
        var (number, stored) = (head.Number + 1, Math.Max(head.Stored, now.UtcTicks));
        string[] texts =
        [
            entry.Act, AuditQuery.NameOf(entry.Outcome), entry.Who, entry.Role, entry.From, entry.Action, entry.Target.Kind, entry.Target.Id, entry.Target.Name, entry.Numbers, entry.Reason, entry.Answer,
        ];
        var hash = AuditHash.Of(head.Hash, [Text(number), Text(stored), Text(entry.At.UtcTicks), .. texts]);
        _add.Bind(1, number).Bind(2, stored).Bind(3, entry.At.UtcTicks);
        for (var i = 0; i < texts.Length; i++) _add.Bind(4 + i, texts[i]);
        _add.Bind(4 + texts.Length, hash).Run();
        return new(number, stored, hash);
    }

    /// <summary>The acts that were begun and not closed, each with its newest row.</summary>
    public IReadOnlyList<AuditRow> ReadUnclosed() => Read(_session,
        "outcome IN ('asked', 'accepted') AND NOT EXISTS (SELECT 1 FROM audit later WHERE later.act = audit.act AND later.number > audit.number) ORDER BY number");

    /// <summary>The last row that was stored before a time; null without one.</summary>
    public AuditRow? LastBefore(DateTimeOffset time) => Read(_session, FormattableString.Invariant($"stored < {time.UtcTicks} ORDER BY number DESC LIMIT 1")) is [var row] ? row : null;

    /// <summary>Deletes all rows up to one, which becomes the anchor of those after it. Gives how many.</summary>
    public long Prune(AuditRow last)
    {
        using (var anchor = _session.Prepare("UPDATE audit_anchor SET number = ?, hash = ?")) anchor.Bind(1, last.Number).Bind(2, Convert.FromHexString(last.Hash)).Run();
        using var delete = _session.Prepare("DELETE FROM audit WHERE number <= ?");
        return delete.Bind(1, last.Number).Run();
    }

    /// <summary>Reads rows by a condition that has no text of others in it.</summary>
    internal static IReadOnlyList<AuditRow> Read(Session session, string condition, params IReadOnlyList<object> parameters)
    {
        using var statement = session.Prepare($"SELECT {Columns} FROM audit WHERE {condition}");
        for (var i = 0; i < parameters.Count; i++)
            _ = parameters[i] is long number ? statement.Bind(i + 1, number) : statement.Bind(i + 1, (string)parameters[i]);
        var rows = new List<AuditRow>();
        while (statement.Read()) rows.Add(Row(statement));
        return rows;
    }

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
        _session.Dispose();
    }

    private static AuditRow Row(Statement row) => new(row.Long(0), Time(row.Long(1)), Convert.ToHexStringLower(row.Blob(2)), new AuditEntry
    {
        At = Time(row.Long(3)), Act = row.Text(4), Outcome = AuditQuery.OutcomeOf(row.Text(5)) ?? AuditOutcome.Unknown, Who = row.Text(6), Role = row.Text(7), From = row.Text(8), Action = row.Text(9),
        Target = new(row.Text(10), row.Text(11), row.Text(12)), Numbers = row.Text(13), Reason = row.Text(14), Answer = row.Text(15),
    });

    private static DateTimeOffset Time(long ticks) => new(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The end of the chain.</summary>
/// <param name="Number">Number of the last row; 0 without one.</param>
/// <param name="Stored">When it was stored, ticks, UTC; 0 when it is not there any more.</param>
/// <param name="Hash">Its hash; zeros without one.</param>
internal sealed record AuditHead(long Number, long Stored, byte[] Hash)
{
    /// <summary>The number, a colon and the hash: what <c>--head</c> takes.</summary>
    public override string ToString() => $"{Number.ToString(CultureInfo.InvariantCulture)}:{Convert.ToHexStringLower(Hash)}";
}
