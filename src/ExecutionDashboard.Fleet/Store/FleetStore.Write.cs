using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private static readonly Node Traitless = new() { Id = "" };

    /// <summary>
    /// This store as another instance, for readers that keep what they worked out of an instance: what they find is all new. Only the new one may be written from then on.
    /// </summary>
    public FleetStore Again() => (FleetStore)MemberwiseClone();

    private bool ApplyOne(FleetChange change, long version)
    {
        if (string.IsNullOrEmpty(change.Id)) return false;
        return change.Kind switch
        {
            FleetKind.Execution when change.Removed => _table.Remove(change.Id, version),
            FleetKind.Execution => change.Execution is { } execution && _table.Upsert(execution, version),
            FleetKind.Node => ApplyNode(change.Id, change.Removed ? null : change.Node, change.Removed, version),
            FleetKind.Job => ApplyJob(change.Id, change.Removed ? null : change.Job, change.Removed, version),
            FleetKind.Deployment when change.Removed => _catalog.Deployments.Remove(change.Id),
            FleetKind.Deployment => change.Deployment is { } deployment && _catalog.Deployments.Set(deployment.Id, deployment),
            FleetKind.Spec when change.Removed => _catalog.Specs.Remove(change.Id),
            FleetKind.Spec => change.Spec is { } spec && _catalog.Specs.Set(spec.Hash, spec),
            _ => false,
        };
    }

    private bool ApplyNode(string id, Node? node, bool removed, long version)
    {
        var before = _catalog.Nodes.Find(id);
        if (node is not null) node = _nodeParts.Share(node, before);
        if (removed ? !_catalog.Nodes.Remove(id) : node is null || !_catalog.Nodes.Set(id, node)) return false;
        if (node is null) Observations.Forget(id);
        else if (before is not null) Observations.Connected(before, node);
        var group = _table.Nodes.Intern(id);
        CountConnection(before is null ? null : ConnectionOf(before, group), null);
        group.IsStale = node is not null && IsStale(node);
        CountConnection(null, node is null ? null : ConnectionOf(node, group));
        var renamed = _table.Nodes.Rename(group, node?.DisplayName ?? id);
        // What executions can be filtered by; a node that comes or goes counts as one without traits.
        if (renamed || !(before ?? Traitless).HasTraitsOf(node ?? Traitless)) TouchAll(group, version);
        _table.SetSilent(group, node is { IsConnected: false }, version);
        _table.Touch(group);
        if (before is null || node is null || !before.HasTraitsOf(node)) _nodeTraits++;
        return true;
    }

    private bool ApplyJob(string id, Job? job, bool removed, long version)
    {
        var before = _catalog.Jobs.Find(id);
        if (removed ? !_catalog.Jobs.Remove(id) : job is null || !_catalog.Jobs.Set(id, job)) return false;
        var group = _table.Jobs.Intern(id);
        var renamed = _table.Jobs.Rename(group, job?.DisplayName ?? id);
        if (renamed || !Texts.Same(before?.Labels, job?.Labels) || before?.SpecHash != job?.SpecHash || before?.Version != job?.Version) TouchAll(group, version);
        return true;
    }

    /// <summary>Marks all executions of a node or job as changed: queries depend on its name and labels, and on the job's spec.</summary>
    private void TouchAll(Group group, long version)
    {
        foreach (var row in group.Rows)
            if (_table.IsLive(row)) _table.Touch(row, version);
    }
}
