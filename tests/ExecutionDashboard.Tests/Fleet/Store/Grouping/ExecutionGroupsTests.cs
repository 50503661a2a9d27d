using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store.Grouping;

/// <summary>Groups against LINQ's GroupBy over <see cref="NaiveFleet"/>.</summary>
public class ExecutionGroupsTests
{
    private static readonly ExecutionGrouping[] All = [.. Enum.GetValues<GroupField>().Select(f => f == GroupField.Label ? new ExecutionGrouping(f, "region") : new(f)), new(GroupField.Label, "tier")];

    private static readonly Gen<(List<FleetChange> Changes, ExecutionQuery Query, ExecutionGrouping Grouping)> Cases =
        Gen.Select(FleetGen.Change.List[0, 120], Gen.Frequency((3, FleetGen.Query), (1, Gen.Const(ExecutionQuery.All))), Gen.Int[0, All.Length - 1].Select(i => All[i]));

    [Fact]
    public void Groups_WhileChangesStream_AreThoseOfGroupByOverObjects() => Cases.Sample(c =>
    {
        var (store, naive) = (new FleetStore(), new NaiveFleet());
        store.MoveTo(naive.Moment);
        foreach (var part in c.Changes.Chunk(29))
        {
            store.Apply(part);
            foreach (var change in part) naive.Apply(change);
            var groups = store.Groups(c.Query, c.Grouping);
            var expected = c.Grouping.IsNone ? [] : naive.Query(c.Query).GroupBy(e => KeyOf(e, c.Grouping, naive)).ToDictionary(g => g.Key, g => g.ToList());
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), groups.All.Select(g => g.Key).Order(StringComparer.Ordinal));
            foreach (var group in groups.All)
            {
                var them = expected[group.Key];
                Assert.Same(group, groups.Find(group.Key));
                Assert.Equal(them.Count, group.Counts.Total);
                foreach (var state in them.GroupBy(e => e.Actual.State)) Assert.Equal(state.Count(), state.Key.Known == KnownExecutionState.Other ? group.Counts.Other[state.Key.Name] : group.Counts[state.Key.Known]);
                // As a filter it is exactly its executions.
                Assert.Equal(them.Select(e => e.Id), store.Enumerate(c.Grouping.Narrow(c.Query, group)).Select(e => e.Id));
                Assert.Equal(group.Counts, store.Counts(c.Grouping.Narrow(c.Query, group)));
            }
        }
    });

    [Fact]
    public void Narrow_ThenTheAddress_IsTheSameFilter() => Cases.Sample(c =>
    {
        var store = new FleetStore();
        store.Apply(c.Changes);
        foreach (var group in store.Groups(c.Query, c.Grouping).All)
        {
            var query = c.Grouping.Narrow(c.Query, group);
            Assert.Equal(query, ExecutionQuery.Parse(query.ToUrl()));
        }
    });

    [Theory]
    [InlineData("", "updated", "job-b job-a job-c")]
    [InlineData("", "job", "job-a job-b job-c")]
    [InlineData("-", "job", "job-c job-b job-a")]
    public void Groups_AreTheLargestFirst_OrByNameWhenSortedByTheirColumn(string direction, string sort, string expected)
    {
        var store = Store("job-a:failed", "job-b:running", "job-b:running", "job-a:running", "job-b:failed", "job-c:running");
        Assert.Equal(expected, string.Join(' ', store.Groups(ExecutionQuery.Parse($"sort={direction}{sort}"), new(GroupField.Job)).All.Select(g => g.Name)));
    }

    [Fact]
    public void Groups_OfStates_AreTheWorstFirst() =>
        Assert.Equal(["failed", "starting", "running"], Store("a:running", "a:running", "b:starting", "c:failed").Groups(ExecutionQuery.All, new(GroupField.State)).All.Select(g => g.Name));

    [Fact]
    public void Groups_OfCodesThatDifferInCase_AreOne()
    {
        var store = new FleetStore();
        store.Apply([.. new[] { "Refused", "REFUSED", "" }.Select((code, i) => FleetChange.Of(new Execution { Id = $"e-{i}", Details = new Dictionary<string, string> { ["error_code"] = code } }))]);
        Assert.Equal([("REFUSED", 2), ("", 1)], store.Groups(ExecutionQuery.All, new(GroupField.Error)).All.Select(g => (g.Name, g.Counts.Total)));
    }

    [Fact]
    public void Parse_OfWhatToStringWrites_IsTheSame()
    {
        foreach (var grouping in All) Assert.Equal(grouping, ExecutionGrouping.Parse(grouping.ToString()));
        foreach (var odd in new[] { null, "", "label", "label.", "label.a=b", "colour", "1", "job,node" }) Assert.True(ExecutionGrouping.Parse(odd).IsNone);
    }

    private static FleetStore Store(params string[] executions)
    {
        var store = new FleetStore();
        store.Apply([.. executions.Select((text, i) => text.Split(':') is [var job, var state]
            ? FleetChange.Of(new Execution { Id = $"e-{i}", JobId = job, NodeId = $"n-{i}", Actual = new StateReport(ExecutionState.Parse(state), "", null) }) : throw new FormatException(text))]);
        return store;
    }

    private static string KeyOf(Execution e, ExecutionGrouping grouping, NaiveFleet naive) => grouping.Field switch
    {
        GroupField.Job => e.JobId,
        GroupField.Version => $"{e.JobId}@{e.JobVersion}",
        GroupField.State => e.Actual.State.Name,
        GroupField.Error => ErrorCodes.Of(e).ToUpperInvariant(),
        GroupField.Node => e.NodeId,
        GroupField.Deployment => NaiveFleet.DeploymentOf(e),
        GroupField.Namespace => e.Namespace,
        GroupField.Type => e.JobType,
        GroupField.Plane => "",
        _ => naive.Label(e, grouping.Label) is { } value ? "=" + value : "",
    };
}
