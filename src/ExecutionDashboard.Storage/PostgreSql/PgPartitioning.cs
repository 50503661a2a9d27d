using System.Globalization;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>Adds and drops partitions of <c>events</c>, in the transaction of a session. <c>partitions</c> lists them.</summary>
internal static class PgPartitioning
{
    /// <summary>Adds one for numbers from the first up to the next.</summary>
    public static void Add(Session session, long first, long next)
    {
        var name = $"events_{Text(first)}";
        // Attached instead of created as a part: that waits for nobody who reads.
        session.Execute(
            $"""
            CREATE TABLE {name}(LIKE events INCLUDING ALL);
            ALTER TABLE events ATTACH PARTITION {name} FOR VALUES FROM ({Text(first)}) TO ({Text(next)});
            INSERT INTO partitions(first, next, name) VALUES({Text(first)}, {Text(next)}, '{name}');
            """);
    }

    /// <summary>Replaces all partitions that end at a number by one with the rows of a table.</summary>
    public static void Replace(Session session, string table, long next)
    {
        var old = new List<(long First, string Name)>();
        using (var rows = session.Prepare("SELECT first, name FROM partitions WHERE next <= ? ORDER BY first"))
            for (rows.Bind(1, next); rows.Read();) old.Add((rows.Long(0), rows.Text(1)));
        foreach (var (_, name) in old) session.Execute($"ALTER TABLE events DETACH PARTITION {name}; DROP TABLE {name};");
        session.Execute(
            $"""
            DELETE FROM partitions WHERE next <= {Text(next)};
            ALTER TABLE events ATTACH PARTITION {table} FOR VALUES FROM (0) TO ({Text(next)});
            INSERT INTO partitions(first, next, name) VALUES(0, {Text(next)}, '{table}');
            """);
    }

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
