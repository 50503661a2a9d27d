using Npgsql;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>Checks connection strings, and completes them with what a leader needs: short patience, and a server that notices a lost connection.</summary>
internal static class PgConnection
{
    private const int Patience = 5, DriversPatience = 15, DriversCommandPatience = 30;

    // A leader that is cut off holds its locks until the server notices: within seconds instead of hours. Queries read few rows, but the planner expects many of a recursive one over partitions,
    // and the server then compiles it for seconds, each time.
    private const string ServerOptions = "-c jit=off -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c idle_in_transaction_session_timeout=5000";

    /// <summary>Why it is none; null when it is one. Without the value, which may have a password.</summary>
    public static string? Problem(string connectionString)
    {
        const string Example = "give one such as 'Host=db.example.com;Database=fleet;Username=dashboard;Password=…'";
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            return $"Storage:ConnectionString is not one of PostgreSQL: {Example}.";
        }
        return string.IsNullOrWhiteSpace(settings.Host) ? $"Storage:ConnectionString names no host: {Example}."
            : string.IsNullOrWhiteSpace(settings.Database) ? $"Storage:ConnectionString names no database: {Example}."
            : settings.Multiplexing ? "Storage:ConnectionString has Multiplexing: leave it out, as transactions need a connection each."
            : null;
    }

    /// <summary>The settings to connect with. What the connection string says itself stays.</summary>
    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true, PersistSecurityInfo = false };
        if (settings.Timeout == DriversPatience) settings.Timeout = Patience;
        if (settings.CommandTimeout == DriversCommandPatience) settings.CommandTimeout = Patience;
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100;
        if (settings.KeepAlive == 0 && !settings.TcpKeepAlive) (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (true, Patience, 2);
        if (string.IsNullOrEmpty(settings.ApplicationName)) settings.ApplicationName = "execution-dashboard";
        if (string.IsNullOrEmpty(settings.SearchPath)) settings.SearchPath = PgDatabase.DefaultSchema;
        settings.Options = string.IsNullOrEmpty(settings.Options) ? ServerOptions : $"{ServerOptions} {settings.Options}";
        return settings;
    }
}
