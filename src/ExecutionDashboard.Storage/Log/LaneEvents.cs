using System.Collections.Concurrent;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Log;

/// <summary>A change as lanes need it; texts by their key.</summary>
internal readonly record struct LaneEvent(
    long Previous, DateTimeOffset At, DateTimeOffset Seen, long Old, long New, long Node, ChangeSource Source, long Job, int JobVersion, long Deployment);

/// <summary>An execution that was removed, as lanes need it.</summary>
internal readonly record struct GoneExecution(string Id, long Last, string PreviousId, DateTimeOffset? CreatedAt, DateTimeOffset? StableAt);

/// <summary>Reads changes one by one, for those who follow them backwards. Used by one thread.</summary>
internal sealed class LaneEvents : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _gone, _text, _event;
    private readonly ConcurrentDictionary<long, string> _texts;

    /// <param name="reader">The log.</param>
    /// <param name="texts">Texts that are known, shared by all readers; new ones are added.</param>
    public LaneEvents(LogReader reader, ConcurrentDictionary<long, string> texts)
    {
        _texts = texts;
        _connection = reader.Open();
        _gone = new Statement(_connection, "SELECT last, previous, created, stable, id FROM entities WHERE key = ?");
        _text = new Statement(_connection, "SELECT text FROM texts WHERE key = ?");
        _event = new Statement(_connection, "SELECT prev, at, seen, old, new, node, source, job, version, deployment FROM events WHERE seq = ?");
    }

    /// <summary>Begins to read one state of the log.</summary>
    public IDisposable Begin() => _connection.BeginTransaction(deferred: true);

    /// <summary>Sequence number of the last change seen by a time; 0 without one.</summary>
    public long LastSeenBy(DateTimeOffset at, long upTo) => LogTimes.LastSeenBy(_connection, at, upTo);

    /// <summary>The execution of a key whose end is stored; null when there is none.</summary>
    public GoneExecution? Gone(long key)
    {
        if (!_gone.Bind(1, key).Read()) return null;
        var gone = new GoneExecution(_gone.Text(4), _gone.Long(0), _gone.Text(1), Time(_gone.Long(2)), Time(_gone.Long(3)));
        _gone.Reset();
        return gone;
    }

    /// <summary>The change of a number; null when it was pruned.</summary>
    public LaneEvent? Find(long sequence)
    {
        if (!_event.Bind(1, sequence).Read()) return null;
        var found = new LaneEvent(
            _event.Long(0), new(_event.Long(1), TimeSpan.Zero), new(_event.Long(2), TimeSpan.Zero), _event.Long(3), _event.Long(4), _event.Long(5), (ChangeSource)_event.Long(6), _event.Long(7),
            (int)_event.Long(8), _event.Long(9));
        _event.Reset();
        return found;
    }

    /// <summary>The text of a key; empty for 0.</summary>
    public string TextOf(long key)
    {
        if (key == 0) return "";
        if (_texts.TryGetValue(key, out var known)) return known;
        var text = _text.Bind(1, key).Read() ? _text.Text(0) : "";
        _text.Reset();
        return _texts[key] = text;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _gone, _text, _event }) statement.Dispose();
        _connection.Dispose();
    }

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
