using ExecutionDashboard.Fleet.Attention.Kept;
using ExecutionDashboard.Fleet.Attention.Rules;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>
/// Makes one problem of all findings of one cause, what explains the members best first: an outage, a spec, a cohort, a node; what is left is a problem of its job. Cost:
/// the findings, and the executions of jobs that fail on several nodes. One thread at a time.
/// </summary>
internal sealed class ProblemGroups(FleetStore store, AttentionOptions options, HashSet<ProblemCause> together)
{
    /// <summary>Most problems of one cause; more are one together.</summary>
    public const int MostOfCause = 10;

    // Until so few are left they stay one: a number that goes up and down at the limit must not end and open problems that go on.
    private const int FewAgain = MostOfCause / 2;

    private readonly JobVerdicts _verdicts = new(store, options);
    private readonly Outages _outages = new(store, options);
    private ((long, long) Edition, List<Outage> Outages, List<ContactFinding> Singles) _sorted = ((-1, -1), [], []);

    /// <summary>Groups what was found.</summary>
    public List<Draft> Of(Findings findings)
    {
        _verdicts.Forget(findings.ChangedJobs, findings.WasStarted);
        var drafts = new List<Draft>();
        var cutOff = GroupContacts(findings, drafts);
        List<Finding> failed = [], others = [];
        foreach (var finding in findings.Executions.Values)
        {
            if (finding.IsCutOff && cutOff.TryGetValue(finding.Node, out var owner) && BelongsToNode(finding, owner, findings.Contacts)) owner.Executions.Add(finding);
            else (finding.Cause == ProblemCause.Failed ? failed : others).Add(finding);
        }
        // The same whatever the order in which they were found.
        failed.Sort((a, b) => (a.Job, a.Version, a.Row).CompareTo((b.Job, b.Version, b.Row)));
        failed = ExplainByJob(failed, drafts);
        failed = ExplainByNode(failed, drafts);
        foreach (var group in others.Concat(failed).GroupBy(f => (f.Cause, f.Job, f.Version, IsApart: f.IsCutOff && f.Cause == ProblemCause.IgnoresStop)))
        {
            var (cause, job, version, isApart) = group.Key;
            var draft = new Draft(cause, JobKey(job, version) + (isApart ? "/unreachable" : "")) { Job = job, Version = version };
            draft.Executions.AddRange(group);
            drafts.Add(draft);
        }
        return MergeMany(drafts);
    }

    // Who waits for a node, is lost with it, or failed since it is gone, is explained by it. What failed before is not. What it was told to stop is apart, unless many nodes are gone.
    private static bool BelongsToNode(Finding finding, Draft owner, IReadOnlyDictionary<int, ContactFinding> contacts)
    {
        var failedSince = finding.Cause == ProblemCause.Failed && contacts.TryGetValue(finding.Node, out var contact) && contact.Since > 0 && finding.Since >= contact.Since;
        var belongs = finding.Cause == ProblemCause.UnreachableNode || finding.IsLost || failedSince || (finding.Cause == ProblemCause.IgnoresStop && owner.Outage is not null);
        if (belongs && finding.Cause == ProblemCause.UnreachableNode && owner.Cause == ProblemCause.NodeUnreachable) owner.Cause = ProblemCause.UnreachableNode;
        return belongs;
    }

    /// <summary>Groups the nodes without contact; by number of a node, the problem that it is part of.</summary>
    private Dictionary<int, Draft> GroupContacts(Findings findings, List<Draft> drafts)
    {
        var owners = new Dictionary<int, Draft>();
        var (outages, singles) = Sorted(findings);
        foreach (var contact in findings.Contacts.Values)
            if (contact.FlapsSince != 0) Own(new(ProblemCause.FlappingNode, store.NodeId(contact.Node)) { Node = contact.Node }, [contact]);
        foreach (var outage in outages) Own(new(ProblemCause.Outage, outage.Label.Length > 0 ? outage.Label : "fleet") { Outage = outage }, outage.Nodes);
        foreach (var contact in singles) Own(new(ProblemCause.NodeUnreachable, store.NodeId(contact.Node)) { Node = contact.Node }, [contact]);
        return owners;

        void Own(Draft draft, List<ContactFinding> contacts)
        {
            draft.Contacts.AddRange(contacts);
            drafts.Add(draft);
            foreach (var contact in contacts) owners[contact.Node] = draft;
        }
    }

