namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>Which transaction something was written in, to ask afterwards what became of it.</summary>
/// <param name="Number">Its number. One that a crash of the server took away has a number that is given again.</param>
/// <param name="Server">When the server was started and when it last recovered from a crash, as text: numbers of another one say nothing.</param>
internal readonly record struct PgTransactionId(ulong Number, string Server)
{
    /// <summary>SQL for <see cref="Server"/>. Statistics begin anew when a server recovers; a reset by hand only makes an end unknown.</summary>
    public const string ServerColumn = "pg_postmaster_start_time()::text || ' ' || coalesce(pg_stat_get_bgwriter_stat_reset_time()::text, '')";

    /// <summary>SQL for both, of the transaction that runs.</summary>
    public const string Columns = $"pg_current_xact_id()::text, {ServerColumn}";
}

/// <summary>What became of a transaction whose commit had no answer.</summary>
internal enum PgEnd
{
    /// <summary>It is not over, or the database cannot be asked.</summary>
    NotKnown,
    /// <summary>What it wrote is there.</summary>
    Committed,
    /// <summary>What it wrote is not there.</summary>
    RolledBack,
    /// <summary>It is over, and the server does not know any more how it ended.</summary>
    Forgotten,
}
