using System.Globalization;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Log;

/// <summary>
/// The log of all changes with consecutive sequence numbers, and the fleet after the last one, in one SQLite file. Numbering continues after a restart. One writer;
/// <see cref="LogReader"/> reads in parallel.
/// </summary>
internal sealed class ChangeLog : IDisposable
{
    /// <summary>Bytes of the write-ahead log from which on it is moved into the file.</summary>
    internal const long CheckpointEvery = 32 * 1024 * 1024;

    private readonly SqliteConnection _connection;
    private LogWriter? _writer;
    private LogPruner? _pruner;
    private WatchGaps? _gaps;

    private ChangeLog(string file, SqliteConnection connection)
    {
        File = file;
        _connection = connection;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Which executions were on which node; complete after <see cref="LoadInto"/>.</summary>
    public Placements Placements { get; } = new();

    /// <summary>Times when the feed did not watch.</summary>
    public WatchGaps Gaps => _gaps ?? throw new InvalidOperationException("The log follows no control plane yet.");

    /// <summary>Number of changes between keyframes.</summary>
    public int KeyframeEvery { get; private init; }

    /// <summary>Id of the log; empty before <see cref="Attach"/>.</summary>
    public string LogId { get; private set; } = "";

    /// <summary>The last sequence number; 0 before the first.</summary>
    public long LastSequence => _writer?.LastSequence ?? 0;

    /// <summary>Number of changes in the log: all numbers given, without the pruned ones.</summary>
    public long Rows => LastSequence - (_pruner?.Deleted ?? 0);

    /// <summary>Size of the file and its write-ahead log, bytes.</summary>
    public long Bytes
    {
        get
        {
            var (file, ahead) = (new FileInfo(File), new FileInfo(File + "-wal"));
            return (file.Exists ? file.Length : 0) + (ahead.Exists ? ahead.Length : 0);
        }
    }

    /// <summary>Opens or creates the file and migrates it to this version.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be used; the message names the setting.</exception>
    public static ChangeLog Open(string file, TimeSpan lockTimeout, int keyframeEvery = 25_000)
    {
        SqliteConnection? connection = null;
        try
        {
            PrivateFile.Prepare(file);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Pooling = false,
                DefaultTimeout = Math.Max(1, (int)lockTimeout.TotalSeconds),
            }.ToString());
            connection.Open();
            // New files get pages of 16 KiB: a batch fills many pages with two system calls each, so appending is a third faster than with 4 KiB.
            // NORMAL in WAL mode: a crash of the machine may lose the last moments, never the file; they are read again from the control plane.
            LogSchema.Execute(connection, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;");
            LogSchema.Execute(connection, $"PRAGMA wal_autocheckpoint = {CheckpointEvery / (long)LogSchema.Scalar(connection, "PRAGMA page_size")!}");
            LogSchema.Migrate(connection, file);
            return new ChangeLog(file, connection) { KeyframeEvery = keyframeEvery };
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw new InvalidOperationException($"The change log {file} (Storage:ConnectionString) cannot be opened: {e.Message}", e);
        }
        catch (InvalidOperationException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ties the log to a control plane. The log of another control plane is moved to a backup (whose file name is returned) and a new one is started, because
    /// sequence numbers and entities of different control planes do not mix.
    /// </summary>
    public string? Attach(string controlPlane)
    {
        string? aside = null;
        var stored = Meta("control_plane");
        if (stored is not null && stored != controlPlane)
        {
            aside = Path.Combine(Path.GetDirectoryName(File)!, $"{Path.GetFileNameWithoutExtension(File)}.{Meta("log_id")}{Path.GetExtension(File)}");
            PrivateFile.Prepare(aside);
            LogSchema.Execute(_connection, $"VACUUM INTO '{aside.Replace("'", "''", StringComparison.Ordinal)}'");
            using var transaction = _connection.BeginTransaction();
            LogSchema.Clear(_connection);
            transaction.Commit();
        }
        if (Meta("log_id") is null)
        {
            SetMeta("log_id", Guid.NewGuid().ToString("N"));
            SetMeta("control_plane", controlPlane);
        }
        LogId = Meta("log_id")!;
        _writer?.Dispose();
        var writer = _writer = new LogWriter(_connection, Placements, KeyframeEvery, isLoading: !IsLoaded);
        _pruner = new LogPruner(_connection, Placements, writer.IsUnsettled);
        _pruner.Resume(writer.LastSequence);
        _gaps = new WatchGaps(_connection);
        return aside;
    }

    /// <summary>Whether the first sweep of this control plane was completed, in this run or an earlier one.</summary>
    public bool IsLoaded
    {
        get => Meta("loaded") is not null;
        set
        {
            if (value) _writer?.IndexIds();
            SetMeta("loaded", value ? "1" : "");
        }
    }

    /// <summary>The key that the next new entity gets.</summary>
    public long NextKey => _writer?.NextKey ?? 1;

    /// <summary>Number of changes that were pruned since the log was created.</summary>
    public long Deleted => _pruner?.Deleted ?? 0;

    /// <summary>Loads the fleet into the mirror, and all executions into their lanes.</summary>
    public void LoadInto(ILoadedFleet mirror, CancellationToken cancel)
    {
        LoadLanes(mirror, cancel);
        new LogLoad(_connection, mirror).All(cancel);
    }

    /// <summary>Loads all executions into their lanes.</summary>
    public void LoadLanes(ILoadedFleet mirror, CancellationToken cancel) => new LogLoad(_connection, mirror).Lanes(Placements, cancel);

    /// <summary>Loads what changed after a sequence number into a mirror that has all up to it, and perhaps some of it.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="nextKey">The key of the first entity that was added after it, to add it to its lane; null when the lanes have all.</param>
    /// <param name="cancel">Ends it.</param>
    public void LoadAfter(ILoadedFleet mirror, long sequence, long? nextKey, CancellationToken cancel) => new LogLoad(_connection, mirror).After(sequence, nextKey, Placements, cancel);

    /// <summary>Number of entities whose newest body is not settled.</summary>
    public int Unsettled => _writer?.Unsettled ?? 0;

    /// <summary>Settles at most this many bodies.</summary>
    /// <exception cref="SqliteException">Nothing was settled.</exception>
    public void Settle(int atMost) => _writer?.Settle(atMost);

    /// <summary>Whether there are changes older than the retention.</summary>
    public bool IsPruningDue => _pruner is { IsDue: true };

    /// <summary>Determines which changes were seen before a time and can be removed.</summary>
    /// <exception cref="SqliteException">The log cannot be read.</exception>
    public void AimPruning(DateTimeOffset horizon)
    {
        // A first load finds only new changes, whatever their age.
        if (_writer is not { HasIndex: true }) return;
        _pruner?.Aim(horizon, LastSequence);
        _gaps?.Forget(horizon);
    }

    /// <summary>Removes some of them; takes a few milliseconds.</summary>
    /// <exception cref="SqliteException">Nothing was removed.</exception>
    public void Prune() => _pruner?.Step();

    /// <summary>Numbers and stores changes, all or none. Returns the first number and the key of each entity.</summary>
    /// <exception cref="SqliteException">Nothing was stored; the numbers are used for the next changes.</exception>
    public (long First, long[] Keys) Append(IReadOnlyList<Difference> differences) =>
        (_writer ?? throw new InvalidOperationException("The log follows no control plane yet.")).Append(differences);

    public void Dispose()
    {
        _writer?.Dispose();
        _connection.Dispose();
    }

    internal void Execute(string sql) => LogSchema.Execute(_connection, sql);

    private string? Meta(string name)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT value FROM meta WHERE name = $n";
        command.Parameters.AddWithValue("$n", name);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) is { Length: > 0 } value ? value : null;
    }

    private void SetMeta(string name, string value) => LogSchema.SetMeta(_connection, name, value);
}
