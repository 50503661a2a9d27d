using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

/// <summary>What the store must answer, said with LINQ over plain lists.</summary>
internal sealed partial class NaiveFleet
{
    private readonly Dictionary<string, Execution> _executions = [];
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly Dictionary<string, Job> _jobs = [];
    private Dictionary<string, Execution>? _summary;

    /// <summary>All, each with what replaced it.</summary>
    public IReadOnlyCollection<Execution> Executions => Summary().Values;

    /// <summary>The time of the data.</summary>
    public DateTimeOffset Moment { get; set; } = FleetGen.Moment;

    public void Apply(FleetChange change)
    {
        _summary = null;
        Know(change);
        switch (change.Kind)
        {
            case FleetKind.Execution when change.Removed: _executions.Remove(change.Id); break;
            case FleetKind.Execution: _executions[change.Id] = change.Execution!; break;
            case FleetKind.Node when change.Removed: _nodes.Remove(change.Id); break;
            case FleetKind.Node: _nodes[change.Id] = change.Node!; break;
            case FleetKind.Job when change.Removed: _jobs.Remove(change.Id); break;
            case FleetKind.Job: _jobs[change.Id] = change.Job!; break;
        }
    }

    public Execution? Find(string id) => Summary().GetValueOrDefault(id);

    public List<Execution> Query(ExecutionQuery query)
    {
        var matches = Executions.Where(e => Matches(query, e)).ToList();
        matches.Sort((a, b) =>
        {
            var order = Compare(query.Sort, a, b);
            if (order == 0) order = string.CompareOrdinal(a.Id, b.Id);
            return query.Ascending ? order : -order;
        });
        return matches;
    }

    public (int Total, Dictionary<string, int> ByState, int Drifting, int LastKnown) Counts(ExecutionScope scope, Func<Execution, bool> which)
    {
        var them = Executions.Where(e => IsOf(scope, e) && which(e)).ToList();
        return (them.Count, them.GroupBy(e => e.Actual.State.Name).ToDictionary(g => g.Key, g => g.Count()),
            them.Count(e => e.Drifts),
            them.Count(e => !e.Actual.State.IsTerminal && _nodes.TryGetValue(e.NodeId, out var node) && !node.IsConnected));
    }

    public static string DeploymentOf(Execution e) =>
        e.DeploymentId.Length > 0 ? e.DeploymentId : e.JobId.Length > 0 ? Deployment.IdOf(e.JobId, e.JobVersion) : "";

    public bool Matches(ExecutionQuery query, Execution e) => query.Filter.All(c => Meets(c, e));

    private static bool IsOf(ExecutionScope scope, Execution e) =>
        scope == ExecutionScope.All || (scope == ExecutionScope.Current) == e.ReplacedBy is null;

    private Dictionary<string, Execution> Summary() => _summary ??= _executions.ToDictionary(e => e.Key, e => WithReplacement(e.Value));

    // The definition of a current execution, said once more and slowly.
    private Execution WithReplacement(Execution e)
    {
        var at = e;
        for (var steps = 0; steps < FleetStore.ChainLimit && !IsCurrent(at); steps++)
        {
            var next = Candidate(at) is { } candidate && candidate.Id != at.Id ? candidate : NewestSuccessor(at);
            if (next is null || next.Id == e.Id) break;
            at = next;
        }
        return e with { ReplacedBy = at.Id == e.Id ? null : new Replacement(at.Id, at.Actual.State) };
    }

    private bool IsCurrent(Execution e) =>
        Candidate(e) is { } candidate ? candidate.Id == e.Id && Successors(e).All(s => IsHere(s, e)) : !Successors(e).Any();

    /// <summary>The newest of the job on the node, of those that nothing there replaced.</summary>
    private Execution? Candidate(Execution e)
    {
        if (e.JobId.Length == 0 || e.NodeId.Length == 0) return null;
        var here = _executions.Values.Where(other => IsHere(other, e)).ToList();
        var ends = here.Where(other => !Successors(other).Any(s => IsHere(s, e))).ToList();
        return (ends.Count > 0 ? ends : here).OrderBy(o => o.CreatedAt).ThenBy(o => o.JobVersion).ThenBy(o => !o.Actual.State.IsTerminal).ThenBy(o => o.Id, StringComparer.Ordinal).Last();
    }

    private IEnumerable<Execution> Successors(Execution e) => _executions.Values.Where(o => o.Id != e.Id && (o.Id == e.NextId || o.PreviousId == e.Id));

    private Execution? NewestSuccessor(Execution e) => Successors(e).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id, StringComparer.Ordinal).LastOrDefault();

    private static bool IsHere(Execution a, Execution b) => a.JobId == b.JobId && a.NodeId == b.NodeId;

    private int Compare(ExecutionSort sort, Execution a, Execution b) => sort switch
    {
        ExecutionSort.Updated => Nullable.Compare(a.UpdatedAt, b.UpdatedAt),
        ExecutionSort.Created => Nullable.Compare(a.CreatedAt, b.CreatedAt),
        ExecutionSort.State => Compare(a.Actual.State, b.Actual.State),
        ExecutionSort.Desired => Compare(a.Desired.State, b.Desired.State),
        ExecutionSort.Job => Natural(JobName(a), JobName(b)) is var order && order != 0 ? order : a.JobVersion.CompareTo(b.JobVersion),
        ExecutionSort.Version => a.JobVersion.CompareTo(b.JobVersion),
        ExecutionSort.Node => Natural(NodeName(a), NodeName(b)),
        ExecutionSort.Deployment => Natural(DeploymentOf(a), DeploymentOf(b)),
        ExecutionSort.Namespace => Natural(a.Namespace, b.Namespace),
        ExecutionSort.Type => Natural(a.JobType, b.JobType),
        ExecutionSort.Message => Natural(a.Actual.Message, b.Actual.Message),
        ExecutionSort.Revision => a.Revision.CompareTo(b.Revision),
        _ => 0,
    };

    private static int Compare(ExecutionState a, ExecutionState b)
    {
        static int Class(ExecutionState s) => s.IsNone ? 0 : s.Known == KnownExecutionState.Other ? 100 : (int)s.Known;
        return Class(a) != Class(b) ? Class(a).CompareTo(Class(b)) : Natural(a.Name, b.Name);
    }

    // Natural order said once more and slowly: numbers with their length before them, letters in upper case, then the characters themselves.
    private static int Natural(string a, string b) => string.CompareOrdinal(Key(a), Key(b)) is var order && order != 0 ? order : string.CompareOrdinal(a, b);

    private static string Key(string text) => Regex.Replace(text.ToUpperInvariant(), "[0-9]+", m => $"0{(char)m.Value.TrimStart('0').Length}{m.Value.TrimStart('0')}");

    public string JobName(Execution e) => _jobs.GetValueOrDefault(e.JobId)?.DisplayName ?? e.JobId;

    public string NodeName(Execution e) => _nodes.GetValueOrDefault(e.NodeId)?.DisplayName ?? e.NodeId;

    public string? Label(Execution e, string key) =>
        _nodes.GetValueOrDefault(e.NodeId)?.Labels.GetValueOrDefault(key) ?? _jobs.GetValueOrDefault(e.JobId)?.Labels.GetValueOrDefault(key);

}
