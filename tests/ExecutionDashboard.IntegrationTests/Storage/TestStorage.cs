using System.Security.Cryptography;
using System.Text;
using ExecutionDashboard.IntegrationTests.Storage;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.PostgreSql;
using Npgsql;

namespace ExecutionDashboard.Tests.Feed;

/// <summary>The database of a test: here a schema in PostgreSQL. The unit tests compile the same tests with a SQLite file, which has this name too.</summary>
internal static class TestStorage
{
    /// <summary>Opens the database that a path stands for; the same one each time.</summary>
    public static Database Open(string file, int keyframeEvery = 0) =>
        PgDatabase.Open(Connection(SchemaOf(file)), file, TimeProvider.System, keyframeEvery is > 0 and < 1_000 ? new PgPartitions(keyframeEvery, keyframeEvery, TimeSpan.FromDays(1)) : null);

    /// <summary>How many generated stories are worth their time.</summary>
    public static int Stories(int stories) => Math.Max(4, stories / 5);

    /// <summary>Opens what was put aside.</summary>
    public static Database OpenAside(string aside) => PgDatabase.Open(Connection(aside.Split(' ')[1]), "", TimeProvider.System);

    /// <summary>A session that only reads.</summary>
    public static Session OpenToRead(string file) => PgDatabase.OpenToRead(Connection(SchemaOf(file)));

    /// <summary>Keeps everybody from writing, until it is disposed.</summary>
    public static IDisposable Hold(string file)
    {
        var connection = new NpgsqlConnection(Connection(SchemaOf(file)) + ";Pooling=false");
        connection.Open();
        var transaction = connection.BeginTransaction();
        using var command = new NpgsqlCommand("LOCK TABLE feed_leader IN ACCESS EXCLUSIVE MODE", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Runs SQL as somebody would who may write the database.</summary>
    public static void Execute(string file, string sql) => PostgresServer.Shared.Execute($"SET search_path TO {SchemaOf(file)}; {sql}");

    private static string Connection(string schema) => $"{PostgresServer.Shared.ConnectionString};Search Path={schema};Command Timeout=2;Timeout=5;Maximum Pool Size=8";

    private static string SchemaOf(string file) => "test_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)))[..20];
}
