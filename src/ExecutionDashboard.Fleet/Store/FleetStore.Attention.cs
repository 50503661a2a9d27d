namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    internal int RowOf(string executionId) => _table.Find(executionId);

    internal int JobNumber(string id) => _table.Jobs.Find(id)?.Number ?? -1;

    internal int DeploymentNumber(string id) => _table.Deployments.Find(id)?.Number ?? -1;
}
