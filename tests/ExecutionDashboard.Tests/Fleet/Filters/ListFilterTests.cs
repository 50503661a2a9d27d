using CsCheck;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Logs;

namespace ExecutionDashboard.Tests.Fleet.Filters;

/// <summary>The filter language of nodes, jobs, deployments and problems: written and read back, and answered like a test of each entity by itself.</summary>
public sealed class ListFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Texts = ["", "edge-1", "edge-2", "ab", "JOB-1", "eu"];
    private static readonly Gen<DateTimeOffset?> SomeTime = Gen.Int[-1, 30].Select(s => s < 0 ? (DateTimeOffset?)null : Now.AddSeconds(-s));
    private static readonly Gen<IReadOnlyDictionary<string, string>> Labels = Gen.Select(One("", "edge", "core"), One("", "eu", "us")).Select((tier, region) =>
        (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(new[] { KeyValuePair.Create("tier", tier), KeyValuePair.Create("region", region) }.Where(l => l.Value.Length > 0)));

    public static TheoryData<ListQuery> Lists { get; } = [NodeQuery.All, new JobQuery(), new DeploymentQuery(), new AttentionQuery(), ExecutionQuery.All, LogQuery.All];

    [Theory]
    [MemberData(nameof(Lists), DisableDiscoveryEnumeration = true)]
    public void TextAndAddress_OfAnyFilter_GiveTheSameQuery(ListQuery list) => FilterGen.FilterOf(list.Address.Vocabulary).Sample(filter =>
    {
        var query = list with { Filter = filter };
        Assert.Equal(query, list.WithTerms(query.Terms));
        Assert.Equal(query, Read(query));
    }, iter: 60);

    [Theory]
    [MemberData(nameof(Lists), DisableDiscoveryEnumeration = true)]
    public void Text_WhateverIsTyped_KeepsWhatItCannotReadAndFiltersByTheRest(ListQuery list) => FilterGen.Typed.Sample(text =>
    {
        var (filter, problems) = FilterParser.Parse(text, list.Address.Vocabulary);
        var query = list.WithTerms(text);
        Assert.Equal((filter, problems.Count), (query.Filter, query.NotUnderstood.Count));
        Assert.Equal(query, Read(query));
        Assert.Equal(query, list.WithTerms(query.Terms));
    }, iter: 60);

    [Fact]
    public void Nodes_OfAnyFilter_AreThoseThatMeetIt()
    {
        var node = Gen.Select(Gen.Int[1, 4], One("", "edge-1", "ab"), One("connected", "lost", ""), Labels, Gen.Select(One("", "2.1.0", "2.1.19", "2.1.19-rc1"), Gen.Int[-1, 99], SomeTime, SomeTime)).Select((id, name, connection, labels, others) => new Node
        {
            Id = $"edge-{id}", Name = name, Connection = connection, Labels = labels, AgentVersion = others.Item1, OperatingSystem = name, Architecture = connection, Hostname = name, Message = connection,
            Resources = others.Item2 < 0 ? null : new(others.Item2, null, null, null, null, null, null), ConnectedSince = others.Item3, DisconnectedSince = others.Item4, LastHeartbeat = others.Item4, CreatedAt = others.Item3,
        });
        var execution = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 4], One("job-1", "job-2"), Gen.Int[1, 3], One("running", "failed", "stopped")).Select((id, on, job, version, state) => new Execution
        {
            Id = $"exec-{id}", NodeId = $"edge-{on}", JobId = job, JobVersion = version, CreatedAt = Now.AddSeconds(-id), Actual = new(ExecutionState.Parse(state)), Desired = new(ExecutionState.Parse("running")),
        });
        var changes = Gen.OneOf(node.Select(FleetChange.Of), execution.Select(FleetChange.Of)).List[0, 12];
        Gen.Select(changes, changes, FilterGen.FilterOf(NodeQuery.All.Address.Vocabulary, WordsOf), Gen.Int[1, 4]).Sample((first, then, filter, troubled) =>
        {
            var store = new FleetStore();
            var seen = first.Select(c => c.Execution?.JobId ?? "").Where(id => id.Length > 0).ToHashSet();
            store.MoveTo(Now);
            store.Apply(first);
            var selection = store.SelectNodes(NodeQuery.All with { Filter = filter });
            Assert.Equal(Expected(), store.NodesOf(selection, 0, 99).Select(n => n!.Node.Id).Order());

            // The same while the fleet and its problems change, and time goes on.
            store.Apply(then);
            seen.UnionWith(then.Select(c => c.Execution?.JobId ?? "").Where(id => id.Length > 0));
            store.MoveTo(Now.AddSeconds(5));
            store.MarkProblems([new(SomeProblemOf($"edge-{troubled}"))]);
            store.Refresh(selection);
            Assert.Equal(Expected($"edge-{troubled}").Count, selection.MatchingNow);

            IReadOnlyList<string> Expected(string withProblem = "") => [.. store.Nodes.Where(n => NodeMeets(n, filter, store, store.Moment!.Value, seen, withProblem)).Select(n => n.Id).Order()];
        }, iter: 150);
    }

    [Fact]
    public void Jobs_OfAnyFilter_AreThoseThatMeetIt()
    {
        var job = Gen.Select(Gen.Int[1, 4], One("", "edge-1", "ab"), One("running", "failed", ""), Labels, Gen.Select(Gen.Int[0, 4], SomeTime, SomeTime)).Select((id, name, state, labels, others) => new Job
        {
            Id = $"job-{id}", Name = name, State = state, Labels = labels, Version = others.Item1, Namespace = name, Type = state, Message = name, UpdatedAt = others.Item2, CreatedAt = others.Item3,
        });
        Gen.Select(job.List[0, 6], FilterGen.FilterOf(JobQuery.Vocabulary, WordsOf)).Sample((jobs, filter) =>
        {
            var store = new FleetStore();
            store.MoveTo(Now);
            store.Apply([.. jobs.Select(FleetChange.Of)]);
            var ids = store.Jobs.Select(j => j.Id).ToHashSet();
            var expected = store.Jobs.Where(j => NaiveFilter.Meets(filter, Now, (field, value) => field switch
            {
                FilterField.State => j.State,
                FilterField.Job => new NaiveNames([(j.Id, j.DisplayName)], ids),
                FilterField.Plane => "",
                FilterField.Version => j.Version,
                FilterField.Namespace => j.Namespace,
                FilterField.Type => j.Type,
                FilterField.Label => new[] { j.Labels },
                FilterField.Message => j.Message,
                FilterField.Has => value switch { "problem" => j.Id == "job-1", "message" => j.Message.Length > 0, _ => false },
                FilterField.Created => j.CreatedAt,
                FilterField.For or FilterField.Changed => j.UpdatedAt,
                _ => new[] { j.Name, j.Id, j.Namespace }.Any(t => t.Contains(value, StringComparison.OrdinalIgnoreCase)),
            })).Select(j => j.Id);
            Assert.Equal(expected, new JobQuery { Filter = filter }.Of(store, id => id == "job-1").Select(j => j.Id));
        }, iter: 150);
    }

    [Fact]
    public void Deployments_OfAnyFilter_AreThoseThatMeetIt()
    {
        var deployment = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], One("in_progress", "paused", "failed"), One("update", "rollback", ""), Gen.Select(Gen.Int[-1, 4], SomeTime, SomeTime)).Select((id, job, state, type, others) => new Deployment
        {
            Id = $"edge-{id}", JobId = $"job-{job}", State = state, Type = type, Namespace = type, Message = state, ToVersion = others.Item1 < 0 ? null : others.Item1, FailedNodes = others.Item1, CreatedAt = others.Item2, UpdatedAt = others.Item3,
        });
        Gen.Select(deployment.List[0, 6], FilterGen.FilterOf(DeploymentQuery.Vocabulary, WordsOf), Labels).Sample((deployments, filter, labels) =>
        {
            var store = new FleetStore();
            store.MoveTo(Now);
            store.Apply([FleetChange.Of(new Job { Id = "job-1", Name = "edge-1", Labels = labels }), FleetChange.Of(new Job { Id = "job-2", Name = "job-1" }), .. deployments.Select(FleetChange.Of)]);
            var ids = store.Jobs.Select(j => j.Id).ToHashSet();
            var expected = store.Deployments.Where(d => NaiveFilter.Meets(filter, Now, (field, value) => field switch
            {
                FilterField.State => d.State,
                FilterField.Is => value == "open" ? d.IsOpen : d.State == "paused",
                FilterField.Job => new NaiveNames([(d.JobId, store.FindJob(d.JobId)?.DisplayName ?? d.JobId)], ids),
                FilterField.Plane => "",
                FilterField.Version => d.ToVersion,
                FilterField.Deployment => d.Id,
                FilterField.Namespace => d.Namespace,
                FilterField.Type => d.Type,
                FilterField.Strategy => "",
                FilterField.Label => new[] { store.FindJob(d.JobId)?.Labels ?? new Dictionary<string, string>() },
                FilterField.Message => d.Message,
                FilterField.Has => value switch { "failure" => d.FailedNodes > 0, "message" => true, _ => false },
                FilterField.Created => d.CreatedAt,
                FilterField.For or FilterField.Changed => d.UpdatedAt ?? d.CreatedAt,
                _ => new[] { store.FindJob(d.JobId)?.DisplayName ?? d.JobId, d.Id }.Any(t => t.Contains(value, StringComparison.OrdinalIgnoreCase)),
            })).Select(d => d.Id);
            Assert.Equal(expected, store.Deployments.Where(new DeploymentQuery { Filter = filter }.Matcher(store, d => d.State == "paused")).Select(d => d.Id));
        }, iter: 150);
    }

    [Fact]
    public void Problems_OfAnyFilter_AreThoseThatMeetIt()
    {
        var problem = Gen.Select(Gen.Enum<ProblemCause>(), Gen.Enum<ProblemSeverity>(), Gen.Int[0, 2], Gen.Int[0, 30], Gen.Select(Gen.Bool, Gen.Bool)).Select((cause, severity, job, age, flags) => new ShownProblem(
            new Problem { Id = $"{cause}", Cause = cause, Severity = severity, Since = Now.AddSeconds(-age), Summary = $"edge-{age}", JobId = job == 0 ? "" : $"job-{job}", AwaitsDecision = flags.Item1, Executions = job, Subjects = [new(FleetKind.Node, "edge-1", "ab")] },
            flags.Item2 ? new ProblemRecord { Problem = SomeProblemOf("x"), OpenedAt = Now, Acknowledgement = new("Ada", Now, null) } : null));
        Gen.Select(problem.List[0, 6], FilterGen.FilterOf(AttentionQuery.Vocabulary, WordsOf), Labels).Sample((problems, filter, labels) =>
        {
            var store = new FleetStore();
            store.Apply([FleetChange.Of(new Job { Id = "job-1", Name = "edge-1", Labels = labels }), FleetChange.Of(new Node { Id = "edge-1", Labels = labels })]);
            var expected = problems.Where(p => NaiveFilter.Meets(filter, Now, (field, value) => field switch
            {
                FilterField.Severity => ProblemLabels.Severity(p.Problem.Severity),
                FilterField.Cause => ProblemCauses.CodeOf(p.Problem.Cause),
                FilterField.Is => value == "mine" ? p.Problem.AwaitsDecision : p.Record is not null,
                FilterField.Job => p.Problem.JobId.Length == 0 ? null : new NaiveNames([(p.Problem.JobId, store.FindJob(p.Problem.JobId)?.DisplayName ?? p.Problem.JobId)], new HashSet<string> { "job-1" }),
                FilterField.Node => new NaiveNames([("edge-1", "edge-1")], new HashSet<string> { "edge-1" }),
                FilterField.Label => p.Problem.JobId == "job-1" ? new[] { labels, labels } : [labels],
                FilterField.Plane => null,
                FilterField.Message => p.Problem.Summary,
                FilterField.Has => value switch { "execution" => p.Problem.Executions > 0, "job" => p.Problem.JobId.Length > 0, _ => false },
                FilterField.For or FilterField.Created => p.Problem.Since,
                _ => new[] { p.Problem.Summary, p.Problem.Id, ProblemLabels.Title(p.Problem.Cause), "edge-1", "ab" }.Any(t => t.Contains(value, StringComparison.OrdinalIgnoreCase)),
            }));
            Assert.Equal(expected, new AttentionQuery { Filter = filter }.Of(problems, store, Now));
        }, iter: 150);
    }

    [Fact]
    public void LogLines_OfAnyFilter_AreThoseThatMeetIt()
    {
        var line = Gen.Select(One("", "edge-1", "edge-2"), Gen.Enum<LogLevelName>(), SomeTime, One("", "edge-1", "ab refused"), Gen.Bool).Select((node, level, at, text, isGap) => new LogEntry(1, at, node, level, text, isGap));
        Gen.Select(line.List[0, 8], FilterGen.FilterOf(LogQuery.Vocabulary, WordsOf)).Sample((lines, filter) =>
        {
            var store = new FleetStore();
            store.Apply([FleetChange.Of(new Node { Id = "edge-1", Name = "ab" })]);
            string Name(string id) => id == "edge-1" ? "ab" : id;
            var query = LogQuery.All with { Filter = filter };
            var matches = query.Matcher(store, Now) ?? (_ => true);
            Assert.Equal(lines.Where(l => l.IsGap || NaiveFilter.Meets(filter, Now, (field, value) => field switch
            {
                FilterField.Level => LogQuery.Word(l.Level),
                FilterField.Node => new NaiveNames([(l.NodeId, Name(l.NodeId))], new HashSet<string> { "edge-1" }),
                FilterField.Has => value switch { "level" => l.Level != LogLevelName.None, "node" => l.NodeId.Length > 0, _ => l.At is not null },
                FilterField.Time => l.At,
                _ => new[] { l.Text, l.NodeId, Name(l.NodeId) }.Any(t => t.Contains(value, StringComparison.OrdinalIgnoreCase)),
            })), lines.Where(matches));
            // A level that is switched twice is as it was.
            foreach (var level in Enum.GetValues<LogLevelName>())
            {
                Assert.NotEqual(query.Shows(level), query.Toggle(level).Shows(level));
                Assert.Equal(query.Shows(level), query.Toggle(level).Toggle(level).Shows(level));
            }
        }, iter: 150);
    }

    private static bool NodeMeets(Node n, Filter filter, FleetStore store, DateTimeOffset now, IReadOnlyCollection<string> seen, string troubled)
    {
        var summary = store.FindSummary(n.Id)!;
        (string Job, int Version)[] runs = [.. store.Page(new ExecutionQuery { Nodes = [n.Id], Scope = ExecutionScope.Current }, 99).Items.Select(e => (e.JobId, e.JobVersion))];
        // Version is that of the jobs that are asked for.
        FilterCondition[] versions = [.. filter.Where(c => c.Field == FilterField.Version)];
        var jobs = filter.FirstOrDefault(c => c is { Field: FilterField.Job, Not: false });
        var excluded = filter.FirstOrDefault(c => c is { Field: FilterField.Job, Not: true });
        if (excluded is not null && runs.Any(r => excluded.Values.Any(v => v.Matches(r.Job)))) return false;
        if (jobs is not null)
        {
            string[] named = [.. seen.Where(job => jobs.Values.Any(v => v.Matches(job)))];
            if (!(named.Length == 0 ? IsVersion(0) : named.Any(job => IsVersion(runs.FirstOrDefault(r => r.Job == job).Version)))) return false;
        }
        else if (versions.Length > 0 && !runs.Any(r => IsVersion(r.Version))) return false;
        var others = Filter.Of(filter.Where(c => c.Field is not (FilterField.Job or FilterField.Version)));
        return NaiveFilter.Meets(others, now, (field, value) => field switch
        {
            FilterField.Plane => "",
            FilterField.Connection => n.Connection,
            FilterField.State => summary.Worst,
            FilterField.Node => new NaiveNames([(n.Id, n.DisplayName)], store.Nodes.Select(o => o.Id).ToHashSet()),
            FilterField.Label => new[] { n.Labels },
            FilterField.Agent => n.AgentVersion,
            FilterField.System => n.OperatingSystem,
            FilterField.Architecture => n.Architecture,
            FilterField.Load => NodeLoads.Name(NodeLoads.Of(n.Resources)),
            FilterField.Message => n.Message,
            FilterField.Has => value switch { "problem" => n.Id == troubled, "execution" => runs.Length > 0, "agent" => n.AgentVersion.Length > 0, "message" => n.Message.Length > 0, _ => n.LastHeartbeat is not null },
            FilterField.For or FilterField.Changed => n.IsConnected ? n.ConnectedSince : n.DisconnectedSince,
            FilterField.Created => n.CreatedAt,
            FilterField.Heartbeat => n.LastHeartbeat,
            _ => new[] { n.Name, n.Id, n.Hostname }.Concat(n.Labels.Values).Any(t => t.Contains(value, StringComparison.OrdinalIgnoreCase)),
        });

        bool IsVersion(int version)
        {
            if (version == 0 && !versions.Any(c => c is { Test: FilterTest.OneOf, Not: false })) return false;
            return NaiveFilter.Meets(Filter.Of(versions), now, (_, _) => version);
        }
    }

    private static ListQuery Read(ListQuery query) => query switch
    {
        NodeQuery nodes => NodeQuery.Parse(nodes.ToUrl()),
        JobQuery jobs => JobQuery.Parse("http://host/" + jobs),
        DeploymentQuery deployments => DeploymentQuery.Parse("http://host/" + deployments),
        AttentionQuery problems => AttentionQuery.Parse("http://host/" + problems),
        // Beside a list that has keys of the same names.
        LogQuery lines => LogQuery.Parse(lines.In("http://host/executions?q=x&node=n&log_q=before", LogQuery.InPanel), LogQuery.InPanel),
        _ => ExecutionQuery.Parse(((ExecutionQuery)query).ToUrl()),
    };

    private static IReadOnlyList<string> WordsOf(FilterField field) => field switch
    {
        FilterField.State => ["running", "failed", "paused", "none", ""],
        FilterField.Connection => ["connected", "LOST", "none", ""],
        FilterField.Job => ["job-1", "job-2", "edge-1", "nothing"],
        FilterField.Agent => ["2.1.0", "2.1.19", "2.1"],
        FilterField.Cause => ["outage", "stuck-starting", "failed"],
        FilterField.Type => ["rollback", "update", "running", ""],
        FilterField.Changed or FilterField.Created or FilterField.Heartbeat or FilterField.Time => [.. Enumerable.Range(0, 5).Select(i => FilterTime.Text(Now.AddSeconds(-6 * i)))],
        _ => Texts,
    };

    private static Problem SomeProblemOf(string node) => new() { Id = "outage/x", Cause = ProblemCause.Outage, Severity = ProblemSeverity.Critical, Since = Now, Summary = "", Subjects = [new(FleetKind.Node, node, node)] };

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
