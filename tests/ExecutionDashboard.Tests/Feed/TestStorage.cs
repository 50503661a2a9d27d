using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Tests.Feed;

/// <summary>The database of a test: here a SQLite file. The integration tests compile the same tests with one in PostgreSQL, which has this name too.</summary>
internal static class TestStorage
{
    /// <summary>Opens the database that a path stands for; the same one each time.</summary>
    public static Database Open(string file, int keyframeEvery = 0) => SqliteDatabase.Open(file, TimeSpan.FromSeconds(1));

    /// <summary>A session that only reads.</summary>
    public static Session OpenToRead(string file) => SqliteDatabase.OpenToRead(file);

    /// <summary>Keeps everybody from writing, until it is disposed.</summary>
    public static IDisposable Hold(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.BeginTransaction();
        return connection;
    }

    /// <summary>How many generated stories are worth their time.</summary>
    public static int Stories(int stories) => stories;

    /// <summary>Opens what was put aside.</summary>
    public static Database OpenAside(string aside) => Open(aside);
}
