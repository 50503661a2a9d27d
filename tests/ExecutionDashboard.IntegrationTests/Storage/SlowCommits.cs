using ExecutionDashboard.Storage.PostgreSql;
using Npgsql;

namespace ExecutionDashboard.IntegrationTests.Storage;

/// <summary>Makes a server wait in each commit of changes, until it is told to go on.</summary>
internal sealed class SlowCommits
{
    private const long Gate = 20_261;

    private readonly NpgsqlConnection _gate;
    private readonly PostgresServer _server;

    public SlowCommits(PostgresServer server)
    {
        _server = server;
        server.Execute($"""
            SET search_path TO {PgDatabase.DefaultSchema};
            CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock({Gate}); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER wait_at_gate AFTER INSERT ON entities DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_gate();
            """);
        _gate = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        _gate.Open();
        Ask(_gate, $"SELECT pg_advisory_lock({Gate})::text");
        // A page of the server's journal that is full is written before the commit: what follows begins a new one.
        server.Execute("SELECT pg_switch_wal()");
    }

    /// <summary>The number of the transaction whose commit waits, once there is one.</summary>
    public async Task<string> NumberAsync()
    {
        using var connection = new NpgsqlConnection(_server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        while (true)
        {
            if (Ask(connection, "SELECT backend_xid::text FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = 'advisory'") is { } number) return number;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Commits go on, and no later one waits.</summary>
    public void End()
    {
        _gate.Dispose();
        _server.Execute($"DROP TRIGGER wait_at_gate ON {PgDatabase.DefaultSchema}.entities");
    }

    /// <summary>What the server says became of a transaction.</summary>
    public string? StatusOf(string number)
    {
        using var connection = new NpgsqlConnection(_server.ConnectionString + ";Pooling=false");
        connection.Open();
        return Ask(connection, $"SELECT pg_xact_status('{number}')");
    }

    private static string? Ask(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() as string;
    }
}
