using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>
/// The log of all changes with consecutive sequence numbers, and the fleet after the last one, in a database. Numbering continues after a restart. One writer;
/// <see cref="LogReader"/> reads in parallel. Where several feeds share the database, those that do not lead follow what the leader writes.
/// </summary>
internal sealed class ChangeLog : IDisposable
{
    private readonly Session _session;
    private ILogWriter? _writer;
    private LogPruner? _pruner;
    private WatchGaps? _gaps;
    private LogFollower? _follower;
    private long _deleted;

    private ChangeLog(Database database, bool leads)
    {
        Database = database;
        _session = database.OpenLogSession(leads);
    }

    /// <summary>Where it is.</summary>
    public Database Database { get; }

    /// <summary>Which executions were on which node; complete after <see cref="LoadInto"/>.</summary>
    public Placements Placements { get; } = new();

    /// <summary>Times when the feed did not watch.</summary>
    public WatchGaps Gaps => _gaps ?? throw new InvalidOperationException("The log follows no control plane yet.");

    /// <summary>Number of changes between keyframes.</summary>
    public int KeyframeEvery { get; private init; }

    /// <summary>Id of the log; empty before <see cref="Attach"/>.</summary>
    public string LogId { get; private set; } = "";

    /// <summary>When the last change was seen that the log had at <see cref="Attach"/>, UTC; the beginning of all times before the first.</summary>
    public DateTimeOffset SeenUpTo { get; private set; }

    /// <summary>The last sequence number; 0 before the first.</summary>
    public long LastSequence => _writer?.LastSequence ?? _follower?.Sequence ?? 0;

    /// <summary>Number of changes in the log: all numbers given, without the pruned ones.</summary>
    public long Rows => LastSequence - Deleted;

    /// <summary>Opens the log of a database, which is closed with it, to write it.</summary>
    /// <exception cref="System.Data.Common.DbException">It cannot be written.</exception>
    public static ChangeLog Open(Database database, int keyframeEvery = 25_000) => new(database, leads: true) { KeyframeEvery = keyframeEvery };

    /// <summary>Opens the log of a database, which is closed with it, to follow it until <see cref="Database.Lease"/> is taken.</summary>
    public static ChangeLog OpenStandby(Database database, int keyframeEvery = 25_000) => new(database, leads: false) { KeyframeEvery = keyframeEvery };

    /// <summary>Begins to follow the log that another feed writes. False while there is none of this control plane.</summary>
    /// <exception cref="System.Data.Common.DbException">The log cannot be read.</exception>
    public bool Follow(string controlPlane)
    {
        if (_session.Meta("log_id") is not { } id || _session.Meta("control_plane") != controlPlane) return false;
        LogId = id;
        _follower = LogFollower.Begin(_session, Placements);
        _gaps = new WatchGaps(_session);
        _deleted = _session.MetaNumber(LogTimes.DeletedName);
        return true;
    }

    /// <summary>Applies some of what the leader added: see <see cref="LogFollower.Advance"/>.</summary>
    /// <exception cref="System.Data.Common.DbException">The log cannot be read.</exception>
    public IReadOnlyList<(FleetChange Change, long Sequence)> Advance(ILoadedFleet mirror, long most, CancellationToken cancel) =>
        _follower?.Advance(new LogLoad(Database, _session, mirror), most, cancel) ?? [];

    /// <summary>Reads what the leader notes beside the changes: when it watched, and what it removed.</summary>
    /// <exception cref="System.Data.Common.DbException">The log cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Another log took the place of this one.</exception>
    public void ReadNotes(ILoadedFleet mirror, CancellationToken cancel)
    {
        if (_session.Meta("log_id") != LogId)
            throw new InvalidOperationException($"The change log in {Database.Name} was replaced by one of {_session.Meta("control_plane") ?? "another control plane"} (ControlPlane:Url of the feed that leads): start this feed again to follow it.");
        _gaps = new WatchGaps(_session);
        var deleted = _session.MetaNumber(LogTimes.DeletedName);
        // Keys that the leader forgot may be given again: the lanes must not have them.
        if (deleted != _deleted) LoadLanes(mirror, cancel);
        _deleted = deleted;
    }

    /// <summary>Leaves the writing to another feed, and follows it.</summary>
    /// <param name="hasAll">Whether the mirror has all that is stored, so that it is followed from here; else from where it was followed before.</param>
    public void StandDown(bool hasAll)
    {
        if (_writer is not { } writer) return;
        if (hasAll) (_follower, _deleted) = (new LogFollower(_session, Placements, writer.LastSequence, writer.NextKey), Deleted);
        writer.Dispose();
        (_writer, _pruner) = (null, null);
    }

