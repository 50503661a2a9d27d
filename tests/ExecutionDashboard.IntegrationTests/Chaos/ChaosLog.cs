using System.Globalization;
using Npgsql;

namespace ExecutionDashboard.IntegrationTests.Chaos;

/// <summary>What the database itself says of the change log and of who wrote it.</summary>
internal static class ChaosLog
{
    /// <summary>Makes the database record which program wrote which numbers in which epoch. A program is known by the name of its connection.</summary>
    public const string Record = """
        SET search_path TO execution_dashboard;
        CREATE TABLE IF NOT EXISTS chaos_writes(epoch bigint, program text, first bigint, last bigint, PRIMARY KEY(epoch, program));
        CREATE OR REPLACE FUNCTION chaos_record() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO execution_dashboard.chaos_writes
            SELECT (SELECT epoch FROM execution_dashboard.feed_leader), current_setting('application_name'), min(seq), max(seq) FROM added HAVING count(*) > 0
            ON CONFLICT (epoch, program) DO UPDATE SET first = least(chaos_writes.first, excluded.first), last = greatest(chaos_writes.last, excluded.last);
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER chaos_record AFTER INSERT ON events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION chaos_record();
        """;

    /// <summary>What is wrong with the log, one sentence each; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(string connectionString)
    {
        await using var connection = await OpenAsync(connectionString);
        var problems = new List<string>();
        await AddAsync("numbers are missing", "SELECT coalesce(max(seq) - min(seq) + 1 - count(*), 0) FROM events");
        await AddAsync("changes do not follow on the previous one of their entity", """
            SELECT count(*) FROM (SELECT prev, old, kind, lag(seq) OVER of_entity AS before, lag(new) OVER of_entity AS state FROM events WINDOW of_entity AS (PARTITION BY entity ORDER BY seq)) AS chain
            WHERE before IS NOT NULL AND (prev <> before OR (kind = 0 AND old <> state))
            """);
        await AddAsync("changes of executions are there twice", """
            SELECT count(*) FROM (SELECT revision, at, new, message, lag(revision) OVER w AS revision0, lag(at) OVER w AS at0, lag(new) OVER w AS new0, lag(message) OVER w AS message0
                                  FROM events WHERE kind = 0 WINDOW w AS (PARTITION BY entity ORDER BY seq)) AS steps
            WHERE revision = revision0 AND at = at0 AND new = new0 AND message = message0
            """);
        await AddAsync("epochs have more than one writer", "SELECT count(*) FROM (SELECT epoch FROM chaos_writes GROUP BY epoch HAVING count(*) > 1) AS shared");
        await AddAsync("epochs have numbers of a later one: a deposed leader wrote", "SELECT count(*) FROM (SELECT first, max(last) OVER (ORDER BY epoch ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM chaos_writes) AS spans WHERE first <= before");
        return problems;

        async Task AddAsync(string what, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            if (Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) is var count and not 0) problems.Add($"{count} {what}.");
        }
    }

    /// <summary>Number of changes in the log, and of epochs in which something was written.</summary>
    public static async Task<(long Changes, long Epochs)> CountsAsync(string connectionString)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand("SELECT (SELECT count(*) FROM events), (SELECT count(DISTINCT epoch) FROM chaos_writes)", connection);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    // Sorting millions of rows takes a while.
    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection($"{connectionString};Search Path=execution_dashboard;Command Timeout=300");
        await connection.OpenAsync();
        return connection;
    }
}