    // Asked anew only when a node lost or found contact, or what nodes have in common changed.
    private (List<Outage> Outages, List<ContactFinding> Singles) Sorted(Findings findings)
    {
        var edition = (findings.ContactsEdition, store.NodeTraitsEdition);
        if (_sorted.Edition == edition) return (_sorted.Outages, _sorted.Singles);
        List<ContactFinding> unreachable = [.. findings.Contacts.Values.Where(contact => contact.FlapsSince == 0)];
        unreachable.Sort(ContactFinding.ByTime);
        _sorted = (edition, _outages.Of(unreachable), unreachable);
        return (_sorted.Outages, _sorted.Singles);
    }

    /// <summary>Blames specs, then what nodes share. Returns what neither explains.</summary>
    private List<Finding> ExplainByJob(List<Finding> failed, List<Draft> drafts)
    {
        var left = new List<Finding>();
        var cohorts = new Dictionary<(string Name, string Value), Draft>();
        foreach (var group in failed.Where(f => !f.IsLost).GroupBy(f => (f.Job, f.Version)))
        {
            Finding[] members = [.. group];
            var (job, version) = group.Key;
            var verdict = members.Length < Math.Min(options.SpecFaultNodes, options.CohortNodes) ? null : _verdicts.Of(job, version);
            if (verdict is { IsSpec: true })
            {
                var draft = new Draft(ProblemCause.SpecFault, JobKey(job, version)) { Job = job, Version = version, Verdict = verdict };
                draft.Executions.AddRange(members);
                drafts.Add(draft);
            }
            else if (verdict?.Trait is { } trait)
            {
                if (!cohorts.TryGetValue((trait.Name, trait.Value), out var draft))
                {
                    draft = new Draft(ProblemCause.CohortFault, $"{trait.Name}={trait.Value}") { Trait = trait, Verdict = verdict };
                    cohorts[(trait.Name, trait.Value)] = draft;
                    drafts.Add(draft);
                }
                foreach (var finding in members) (HasTrait(finding, draft) ? draft.Executions : left).Add(finding);
            }
            else left.AddRange(members);
        }
        left.AddRange(failed.Where(f => f.IsLost));
        // What fails only on nodes that are already known to be ill needs no proof of its own.
        foreach (var cohort in cohorts.Values)
        {
            var outside = left.Where(f => !HasTrait(f, cohort)).Select(f => (f.Job, f.Version)).ToHashSet();
            cohort.Executions.AddRange(left.Where(f => !f.IsLost && !outside.Contains((f.Job, f.Version)) && HasTrait(f, cohort)));
            left.RemoveAll(f => !f.IsLost && !outside.Contains((f.Job, f.Version)) && HasTrait(f, cohort));
        }
        return left;
    }

    private bool HasTrait(Finding finding, Draft cohort) =>
        store.FindNode(store.NodeId(finding.Node)) is { } node && Deployments.CommonTraits.Has(node, cohort.Trait!);

    /// <summary>Blames nodes on which many jobs fail that run elsewhere. Returns what is left.</summary>
    private List<Finding> ExplainByNode(List<Finding> failed, List<Draft> drafts)
    {
        var byJob = failed.GroupBy(f => f.Job).ToDictionary(g => g.Key, g => g.Count());
        var blamed = new HashSet<int>();
        foreach (var onNode in failed.Where(f => f.Node != 0).GroupBy(f => f.Node))
        {
            Finding[] members = [.. onNode.Where(f => store.RunningCount(f.Job) >= byJob[f.Job])];
            if (members.DistinctBy(f => f.Job).Count() < options.NodeFaultJobs) continue;
            var draft = new Draft(ProblemCause.NodeFault, store.NodeId(onNode.Key)) { Node = onNode.Key };
            draft.Executions.AddRange(members);
            drafts.Add(draft);
            foreach (var member in members) blamed.Add(member.Row);
        }
        return blamed.Count == 0 ? failed : failed.FindAll(f => !blamed.Contains(f.Row));
    }

    // Forty problems of one kind are one problem of forty.
    private List<Draft> MergeMany(List<Draft> drafts)
    {
        var many = drafts.Where(d => d.Outage is null).GroupBy(d => d.Cause).Where(g => g.Count() > (together.Contains(g.Key) ? FewAgain : MostOfCause)).ToList();
        together.Clear();
        together.UnionWith(many.Select(same => same.Key));
        if (many.Count == 0) return drafts;
        var merged = new HashSet<Draft>();
        foreach (var same in many)
        {
            var together = new Draft(same.Key, "fleet");
            foreach (var draft in same)
            {
                together.Executions.AddRange(draft.Executions);
                together.Contacts.AddRange(draft.Contacts);
                merged.Add(draft);
            }
            drafts.Add(together);
        }
        drafts.RemoveAll(merged.Contains);
        return drafts;
    }

    private string JobKey(int job, int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{store.JobId(job)}@{version}");
}
