using ExecutionDashboard.Fleet.Search;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>
    /// Finds jobs, nodes, deployments and executions by a part of their name or id, best first. Costs the names of the fleet, and for a part of an id all ids: some
    /// milliseconds at a million executions.
    /// </summary>
    /// <param name="sought">What is looked for.</param>
    /// <param name="most">Most hits per kind.</param>
    public SearchHits Search(SoughtText sought, int most)
    {
        if (sought.IsEmpty) return SearchHits.None;
        if (sought.Named.Count > 0) return Named(sought.Named, most);
        var search = new FleetSearch(_table, _catalog, sought, most);
        var deployments = Deployments;
        // One read for each kind, so that a busy writer interrupts none of them for long.
        var jobs = _gate.Read(search.Jobs);
        var nodes = _gate.Read(search.Nodes);
        var rollouts = search.Deployments(deployments);
        var executions = _gate.Read(() =>
        {
            var rows = search.Executions();
            return (rows.Found, Best: rows.Best.Select(hit => new SearchHit(FleetKind.Execution, _table.IdOf(hit.Thing), hit.Quality)).ToArray());
        });
        SearchHit[] hits =
        [
            .. jobs.Best.Select(hit => new SearchHit(FleetKind.Job, hit.Thing.Id, hit.Quality)), .. nodes.Best.Select(hit => new SearchHit(FleetKind.Node, hit.Thing.Id, hit.Quality)),
            .. rollouts.Best.Select(hit => new SearchHit(FleetKind.Deployment, hit.Thing.Id, hit.Quality)), .. executions.Best,
        ];
        (FleetKind Kind, int Found)[] found = [(FleetKind.Job, jobs.Found), (FleetKind.Node, nodes.Found), (FleetKind.Deployment, rollouts.Found), (FleetKind.Execution, executions.Found)];
        // A stable sort: of the same quality jobs come before nodes, those before deployments.
        return new([.. hits.OrderByDescending(hit => hit.Quality)], found.Where(f => f.Found > 0).ToDictionary(f => f.Kind, f => f.Found));
    }

    private SearchHits Named(IReadOnlyList<NamedThing> named, int most)
    {
        FleetKind[] kinds = [FleetKind.Job, FleetKind.Node, FleetKind.Deployment, FleetKind.Execution];
        var hits = named.SelectMany(thing => kinds.Where(kind => thing.Kind is null || thing.Kind == kind).SelectMany(kind => IdsOf(kind, thing.Id).Select(id => (kind, id))))
            .Distinct().Select(thing => new SearchHit(thing.kind, thing.id, MatchQuality.Whole)).ToArray();
        return new([.. hits.GroupBy(hit => hit.Kind).SelectMany(kind => kind.Take(most))], hits.GroupBy(hit => hit.Kind).ToDictionary(kind => kind.Key, kind => kind.Count()));
    }

    /// <summary>The ids that a name or an id stands for, as command lines have them: jobs and nodes by name too. Empty when there is no such thing.</summary>
    public IEnumerable<string> IdsOf(FleetKind kind, string id) => kind switch
    {
        FleetKind.Execution => FindExecution(id) is null ? [] : [id],
        FleetKind.Deployment => FindDeployment(id) is null ? [] : [id],
        FleetKind.Node => FindNode(id) is null ? Nodes.Where(node => node.Name.Equals(id, StringComparison.OrdinalIgnoreCase)).Select(node => node.Id) : [id],
        _ => FindJob(id) is null ? Jobs.Where(job => job.Name.Equals(id, StringComparison.OrdinalIgnoreCase)).Select(job => job.Id) : [id],
    };
}
