using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>Why versions of jobs fail, worked out once a change of the job. One thread at a time.</summary>
internal sealed class JobVerdicts(FleetStore store, AttentionOptions options)
{
    // Errors are told apart by rules that cost some microseconds each: enough of them to see which one prevails.
    private const int MostRead = 100;
    private const int MostReasons = 10_000;

    private readonly Dictionary<(int Job, int Version), JobVerdict> _held = [];
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private long _traits = -1;

    /// <summary>Forgets what was worked out of jobs whose executions changed, or of all when traits of nodes did.</summary>
    public void Forget(IReadOnlySet<int> jobs, bool all)
    {
        if (all || _traits != store.NodeTraitsEdition) _held.Clear();
        _traits = store.NodeTraitsEdition;
        if (jobs.Count == 0 || _held.Count == 0) return;
        foreach (var key in _held.Keys)
            if (jobs.Contains(key.Job)) _held.Remove(key);
    }

    /// <summary>Why a version fails.</summary>
    public JobVerdict Of(int job, int version)
    {
        if (!_held.TryGetValue((job, version), out var verdict)) _held[(job, version)] = verdict = WorkOut(job, version);
        return verdict;
    }

    private JobVerdict WorkOut(int job, int version)
    {
        if (_reasons.Count > MostReasons) _reasons.Clear();
        var (failedNodes, healthyNodes, decided, read, previousVersion, previous, readPrevious) = store.ReadTable((table, _) => Walk(table, job, version));
        var reason = FailureGroups.Of(read, _reasons) is [var most, ..] ? most : null;
        var isSpec = reason is not null
            && failedNodes.Count >= options.SpecFaultNodes
            && (double)failedNodes.Count / decided * reason.Count / read.Length * 100 >= options.SpecFaultPercent
            && !FailureGroups.Of(readPrevious, _reasons).Any(group => group.Reason == reason.Reason && group.ErrorCode == reason.ErrorCode);
        var trait = isSpec || failedNodes.Count < options.CohortNodes ? null : TraitOf(failedNodes, healthyNodes);
        return new(failedNodes.Count, decided, reason, reason?.Count ?? 0, read.Length, previousVersion, previous, isSpec, trait);
    }

    private CommonTrait? TraitOf(List<int> failed, List<int> healthy)
    {
        foreach (var trait in CommonTraits.Of(NodesOf(failed), NodesOf(healthy)))
            if (trait.Name != "connection" && trait.FailedWith >= options.CohortNodes && 3 * trait.FailedWith >= 2 * trait.Failed && trait.FailedWith >= trait.HealthyWith) return trait;
        return null;
    }

    private Node[] NodesOf(List<int> numbers) => [.. numbers.Select(number => store.FindNode(store.NodeId(number))).OfType<Node>()];

    private static Walked Walk(ExecutionTable table, int job, int version)
    {
        List<int> failedNodes = [], healthyNodes = [], failed = [], failedBefore = [];
        var (decided, before, previous) = (0, 0, 0);
        foreach (var row in table.Jobs[job].Rows)
        {
            if (!table.IsLive(row) || table.Job[row] != job) continue;
            var (of, state) = (table.JobVersion[row], table.States[table.State[row]].Known);
            if (of < version && of >= before)
            {
                if (of > before) (before, previous, failedBefore) = (of, 0, []);
                previous++;
                if (state == KnownExecutionState.Failed) failedBefore.Add(row);
            }
            if (of != version || !table.IsCurrent(row)) continue;
            if (state is KnownExecutionState.Running or KnownExecutionState.Completed or KnownExecutionState.Degraded or KnownExecutionState.Failed or KnownExecutionState.Lost) decided++;
            if (state is KnownExecutionState.Running or KnownExecutionState.Completed) healthyNodes.Add(table.Node[row]);
            if (state != KnownExecutionState.Failed) continue;
            failedNodes.Add(table.Node[row]);
            failed.Add(row);
        }
        return new(failedNodes, healthyNodes, decided, Read(table, failed), previous == 0 ? 0 : before, previous, Read(table, failedBefore));
    }

    // The first that failed, the same ones whatever the order in which they were found.
    private static Execution[] Read(ExecutionTable table, List<int> rows)
    {
        rows.Sort((a, b) => table.Updated[a] != table.Updated[b] ? table.Updated[a].CompareTo(table.Updated[b]) : a.CompareTo(b));
        return [.. rows.Take(MostRead).Select(table.Read)];
    }

    private sealed record Walked(
        List<int> FailedNodes, List<int> HealthyNodes, int Decided, Execution[] Failed, int PreviousVersion, int Previous, Execution[] FailedBefore)
    {
        public void Deconstruct(out List<int> failedNodes, out List<int> healthyNodes, out int decided, out Execution[] failed, out int previousVersion, out int previous, out Execution[] failedBefore) =>
            (failedNodes, healthyNodes, decided, failed, previousVersion, previous, failedBefore) = (FailedNodes, HealthyNodes, Decided, Failed, PreviousVersion, Previous, FailedBefore);
    }
}
