using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Storage.PostgreSql;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage;

/// <summary>Where everything is stored that lasts: <c>Storage:Provider</c> and <c>Storage:ConnectionString</c>.</summary>
internal sealed record StorageSettings
{
    private const string ProviderKey = "Storage:Provider", ConnectionKey = "Storage:ConnectionString", Sqlite = "Sqlite", PostgreSql = "PostgreSql", DataFolder = "data", LocalName = "fleet";

    /// <summary>The settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [ProviderKey, ConnectionKey];

    /// <summary><c>Sqlite</c> or <c>PostgreSql</c>, in any case.</summary>
    public string Provider { get; init; } = Sqlite;

    /// <summary>For SQLite a file path, relative to the content root, or <c>Data Source=…</c>; for PostgreSQL the keywords of Npgsql.</summary>
    public string ConnectionString { get; init; } = DataFolder + "/fleet.db";

    /// <summary>Whether it is a PostgreSQL database.</summary>
    public bool IsPostgreSql => Provider.Equals(PostgreSql, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads them; what is not set has its default.</summary>
    public static StorageSettings Read(Func<string, string?> setting)
    {
        var settings = new StorageSettings();
        if (setting(ProviderKey)?.Trim() is { Length: > 0 } provider) settings = settings with { Provider = provider };
        var connection = setting(ConnectionKey)?.Trim();
        return connection is { Length: > 0 } ? settings with { ConnectionString = connection } : settings.IsPostgreSql ? settings with { ConnectionString = "" } : settings;
    }

    /// <summary>Why they cannot be used; null when they can. Without the connection string, which may have a password.</summary>
    public string? Problem() =>
        IsPostgreSql ? PgConnection.Problem(ConnectionString)
        : !Provider.Equals(Sqlite, StringComparison.OrdinalIgnoreCase) ? $"{ProviderKey} is '{Provider}': it must be {Sqlite} or {PostgreSql}."
        : !IsFile(out var file) ? $"{ConnectionKey} is not one of SQLite: give a file path, or 'Data Source=<file>'."
        : file.Length == 0 ? $"{ConnectionKey} names no file: give a file path, or 'Data Source=<file>'."
        : file.StartsWith(':') || file.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? $"{ConnectionKey} must name a file: the change log must be there after a restart."
        : null;

    /// <summary>The SQLite file, absolute; null where there is none.</summary>
    public string? FileIn(string contentRoot) => !IsPostgreSql && IsFile(out var file) ? Path.GetFullPath(file, contentRoot) : null;

    /// <summary>The folder of files that this program keeps besides, absolute.</summary>
    public string FolderIn(string contentRoot) => FileIn(contentRoot) is { } file ? Path.GetDirectoryName(file)! : Path.GetFullPath(DataFolder, contentRoot);

    /// <summary>What it is called in messages.</summary>
    public string NameIn(string contentRoot) => FileIn(contentRoot) ?? PgDatabase.NameOf(ConnectionString);

    /// <summary>Opens the database, creates it where it is missing, and migrates it to this version.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message names the setting.</exception>
    public Database Open(string contentRoot, TimeSpan lockTimeout, TimeProvider time) =>
        FileIn(contentRoot) is { } file ? SqliteDatabase.Open(file, lockTimeout) : PgDatabase.Open(ConnectionString, Path.Combine(FolderIn(contentRoot), LocalName), time);

    /// <summary>A session that only reads a database that is there, whatever its version.</summary>
    /// <exception cref="System.Data.Common.DbException">It cannot be read.</exception>
    public Session OpenToRead(string contentRoot) => FileIn(contentRoot) is { } file ? SqliteDatabase.OpenToRead(file) : PgDatabase.OpenToRead(ConnectionString);

    private bool IsFile([NotNullWhen(true)] out string? file)
    {
        file = ConnectionString;
        if (!ConnectionString.Contains('=', StringComparison.Ordinal)) return true;
        try
        {
            file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