    /// <summary>
    /// Ties the log to a control plane. The log of another control plane is moved to a backup (whose place is returned) and a new one is started, because
    /// sequence numbers and entities of different control planes do not mix.
    /// </summary>
    public string? Attach(string controlPlane)
    {
        string? aside = null;
        var stored = _session.Meta("control_plane");
        if (stored is not null && stored != controlPlane) aside = Database.SetAside(_session, _session.Meta("log_id") ?? "");
        if (_session.Meta("log_id") is null)
        {
            _session.SetMeta("log_id", Guid.NewGuid().ToString("N"));
            _session.SetMeta("control_plane", controlPlane);
        }
        LogId = _session.Meta("log_id")!;
        _writer?.Dispose();
        var writer = _writer = Database.OpenWriter(_session, Placements, KeyframeEvery, isLoading: !IsLoaded);
        var seen = _session.Number("SELECT seen FROM events ORDER BY seq DESC LIMIT 1") ?? 0;
        SeenUpTo = new(seen, TimeSpan.Zero);
        NoteFormer(writer.LastSequence, seen);
        _pruner = Database.OpenPruner(_session, writer, Placements);
        _pruner.Resume(writer.LastSequence);
        _gaps = new WatchGaps(_session);
        return aside;
    }

    // An older version of the program may have written up to now: it kept nothing of what entities were.
    private void NoteFormer(long sequence, long seen)
    {
        if (_session.Meta(LogTimes.FormerFromName) is not null) return;
        using var transaction = _session.Begin();
        _session.SetMeta(LogTimes.FormerSinceName, seen.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _session.SetMeta(LogTimes.FormerFromName, sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        transaction.Commit();
    }

    /// <summary>Whether the first sweep of this control plane was completed, in this run or an earlier one.</summary>
    public bool IsLoaded
    {
        get => _session.Meta("loaded") is not null;
        set
        {
            if (value) _writer?.IndexIds();
            // What the first load found was there before: nobody saw it come.
            if (value && !IsLoaded) _session.SetMeta(LogTimes.LoadedToName, LastSequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
            _session.SetMeta("loaded", value ? "1" : "");
        }
    }

    /// <summary>The key that the next new entity gets.</summary>
    public long NextKey => _writer?.NextKey ?? _follower?.NextKey ?? 1;

    /// <summary>Number of changes that were pruned since the log was created.</summary>
    public long Deleted => _pruner?.Deleted ?? _deleted;

    /// <summary>Loads the fleet into the mirror, and all executions into their lanes.</summary>
    public void LoadInto(ILoadedFleet mirror, CancellationToken cancel)
    {
        LoadLanes(mirror, cancel);
        new LogLoad(Database, _session, mirror).All(cancel);
    }

    /// <summary>Loads all executions into their lanes.</summary>
    public void LoadLanes(ILoadedFleet mirror, CancellationToken cancel) => new LogLoad(Database, _session, mirror).Lanes(Placements, cancel);

    /// <summary>Loads what changed after a sequence number into a mirror that has all up to it, and perhaps some of it.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="nextKey">The key of the first entity that was added after it, to add it to its lane; null when the lanes have all.</param>
    /// <param name="cancel">Ends it.</param>
    public void LoadAfter(ILoadedFleet mirror, long sequence, long? nextKey, CancellationToken cancel) => new LogLoad(Database, _session, mirror).After(sequence, nextKey, Placements, cancel);

    /// <summary>Number of entities whose newest body is not settled.</summary>
    public int Unsettled => _writer?.Unsettled ?? 0;

    /// <summary>Settles at most this many bodies.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was settled.</exception>
    public void Settle(int atMost) => _writer?.Settle(atMost);

    /// <summary>Whether there are changes older than the retention.</summary>
    public bool IsPruningDue => _pruner is { IsDue: true };

    /// <summary>Determines which changes were seen before a time and can be removed.</summary>
    /// <exception cref="System.Data.Common.DbException">The log cannot be read.</exception>
    public void AimPruning(DateTimeOffset horizon)
    {
        // A first load finds only new changes, whatever their age.
        if (_writer is not { HasIndex: true }) return;
        _pruner?.Aim(horizon, LastSequence);
        _gaps?.Forget(horizon);
    }

    /// <summary>Removes some of them; takes a few milliseconds.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was removed.</exception>
    public void Prune() => _pruner?.Step();

    /// <summary>Numbers and stores changes, all or none. Returns the first number and the key of each entity.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was stored; the numbers are used for the next changes.</exception>
    public (long First, long[] Keys) Append(IReadOnlyList<Difference> differences) =>
        (_writer ?? throw new InvalidOperationException("The log follows no control plane yet.")).Append(differences);

    public void Dispose()
    {
        _writer?.Dispose();
        _session.Dispose();
        Database.Dispose();
    }

    /// <summary>Runs SQL in the session of the writer.</summary>
    internal void Execute(string sql) => _session.Execute(sql);
}
