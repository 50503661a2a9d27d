using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

/// <summary>Random fleets, small enough that everything meets everything.</summary>
internal static class FleetGen
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Ids =
        [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? $"exec-{i}" : $"{i * 7919 % 256:x2}345678-1234-4abc-{"89ab"[i % 4]}def-0123456789{i:x2}"),
            "01234567-89AB-4def-8123-456789abcdef", "01234567-89ab-4def-0123-456789abcdef", "ünï/code\n1"];
    private static readonly string[] Jobs = ["", "job-a", "job-b", "job-c"];
    private static readonly string[] Nodes = ["", "node-1", "node-2", "node-3", "NODE-4"];
    private static readonly string[] Deployments = ["", "", "dep-1", "dep-2", "job-a@1"];
    private static readonly string[] Messages = ["", "Running", "connection refused", "Refused: 12", "out of memory"];
    private static readonly string[] States = ["", "pending", "running", "running", "degraded", "failed", "complete", "stopped", "lost", "quarantined", "On Hold"];
    private static readonly string[] Labels = ["region=eu", "region!=eu", "tier in (gold,silver)", "!tier", "region", "team notin (x)", "bad expression here"];
    private static readonly string[] Agents = ["", "1.9.0", "v2.0.0", "2.1.3-rc1", "2.1.3", "2.1.10"];
    private static readonly string[] Terms =
    [
        "state:failed,running", "-state:running", "-state:failed,\"On Hold\"", "state:\"\"", "-desired:running", "is:current", "-is:current", "is:replaced", "is:drifting", "-is:drifting",
        "is:unreachable", "-is:unreachable", "is:current,drifting", "-is:replaced,unreachable", "job:job-a", "-job:job-a,job-b", "job:INGEST", "job:*", "-job:in*", "job:job-?", "version:>1",
        "version:1..2", "-version:0", "version:<=1", "node:node-1", "node:edge-*", "-node:edge-1", "node:NODE-*", "-node:node-1,nowhere", "deployment:dep-*", "-deployment:dep-1",
        "namespace:PROD", "-namespace:dev", "namespace:p*,dev", "type:query", "-type:*e*", "label:region=eu", "-label:region=eu", "-label:tier", "label:tier=gold,silver",
        "-label:tier!=gold,tin", "agent:<2.1.3", "agent:>=2.1.3", "agent:2.1*", "-agent:>2", "-agent:2.1.3", "os:Linux", "-os:linux", "arch:arm*", "id:exec-1*", "-id:exec-0,exec-3",
        "error:E1", "-error:e1,E2", "error:*", "has:message", "no:error", "has:error", "has:node", "-has:node", "has:deployment", "has:desired", "has:agent", "no:agent,message",
        "has:previous", "no:next", "message:refused", "-message:RUN,memory", "for:>10s", "for:<=4s", "-for:>10s", "changed:<5s", "changed:>=2026-05-01T00:00:07Z",
        "changed:<=2026-05-01T00:00:07Z", "created:>3s", "created:2026-05-01", "created:2026-05-01T00:00:02Z..2026-05-01T00:00:20Z", "-created:>8s", "edge", "-refused", "\"out of\" memory",
    ];
    private static readonly string[] Texts = ["", "", "refused", "exec-1", "EDGE", "4abc", "node", "345678", "zzz", "\n"];

    private static readonly Gen<DateTimeOffset?> Time = Gen.Int[-3, 30].Select(i => i < 0 ? (DateTimeOffset?)null : Start.AddSeconds(i));

    private static readonly Gen<IReadOnlyDictionary<string, string>?> Details =
        Gen.Int[0, 4].Select(i => i switch { 0 => new Dictionary<string, string> { ["error_code"] = "E1" }, 1 => new Dictionary<string, string>(), 2 => (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { ["error_code"] = "E2", ["hint"] = "x" }, _ => null });

    private static readonly Gen<StateReport> Report = Gen.Select(One(States), One(Messages), Details, (s, m, d) => new StateReport(ExecutionState.Parse(s), m, d));

    private static readonly Gen<Execution> Executions =
        from ids in Gen.Select(One(Ids), One(Jobs), One(Nodes), One(Deployments))
        from more in Gen.Select(One(["", "prod", "dev"]), One(["", "pipeline", "query"]), Gen.Int[0, 3], Gen.Int[0, 3])
        from reports in Gen.Select(Report, Report, Details)
        from links in Gen.Select(One([.. Ids, "", "", "gone"]), One([.. Ids, "", "", ""]))
        from times in Gen.Select(Time, Time, Time, Gen.Int[0, 5])
        select new Execution
        {
            Id = ids.Item1, JobId = ids.Item2, NodeId = ids.Item3, DeploymentId = ids.Item4, Namespace = more.Item1, JobType = more.Item2,
            JobVersion = more.Item3, EvaluationId = more.Item4 == 0 ? "" : $"eval-{more.Item4}", SpecHash = more.Item4 == 1 ? "" : $"spec{more.Item4}",
            Actual = reports.Item1, Desired = reports.Item2, Details = reports.Item3, PreviousId = links.Item1, NextId = links.Item2,
            CreatedAt = times.Item1, UpdatedAt = times.Item2, StableAt = times.Item3, Revision = times.Item4,
        };

    private static readonly Gen<IReadOnlyDictionary<string, string>> LabelMaps = Gen.Select(One(["", "eu", "us"]), One(["", "gold", "tin"]), (region, tier) =>
    {
        var labels = new Dictionary<string, string>();
        if (region.Length > 0) labels["region"] = region;
        if (tier.Length > 0) labels["tier"] = tier;
        return (IReadOnlyDictionary<string, string>)labels;
    });

    private static readonly Gen<FleetChange> NodeChange =
        Gen.Select(One(Nodes[1..]), One(["", "edge-1", "edge-2"]), One(["connected", "Connected", "disconnected", "lost", ""]), LabelMaps,
            (id, name, connection, labels) => (id, name, connection, labels)).SelectMany(n => Gen.Select(One(Agents), One(["", "linux", "windows"]), (agent, system) =>
                FleetChange.Of(new Node { Id = n.id, Name = n.name, Connection = n.connection, Labels = n.labels, AgentVersion = agent, OperatingSystem = system, Architecture = system.Length > 5 ? "arm64" : "" })));

    private static readonly Gen<FleetChange> JobChange =
        Gen.Select(One(Jobs[1..]), One(["", "ingest", "rollup"]), LabelMaps, (id, name, labels) => FleetChange.Of(new Job { Id = id, Name = name, Labels = labels }));

    /// <summary>Changes of executions mostly; nodes and jobs come, change and go too.</summary>
    public static readonly Gen<FleetChange> Change = Gen.Frequency(
        (12, Executions.Select(FleetChange.Of)),
        (3, One(Ids).Select(id => FleetChange.Gone(FleetKind.Execution, id))),
        (2, NodeChange),
        (1, JobChange),
        (1, One(Nodes[1..]).Select(id => FleetChange.Gone(FleetKind.Node, id))),
        (1, One(Jobs[1..]).Select(id => FleetChange.Gone(FleetKind.Job, id))));

    /// <summary>Queries of one to three parts, in any order.</summary>
    public static readonly Gen<ExecutionQuery> Query =
        from parts in Part.List[0, 3]
        from sort in Gen.Enum<ExecutionSort>()
        from upward in Gen.Bool
        select parts.Aggregate(new ExecutionQuery(), (query, part) => part(query)) with { Sort = sort, Ascending = upward };

    /// <summary>The time of the data.</summary>
    public static DateTimeOffset Moment { get; } = Start.AddSeconds(16);

    /// <summary>One term of the filter language.</summary>
    public static Gen<string> Term => One(Terms);

    public static IReadOnlyList<string> AllIds => Ids;
    public static IReadOnlyList<string> AllJobs => Jobs;
    public static IReadOnlyList<string> AllNodes => Nodes;

    private static Gen<Func<ExecutionQuery, ExecutionQuery>> Part => Gen.OneOf(
        Term.Select(v => To(q => q with { Filter = Filter.Of(q.Filter.Concat(FilterParser.Parse(v, FilterVocabulary.Executions).Filter)) })),
        Term.List[1, 3].Select(v => To(q => q with { Filter = Filter.Of(q.Filter.Concat(FilterParser.Parse(string.Join(' ', v), FilterVocabulary.Executions).Filter)) })),
        Some(States).Select(v => To(q => q with { States = [.. v.Select(ExecutionState.Parse)] })),
        Some(States).Select(v => To(q => q with { Desired = [.. v.Select(ExecutionState.Parse)] })),
        Gen.Bool.Select(v => To(q => q with { Drift = v })),
        Gen.Enum<ExecutionScope>().Select(v => To(q => q with { Scope = v })),
        Some([.. Jobs, "unknown"]).Select(v => To(q => q with { Jobs = v })),
        Gen.Int[0, 3].List[1, 2].Select(v => To(q => q with { Versions = v })),
        Some([.. Nodes, "unknown"]).Select(v => To(q => q with { Nodes = v })),
        Some([.. Deployments, "job-b@2", "job-a@0"]).Select(v => To(q => q with { Deployments = v })),
        Some(["", "prod", "dev", "test"]).Select(v => To(q => q with { Namespaces = v })),
        Some(["pipeline", "query", "update"]).Select(v => To(q => q with { Types = v })),
        Some(Labels).Select(v => To(q => q with { Labels = v })),
        One(Texts).Select(v => To(q => q with { Text = v })),
        Gen.Select(Time, Time).Select((from, to) => To(q => q with { CreatedFrom = from, CreatedTo = to })),
        Gen.Select(Time, Time).Select((from, to) => To(q => q with { UpdatedFrom = from, UpdatedTo = to })));

    private static Func<ExecutionQuery, ExecutionQuery> To(Func<ExecutionQuery, ExecutionQuery> change) => change;

    private static Gen<string> One(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<List<string>> Some(string[] values) => One(values).List[1, 3];
}
