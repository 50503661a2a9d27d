using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Search;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Tests.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Search;

/// <summary>What is found in a fleet, and in which order.</summary>
public sealed class FleetSearchTests
{
    private const string First = "7f0c2d3e-1111-4abc-8def-0123456789ab", Second = "7f0c2d3e-2222-4abc-8def-0123456789cd";
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Odd = ["exec-1", "3456", "345678-1", "-4abc-", "ABC8", "exec", "ünï", "zz", "4", "12344abc"];

    private static readonly Gen<string> Parts = Gen.OneOf(
        Gen.Select(Gen.Int[0, 255], Gen.Int[0, 30], Gen.Int[1, 36], (seed, from, length) => $"{seed:x2}345678-1234-4abc-8def-0123456789ab".Substring(from, Math.Min(length, 36 - from))),
        Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]));

    [Fact]
    public void Search_NameOfAJob_FindsItThenItsDeploymentsNewestFirst()
    {
        var store = Sample();

        Assert.Equal(["Job job-1", "Job job-2", "Deployment dep-2", "Deployment dep-1"], Found(store, "check"));
        Assert.Equal("Job job-1", Found(store, "checkout")[0]);
        Assert.Equal(["Deployment dep-2"], Found(store, "checkout v2"));
    }

    [Fact]
    public void Search_JobAndNode_FindsTheCurrentExecutionThere()
    {
        var store = Sample();

        Assert.Equal(["Execution " + Second], Found(store, "checkout edge-7"));
        Assert.Equal(["Execution " + Second], Found(store, "edge-7 checkout"));
        Assert.Empty(Found(store, "checkout edge-8"));
    }

    [Theory]
    [InlineData(Second, Second)]
    [InlineData("7F0C2D3E-2222", Second)]
    [InlineData("7f0c2d3e22224abc8def0123456789cd", Second)]
    [InlineData("6789cd", Second)]
    [InlineData("7f0c", Second + "," + First)]
    public void Search_PartOfAnId_FindsCurrentExecutionsFirst(string text, string ids) => Assert.Equal(ids.Split(',').Select(id => "Execution " + id), Found(Sample(), text));

    [Fact]
    public void Search_PastedCommand_FindsByIdAndByName()
    {
        var store = Sample();

        Assert.Equal(["Job job-1", "Node node-7"], Found(store, "expanso-cli execution list --job-id CHECKOUT --node-id edge-7"));
        Assert.Equal(["Execution " + First], Found(store, "https://ops.test/executions/" + First));
        Assert.Empty(Found(store, "https://ops.test/executions/gone"));
    }

    [Fact]
    public void Search_KindIsGiven_FindsNoOther() => Assert.Equal(["Node node-7", "Node node-8"], Found(Sample(), "node:edge"));

    [Fact]
    public void Search_RemovedThings_AreNotFound()
    {
        var store = Sample();
        store.Apply([FleetChange.Gone(FleetKind.Node, "node-7"), FleetChange.Gone(FleetKind.Execution, Second), FleetChange.Gone(FleetKind.Deployment, "dep-2")]);

        Assert.Equal(["Node node-8"], Found(store, "node:edge"));
        Assert.Equal(["Execution " + First], Found(store, "7f0c"));
    }

    [Fact]
    public void Search_NodeRenamedOrAddedAfterASearch_IsFoundByItsNewName()
    {
        var store = Sample();
        Assert.Empty(Found(store, "quartz"));
        store.Apply([FleetChange.Of(new Node { Id = "node-8", Name = "quartz-1" })]);
        Assert.Equal(["Node node-8"], Found(store, "QUARTZ"));
        store.Apply([FleetChange.Of(new Node { Id = "node-9", Name = "quartz-2" })]);
        Assert.Equal(["Node node-8", "Node node-9"], Found(store, "quartz"));
    }

    [Fact]
    public void Search_MoreThanAreShown_CountsAll()
    {
        var hits = Sample().Search(SoughtText.Parse("edge"), 1);

        Assert.Equal("node-7", Assert.Single(hits.Hits).Id);
        Assert.Equal(2, hits.Found[FleetKind.Node]);
    }

    /// <summary>Against ids as texts, after any story.</summary>
    [Fact]
    public void Search_AnyPartOfAnId_FindsTheIdsThatContainIt() => Gen.Select(FleetGen.Change.Array[0, 60], Parts).Sample((changes, part) =>
    {
        var store = new FleetStore();
        store.Apply(changes);
        bool Contains(string id) => Guid.TryParseExact(id, "D", out _) && id == id.ToLowerInvariant() && id[19] is '8' or '9' or 'a' or 'b'
            ? part.Length >= 4 && part.Replace("-", "", StringComparison.Ordinal).Length >= 4 ? id.Contains(part, StringComparison.OrdinalIgnoreCase) : id.StartsWith(part, StringComparison.OrdinalIgnoreCase)
            : id.Contains(part, StringComparison.OrdinalIgnoreCase);
        // One or two letters are not looked for in ids.
        var expected = store.Enumerate(ExecutionQuery.All).Select(e => e.Id).Where(id => part.Length >= 3 && Contains(id)).Order(StringComparer.Ordinal);

        var found = store.Search(SoughtText.Parse("execution:" + part), 1_000);
        Assert.Equal(expected, found.Hits.Select(hit => hit.Id).Order(StringComparer.Ordinal));
    }, iter: 400);

    private static string[] Found(FleetStore store, string text) => [.. store.Search(SoughtText.Parse(text), 10).Hits.Select(hit => $"{hit.Kind} {hit.Id}")];

    private static FleetStore Sample()
    {
        var store = new FleetStore();
        store.Apply([
            FleetChange.Of(new Job { Id = "job-1", Name = "checkout" }), FleetChange.Of(new Job { Id = "job-2", Name = "checkout-audit" }),
            FleetChange.Of(new Node { Id = "node-7", Name = "edge-7" }), FleetChange.Of(new Node { Id = "node-8", Name = "edge-8" }),
            FleetChange.Of(new Deployment { Id = "dep-1", JobId = "job-1", ToVersion = 1, CreatedAt = Start }),
            FleetChange.Of(new Deployment { Id = "dep-2", JobId = "job-1", ToVersion = 2, CreatedAt = Start.AddHours(1) }),
            Execution(First, 1, ""), Execution(Second, 2, First)]);
        return store;
    }

    private static FleetChange Execution(string id, int version, string previous) => FleetChange.Of(new Execution
    {
        Id = id, JobId = "job-1", JobVersion = version, NodeId = "node-7", PreviousId = previous, CreatedAt = Start.AddHours(version), UpdatedAt = Start.AddHours(version),
        Actual = new(ExecutionState.Of(KnownExecutionState.Running)),
    });
}
