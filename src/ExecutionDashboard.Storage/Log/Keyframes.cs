using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Stores the state of the whole fleet at regular numbers of changes, so that every point in time is close to a stored one. Used by the writer.</summary>
internal sealed class Keyframes : IDisposable
{
    private readonly Statement _insert;
    private readonly int _every;
    private readonly FleetStates _states;
    private long _kept;

    /// <summary>Continues with the newest keyframe of a log; adds missing ones to an older file.</summary>
    /// <param name="session">The session of the writer.</param>
    /// <param name="every">Number of changes between keyframes.</param>
    public Keyframes(Session session, int every)
    {
        _every = every;
        _insert = session.Prepare("INSERT INTO keyframes(seq, states) VALUES(?, ?)");
        using (var newest = session.Prepare("SELECT seq, states FROM keyframes ORDER BY seq DESC LIMIT 1"))
            (_kept, _states) = newest.Read() ? (newest.Long(0), FleetStates.Unpack(newest.Blob(1).ToArray())) : (0, new FleetStates());
        using var events = session.Prepare("SELECT seq, entity, text, replaced FROM events LEFT JOIN texts ON key = new WHERE seq > ? AND kind <= 1 ORDER BY seq LIMIT ?");
        var last = _kept;
        for (var rows = every; rows == every;)
        {
            rows = 0;
            for (events.Bind(1, last).Bind(2, every); events.Read(); rows++)
            {
                last = events.Long(0);
                _states.Set(events.Long(1), events.Text(2), events.Long(3) != 0);
            }
            if (rows < every) break;
            using var transaction = session.Begin();
            KeepWhereDue(last);
            transaction.Commit();
        }
    }

    /// <summary>Stores a keyframe if enough changes were made. Call within the writer's transaction, before it adds changes.</summary>
    /// <param name="sequence">The last change included.</param>
    public void KeepWhereDue(long sequence)
    {
        if (sequence - _kept < _every) return;
        _insert.Bind(1, sequence).Bind(2, _states.Pack()).Run();
        _kept = sequence;
    }

    /// <summary>The transaction was rolled back, and <see cref="KeepWhereDue"/> with it.</summary>
    public void Undo(long kept) => _kept = kept;

    /// <summary>Sequence number of the newest keyframe.</summary>
    public long Newest => _kept;

    /// <summary>Applies stored changes.</summary>
    public void Apply(IReadOnlyList<Difference> stored, long[] keys)
    {
        for (var i = 0; i < keys.Length; i++)
            if (stored[i].Change is { Kind: FleetKind.Execution or FleetKind.Node } change)
                _states.Set(keys[i], stored[i].Step.To, IsReplaced(change));
    }

    /// <summary>Whether another execution replaced it.</summary>
    public static bool IsReplaced(FleetChange change) => change.Execution is { NextId.Length: > 0 };

    public void Dispose() => _insert.Dispose();
}
