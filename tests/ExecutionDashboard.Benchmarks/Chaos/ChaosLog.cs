using Npgsql;

namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>What the database itself says of what was written.</summary>
internal static class ChaosLog
{
    /// <summary>Has the database note who writes to the log under which epoch: the program's name is that of its connection.</summary>
    public const string Watch = """
        SET search_path TO execution_dashboard;
        CREATE TABLE IF NOT EXISTS chaos_writes(epoch bigint, program text, PRIMARY KEY(epoch, program));
        CREATE OR REPLACE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO execution_dashboard.chaos_writes SELECT epoch, current_setting('application_name') FROM execution_dashboard.feed_leader ON CONFLICT DO NOTHING;
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER chaos_note AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION chaos_note();
        """;

    /// <summary>What is wrong with the log; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Search Path=execution_dashboard;Command Timeout=300");
        await connection.OpenAsync();
        var problems = new List<string>();
        await AddAsync("numbers are missing", "SELECT coalesce(max(seq) - min(seq) + 1 - count(*), 0) FROM events");
        await AddAsync("changes do not follow the one before of their entity", """
            SELECT count(*) FROM (SELECT prev, old, lag(seq) OVER of_entity AS before, lag(new) OVER of_entity AS state, kind FROM events WINDOW of_entity AS (PARTITION BY entity ORDER BY seq)) AS chain
            WHERE before IS NOT NULL AND (prev <> before OR (kind = 0 AND old <> state))
            """);
        await AddAsync("epochs have more than one writer", "SELECT count(*) FROM (SELECT epoch FROM chaos_writes GROUP BY epoch HAVING count(*) > 1) AS shared");
        return problems;

        async Task AddAsync(string what, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            if (Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) is var count and not 0) problems.Add($"{count} {what}");
        }
    }

    /// <summary>Changes in the log, and epochs.</summary>
    public static async Task<(long Changes, long Epochs)> CountsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Search Path=execution_dashboard");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT (SELECT count(*) FROM events), (SELECT epoch FROM feed_leader)", connection);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
