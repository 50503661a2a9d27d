using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>Loads executions into this store, which has none yet; nobody may read it before they are complete.</summary>
    internal ExecutionLoader LoadExecutions(SharedParts shared, int about)
    {
        _table.Reserve(about);
        return new(_table, _mask, shared, ++_version);
    }
}
