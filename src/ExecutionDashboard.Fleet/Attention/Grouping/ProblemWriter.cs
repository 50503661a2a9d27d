using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>Makes problems of drafts: whom they concern, and their cards.</summary>
internal sealed class ProblemWriter(FleetStore store)
{
    /// <summary>The problem of a draft.</summary>
    public FoundProblem Write(Draft draft)
    {
        var executions = draft.Executions;
        executions.Sort((a, b) => a.Since != b.Since ? a.Since.CompareTo(b.Since) : a.Row.CompareTo(b.Row));
        draft.Contacts.Sort((a, b) => a.Since != b.Since ? a.Since.CompareTo(b.Since) : a.Node.CompareTo(b.Node));
        var nodes = Numbers(executions.Select(f => f.Node).Concat(draft.Contacts.Select(c => c.Node)));
        var jobs = Numbers(executions.Select(f => f.Job));
        var card = new ProblemCard(store, draft, nodes, jobs);
        var problem = new Problem
        {
            Id = draft.Id,
            Cause = draft.Cause,
            Severity = card.Severity,
            Since = SinceOf(draft),
            Summary = card.Summary,
            Subjects = SubjectsOf(draft),
            Executions = draft.Contacts.Count > 0 && draft.Outage is not null ? nodes.Sum(store.CurrentOnNode) : executions.Count,
            Nodes = nodes.Length,
            JobId = jobs.Length == 1 && draft.Contacts.Count == 0 ? store.JobId(jobs[0]) : "",
            Address = card.Address,
            Evidence = card.Evidence,
            NextSteps = card.NextSteps,
        };
        int[] rows = [.. executions.Select(f => f.Row).Order()];
        return new(problem, store, rows, nodes, jobs, Numbers(executions.Select(f => f.Deployment)));
    }

    private static DateTimeOffset SinceOf(Draft draft)
    {
        var known = draft.Contacts.Select(c => c.FlapsSince != 0 ? c.FlapsSince : c.Since).Concat(draft.Contacts.Count > 0 ? [] : draft.Executions.Select(f => f.Since)).Where(since => since != 0);
        return ExecutionTable.ToTime(known.DefaultIfEmpty(0).Min()) ?? DateTimeOffset.UnixEpoch;
    }

    // The job first, then nodes, then executions: as many as are named.
    private List<ProblemSubject> SubjectsOf(Draft draft)
    {
        var subjects = new List<ProblemSubject>();
        if (draft.Job > 0) subjects.Add(new(FleetKind.Job, store.JobId(draft.Job), store.NameOfJob(draft.Job)));
        var contacts = draft.Contacts.Select(c => c.Node);
        foreach (var node in (draft.Node > 0 && draft.Contacts.Count == 0 ? contacts.Append(draft.Node) : contacts).Take(Problem.MostSubjects - subjects.Count))
            subjects.Add(new(FleetKind.Node, store.NodeId(node), store.NameOfNode(node)));
        if (draft.Outage is not null) return subjects;
        var rows = draft.Executions.Take(Problem.MostSubjects - subjects.Count).ToArray();
        var ids = store.ReadTable((table, _) => Array.ConvertAll(rows, f => table.IdOf(f.Row)));
        for (var i = 0; i < ids.Length; i++) subjects.Add(new(FleetKind.Execution, ids[i], rows[i].Node > 0 ? store.NameOfNode(rows[i].Node) : PlainText.Of(ids[i])));
        return subjects;
    }

    // Number 0 is none.
    private static int[] Numbers(IEnumerable<int> numbers) => [.. numbers.Where(number => number > 0).Distinct().Order()];
}
