using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>A fleet with something wrong in it, told step by step: the kept problems are compared with those from nothing at each look.</summary>
internal sealed class AttentionFleet
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    private readonly AttentionModel _model;

    public AttentionFleet(AttentionOptions? options = null)
    {
        Options = options ?? new();
        _model = new(Options);
    }

    public AttentionOptions Options { get; }

    public FleetStore Store { get; } = new();

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public static Node Node(string id, string region = "eu", string connection = "connected", double since = -3600, string architecture = "amd64") => new()
    {
        Id = id, Connection = connection, Architecture = architecture, Labels = new Dictionary<string, string> { ["region"] = region, ["tier"] = "edge" },
        ConnectedSince = connection == "connected" ? At(since) : At(-3600), DisconnectedSince = connection == "connected" ? null : At(since),
    };

    public static Execution Run(
        string id, string node, string state, double at = 0, string job = "job", int version = 1, string desired = "running", string message = "", string previous = "", double? created = null) => new()
    {
        Id = id, JobId = job, JobVersion = version, NodeId = node, PreviousId = previous,
        Desired = new StateReport(ExecutionState.Parse(desired)), Actual = new StateReport(ExecutionState.Parse(state), message), CreatedAt = At(created ?? at), UpdatedAt = At(at),
    };

    public AttentionFleet Has(params IEnumerable<Node> nodes) => Apply(nodes.Select(FleetChange.Of));

    public AttentionFleet Has(params IEnumerable<Execution> executions) => Apply(executions.Select(FleetChange.Of));

    public AttentionFleet Has(params IEnumerable<Job> jobs) => Apply(jobs.Select(FleetChange.Of));

    public AttentionFleet Apply(params IEnumerable<FleetChange> changes)
    {
        Store.Apply([.. changes]);
        return this;
    }

    /// <summary>The problems some seconds after the start.</summary>
    public IReadOnlyList<Problem> ProblemsAt(double seconds)
    {
        _model.Update(Store, At(seconds));
        Problem[] kept = [.. _model.Problems.Select(p => p.Problem)], computed = [.. AttentionModel.Compute(Store, Options, At(seconds), _model.Together).Select(p => p.Problem)];
        Assert.Equal(computed.Select(p => (p.Id, p.Summary)), kept.Select(p => (p.Id, p.Summary)));
        Assert.Equal(computed, kept);
        Assert.Equal([], kept.GroupBy(p => p.Id).Where(same => same.Count() > 1).Select(same => string.Join(" / ", same.Select(p => p.Id + ": " + p.Summary))));
        return kept;
    }

    /// <summary>The only problem some seconds after the start.</summary>
    public Problem ProblemAt(double seconds) => Assert.Single(ProblemsAt(seconds));

    public IReadOnlyList<FoundProblem> Found => _model.Problems;
}
