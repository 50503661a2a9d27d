using System.Text;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage.Audit;

/// <summary>Answers questions about the audit, beside its writer. Safe for any thread.</summary>
internal sealed class AuditReader(FeedLog log, TimeProvider time)
{
    private static readonly string IsCommand = $"action IN ({string.Join(", ", AuditActions.Commands.Select(action => $"'{action}'"))})";

    /// <summary>The newest rows about commands after a number, oldest first, at most <see cref="AuditLimits.Rows"/>.</summary>
    public AuditRows Commands(long after)
    {
        using var session = log.Reader.Open();
        using var transaction = session.BeginRead();
        var version = session.Number("SELECT max(number) FROM audit") ?? 0;
        var rows = AuditTables.Read(session, $"number > ? AND {IsCommand} ORDER BY number DESC LIMIT ?", after, (long)AuditLimits.Rows);
        return new AuditRows(version, [.. rows.Reverse()]);
    }

    /// <summary>Acts that match, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="most">How many at most.</param>
    public AuditPage Acts(AuditQuery query, int most)
    {
        using var session = log.Reader.Open();
        using var transaction = session.BeginRead();
        var version = session.Number("SELECT max(number) FROM audit") ?? 0;
        var since = session.Number("SELECT stored FROM audit ORDER BY number LIMIT 1") is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : (DateTimeOffset?)null;
        var (condition, parameters) = Condition(query, time.GetUtcNow());
        parameters.Add((long)most + 1);
        var opened = AuditTables.Read(session, $"{condition} ORDER BY number DESC LIMIT ?", parameters);
        var acts = opened.Take(most).Select(row => new AuditAct(AuditTables.Read(session, "act = ? ORDER BY number", row.Entry.Act)));
        return new AuditPage(version, since, [.. acts], opened.Count > most);
    }

    private static (string Condition, List<object> Parameters) Condition(AuditQuery query, DateTimeOffset now)
    {
        // The row that opened an act is its first.
        var condition = new StringBuilder("NOT EXISTS (SELECT 1 FROM audit earlier WHERE earlier.act = audit.act AND earlier.number < audit.number)");
        var parameters = new List<object>();
        if (query.Before > 0) And("number < ?", query.Before);
        var (from, to) = query.Range.Seen(now);
        if (from is { } begin) And("at >= ?", begin.UtcTicks);
        if (to is { } end) And("at < ?", end.UtcTicks);
        if (query.Who.Length > 0) And("(instr(lower(who), lower(?)) > 0 OR instr(lower(address), lower(?)) > 0)", query.Who, query.Who);
        if (query.Target.Length > 0) And("target = ?", query.Target);
        if (query.Actions.Count > 0) And($"action IN ({Marks(query.Actions.Count)})", [.. query.Actions]);
        if (query.Outcomes.Count > 0)
            And($"(SELECT outcome FROM audit later WHERE later.act = audit.act ORDER BY number DESC LIMIT 1) IN ({Marks(query.Outcomes.Count)})", [.. query.Outcomes.Select(AuditQuery.NameOf)]);
        if (query.Text.Length > 0)
            And("EXISTS (SELECT 1 FROM audit part WHERE part.act = audit.act AND (instr(lower(part.target), lower(?)) > 0 OR instr(lower(part.name), lower(?)) > 0 OR instr(lower(part.reason), lower(?)) > 0 OR instr(lower(part.answer), lower(?)) > 0))",
                query.Text, query.Text, query.Text, query.Text);
        return (condition.ToString(), parameters);

        void And(string part, params object[] values)
        {
            condition.Append(" AND ").Append(part);
            parameters.AddRange(values);
        }
    }

    private static string Marks(int count) => string.Join(", ", Enumerable.Repeat("?", count));
}
