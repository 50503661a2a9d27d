using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>A problem with all it concerns, where its subjects name only the worst. Immutable.</summary>
public sealed class FoundProblem : IEquatable<FoundProblem>
{
    private readonly FleetStore? _store;
    private readonly int[] _executions = [], _nodes = [], _jobs = [], _deployments = [];

    /// <summary>A problem whose subjects are all it concerns.</summary>
    public FoundProblem(Problem problem) => Problem = problem;

    /// <summary>A problem of some executions and nodes of a store, by their numbers there, sorted.</summary>
    internal FoundProblem(Problem problem, FleetStore store, int[] executions, int[] nodes, int[] jobs, int[] deployments)
    {
        Problem = problem;
        _store = store;
        (_executions, _nodes, _jobs, _deployments) = (executions, nodes, jobs, deployments);
    }

    /// <summary>The problem.</summary>
    public Problem Problem { get; }

    /// <summary>Whether it concerns something. Cost: a binary search.</summary>
    public bool Concerns(FleetKind kind, string id)
    {
        if (id.Length == 0) return false;
        if (kind == FleetKind.Job && Problem.JobId == id || kind == FleetKind.Deployment && Problem.DeploymentId == id) return true;
        foreach (var subject in Problem.Subjects)
            if (subject.Kind == kind && subject.Id == id) return true;
        if (_store is null) return false;
        return kind switch
        {
            FleetKind.Execution => Array.BinarySearch(_executions, _store.RowOf(id)) >= 0,
            FleetKind.Node => Array.BinarySearch(_nodes, _store.NodeNumber(id)) >= 0,
            FleetKind.Job => Array.BinarySearch(_jobs, _store.JobNumber(id)) >= 0,
            FleetKind.Deployment => Array.BinarySearch(_deployments, _store.DeploymentNumber(id)) >= 0,
            _ => false,
        };
    }

    /// <summary>The nodes that it concerns, of those that a store has. Cost: those nodes.</summary>
    public IEnumerable<Node> NodesOf(FleetStore store) => NodesIn(store).Select(number => store.FindNode(store.NodeId(number))).OfType<Node>();

    /// <summary>Numbers of the nodes of a store that it concerns.</summary>
    internal IEnumerable<int> NodesIn(FleetStore store) =>
        (ReferenceEquals(_store, store) ? _nodes : []).Concat(Problem.Subjects.Where(s => s.Kind == FleetKind.Node).Select(s => store.NodeNumber(s.Id))).Where(number => number > 0);

    /// <summary>All executions that it concerns are of one deployment.</summary>
    internal bool IsWithin(string deploymentId) => _store is not null && _deployments is [var only] && _store.DeploymentNumber(deploymentId) == only;

    /// <summary>Equal when all that is shown is, and all that it concerns.</summary>
    public bool Equals(FoundProblem? other) =>
        other is not null && ReferenceEquals(_store, other._store) && Problem.Equals(other.Problem) && _executions.AsSpan().SequenceEqual(other._executions)
        && _nodes.AsSpan().SequenceEqual(other._nodes) && _jobs.AsSpan().SequenceEqual(other._jobs) && _deployments.AsSpan().SequenceEqual(other._deployments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FoundProblem);

    /// <inheritdoc/>
    public override int GetHashCode() => Problem.GetHashCode();
}
