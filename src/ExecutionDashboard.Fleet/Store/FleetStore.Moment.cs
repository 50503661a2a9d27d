using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>The time of the data, UTC by the server's clock; null while unknown. Spans in filters are measured from it, so nothing gets older while nobody can see.</summary>
    public DateTimeOffset? Moment => ExecutionTable.ToTime(_table.Moment);

    /// <summary>Sets the time of the data. Called by the writer.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        if (_table.Moment == ExecutionTable.FromTime(moment)) return;
        _gate.Enter();
        _table.Moment = ExecutionTable.FromTime(moment);
        _gate.Exit();
    }
}
