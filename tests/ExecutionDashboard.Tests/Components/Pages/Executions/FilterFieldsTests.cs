using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Components.Pages.Executions;

public sealed class FilterFieldsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FleetStore _store = new();

    public FilterFieldsTests() => _store.Apply(
    [
        FleetChange.Of(new Job { Id = "job-1", Name = "ingest" }), FleetChange.Of(new Job { Id = "job-2", Name = "ingest" }), FleetChange.Of(new Job { Id = "job-3", Name = "ship" }),
        FleetChange.Of(new Node { Id = "node-1", Name = "quay", Labels = new Dictionary<string, string> { ["region"] = "eu" } }),
    ]);

    [Fact]
    public void Add_JobName_StandsForEveryJobOfThatName() => Assert.Equal(["job-1", "job-2"], Add(EditedField.Job, "INGEST").Jobs);

    [Theory]
    [InlineData(EditedField.Job, "job-3", "job=job-3")]
    [InlineData(EditedField.Node, "quay", "node=node-1")]
    [InlineData(EditedField.Version, "v7", "version=7")]
    [InlineData(EditedField.Label, "region=eu", "label=region%3Deu")]
    [InlineData(EditedField.Drift, "no", "drift=no")]
    [InlineData(EditedField.State, "complete", "state=completed")]
    [InlineData(EditedField.Desired, "stopped", "desired=stopped")]
    [InlineData(EditedField.Deployment, "dep", "deployment=dep")]
    [InlineData(EditedField.Namespace, "prod", "namespace=prod")]
    [InlineData(EditedField.Type, "query", "type=query")]
    [InlineData(EditedField.Updated, "60", "updated_from=2026-11-01T11:00:00Z")]
    [InlineData(EditedField.Created, "1440", "created_from=2026-10-31T12:00:00Z")]
    public void Add_GoodValue_IsInTheQuery(EditedField field, string value, string url) => Assert.Equal(url, Add(field, value).ToUrl());

    [Theory]
    [InlineData(EditedField.Job, "nobody")]
    [InlineData(EditedField.Node, "nowhere")]
    [InlineData(EditedField.Version, "seven")]
    [InlineData(EditedField.Version, "-1")]
    [InlineData(EditedField.Label, "=(")]
    [InlineData(EditedField.Drift, "maybe")]
    [InlineData(EditedField.Updated, "soon")]
    [InlineData(EditedField.State, "")]
    public void Add_ValueWithoutSense_SaysWhyAndChangesNothing(EditedField field, string value)
    {
        var (query, problem) = FilterFields.Add(ExecutionQuery.All, field, value, _store, Now);

        Assert.Null(query);
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Add_Twice_IsThereOnce() =>
        Assert.Equal(["job-3"], FilterFields.Add(Add(EditedField.Job, "ship"), EditedField.Job, "job-3", _store, Now).Query!.Jobs);

    [Fact]
    public void Suggestions_Typed_AreThoseThatContainIt()
    {
        Assert.Equal(["ship"], FilterFields.Suggestions(EditedField.Job, "SH", _store).Select(s => s.Value));
        Assert.Equal(["region=eu"], FilterFields.Suggestions(EditedField.Label, "", _store).Select(s => s.Value));
    }

    private ExecutionQuery Add(EditedField field, string value)
    {
        var (query, problem) = FilterFields.Add(ExecutionQuery.All, field, value, _store, Now);
        Assert.Equal("", problem);
        return query!;
    }
}
