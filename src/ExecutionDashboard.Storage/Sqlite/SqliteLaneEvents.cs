using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage.Sqlite;

/// <summary>Reads changes one by one: each costs a microsecond.</summary>
internal sealed class SqliteLaneEvents : LaneEvents
{
    private readonly Session _session;
    private readonly Statement _gone, _event;

    public SqliteLaneEvents(LogReader reader) : base(reader)
    {
        _session = reader.Open();
        _gone = _session.Prepare("SELECT last, previous, created, stable, id FROM entities WHERE key = ?");
        _event = _session.Prepare("SELECT prev, at, seen, old, new, node, source, job, version, deployment FROM events WHERE seq = ?");
    }

    public override IDisposable Begin() => _session.BeginRead();

    public override long LastSeenBy(DateTimeOffset at, long upTo) => _session.LastSeenBy(at, upTo);

    public override GoneExecution? Gone(long key)
    {
        if (!_gone.Bind(1, key).Read()) return null;
        var gone = new GoneExecution(_gone.Text(4), _gone.Long(0), _gone.Text(1), Time(_gone.Long(2)), Time(_gone.Long(3)));
        _gone.Reset();
        return gone;
    }

    public override LaneEvent? Find(long sequence)
    {
        if (!_event.Bind(1, sequence).Read()) return null;
        var found = new LaneEvent(
            _event.Long(0), new(_event.Long(1), TimeSpan.Zero), new(_event.Long(2), TimeSpan.Zero), _event.Long(3), _event.Long(4), _event.Long(5), (ChangeSource)_event.Long(6), _event.Long(7),
            (int)_event.Long(8), _event.Long(9));
        _event.Reset();
        return found;
    }

    public override void Dispose()
    {
        _gone.Dispose();
        _event.Dispose();
        _session.Dispose();
    }
}
