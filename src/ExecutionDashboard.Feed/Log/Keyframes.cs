using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Feed.Log;

/// <summary>Keeps the state of the whole fleet every so many changes, so that any moment is near to one that is known. The writer's.</summary>
internal sealed class Keyframes : IDisposable
{
    private readonly Statement _insert;
    private readonly int _every;
    private readonly FleetStates _states;
    private long _kept;

    /// <summary>Reads the newest of a log, and goes through what followed it; an older file gets those it has not.</summary>
    /// <param name="connection">The writer's.</param>
    /// <param name="every">Changes from one to the next.</param>
    public Keyframes(SqliteConnection connection, int every)
    {
        _every = every;
        _insert = new Statement(connection, "INSERT INTO keyframes(seq, states) VALUES(?, ?)");
        using (var newest = new Statement(connection, "SELECT seq, states FROM keyframes ORDER BY seq DESC LIMIT 1"))
            (_kept, _states) = newest.Read() ? (newest.Long(0), FleetStates.Unpack(newest.Blob(1).ToArray())) : (0, new FleetStates());
        using var transaction = connection.BeginTransaction();
        using (var events = new Statement(connection, "SELECT seq, entity, text, replaced FROM events LEFT JOIN texts ON key = new WHERE seq > ? AND kind <= 1 ORDER BY seq"))
        {
            events.Bind(1, _kept);
            while (events.Read())
            {
                KeepWhereDue(events.Long(0) - 1);
                _states.Set(events.Long(1), events.Text(2), events.Long(3) != 0);
            }
        }
        transaction.Commit();
    }

    /// <summary>Keeps one where enough has changed since the last. Within the writer's transaction, before it adds to it.</summary>
    /// <param name="sequence">The last change that is in it.</param>
    public void KeepWhereDue(long sequence)
    {
        if (sequence - _kept < _every) return;
        _insert.Bind(1, sequence).Bind(2, _states.Pack()).Run();
        _kept = sequence;
    }

    /// <summary>The transaction was undone, and with it what <see cref="KeepWhereDue"/> kept.</summary>
    public void Undo(long kept) => _kept = kept;

    /// <summary>Number of the newest.</summary>
    public long Newest => _kept;

    /// <summary>Takes in what was stored.</summary>
    public void Apply(IReadOnlyList<Difference> stored, long[] keys)
    {
        for (var i = 0; i < keys.Length; i++)
            if (stored[i].Change is { Kind: FleetKind.Execution or FleetKind.Node } change)
                _states.Set(keys[i], stored[i].Step.To, IsReplaced(change));
    }

    /// <summary>Another execution has taken its place.</summary>
    public static bool IsReplaced(FleetChange change) => change.Execution is { NextId.Length: > 0 };

    public void Dispose() => _insert.Dispose();
}
