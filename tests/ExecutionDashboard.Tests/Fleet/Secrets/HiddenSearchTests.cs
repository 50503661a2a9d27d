using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Secrets;

/// <summary>No question to a store tells anything of what is hidden.</summary>
public sealed class HiddenSearchTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly Gen<string> Secret = Gen.Char[Alphabet].Array[8, 20].Select(letters => new string(letters));

    [Fact]
    public void Text_SecretOfAMessageGuessedLetterByLetter_FindsNothing() => Secret.Sample(secret =>
    {
        var store = Store(Execution("e1", $"login failed: password={secret}"));
        foreach (var text in Guesses(secret)) Assert.Equal(0, store.Count(new ExecutionQuery { Text = text }));
        Assert.Equal(1, store.Count(new ExecutionQuery { Text = "LOGIN FAILED" }));
    }, iter: 50);

    [Fact]
    public void Text_SecretOfANodeGuessedLetterByLetter_FindsNothing() => Secret.Sample(secret =>
    {
        var store = Store(new Node { Id = "n1", Name = "edge", Labels = new Dictionary<string, string> { ["api_token"] = secret, ["region"] = "eu" } });
        foreach (var text in Guesses(secret)) Assert.Equal(0, store.SelectNodes(new NodeQuery { Text = text }).Count);
        Assert.Equal(1, store.SelectNodes(new NodeQuery { Text = "eu" }).Count);
    }, iter: 50);

    [Theory]
    [InlineData("api_token=s3cr3t-value", 0)]
    [InlineData("api_token!=s3cr3t-value", 1)]
    [InlineData("api_token in (s3cr3t-value,other)", 0)]
    [InlineData("api_token notin (s3cr3t-value)", 1)]
    [InlineData("api_token=guess", 0)]
    [InlineData("api_token!=guess", 1)]
    [InlineData("api_token", 1)]
    [InlineData("api_token=•••", 1)]
    public void Labels_OfASecret_AnswerTheSameForItsValueAsForAnyOther(string expression, int found)
    {
        var labels = new Dictionary<string, string> { ["api_token"] = "s3cr3t-value" };
        var store = Store(
            FleetChange.Of(new Node { Id = "n1", Labels = labels }), FleetChange.Of(new Job { Id = "j1", Labels = labels }),
            FleetChange.Of(Execution("by-node", "") with { NodeId = "n1" }), FleetChange.Of(Execution("by-job", "") with { JobId = "j1" }));
        Assert.Equal(2 * found, store.Count(new ExecutionQuery { Labels = [expression] }));
        Assert.Equal(found, store.SelectNodes(new NodeQuery { Labels = [expression] }).Count);
    }

    [Fact]
    public void Sort_ByMessage_IsTheSameWhateverTheSecretsAre() => Gen.Select(Secret.Array[10], Gen.Bool).Sample((secrets, ascending) =>
    {
        var store = Store([.. secrets.Select((secret, i) => FleetChange.Of(Execution($"e{i}", $"password={secret}")))]);
        var query = new ExecutionQuery { Sort = ExecutionSort.Message, Ascending = ascending };
        string[] byId = [.. Enumerable.Range(0, 10).Select(i => $"e{i}")];
        Assert.Equal(ascending ? byId : byId.Reverse(), store.Enumerate(query).Select(e => e.Id));
        Assert.DoesNotContain(secrets, secret => store.Page(query, 5).Next!.Contains(secret, StringComparison.Ordinal));
    }, iter: 50);

    [Fact]
    public void Facets_AndGroups_OfASecretLabel_AreOneHiddenValue()
    {
        var store = Store([.. Enumerable.Range(0, 5).Select(i => FleetChange.Of(new Node { Id = $"n{i}", Labels = new Dictionary<string, string> { ["db_password"] = $"pw-{i}" } }))]);
        var facet = Assert.Single(store.NodeFacets.Labels);
        Assert.Equal(new FacetValue("•••", 5), Assert.Single(facet.Values));
        Assert.Equal(1, facet.Distinct);
        var map = new NodeMap(store, new NodeMapView(NodeColor.State, "", "db_password"), NodeQuery.All);
        Assert.Equal("•••", Assert.Single(map.Groups).Name);
    }

    [Fact]
    public void Apply_EveryText_HidesItsSecretAndKeepsTheIds()
    {
        var map = new Dictionary<string, string> { ["password"] = "planted", ["name"] = "DB_PASSWORD", ["value"] = "planted", ["open"] = "seen" };
        const string Text = "token=planted";
        var store = Store(
            FleetChange.Of(Execution("password=planted", Text) with { Details = map, Desired = new(ExecutionState.Parse("running"), Text, map) }),
            FleetChange.Of(new Node { Id = "n", Name = Text, Hostname = Text, Message = Text, Labels = map, Identity = map }),
            FleetChange.Of(new Job { Id = "j", Name = Text, Message = Text, Labels = map, Details = map }),
            FleetChange.Of(new Deployment { Id = "d", Message = Text }),
            FleetChange.Of(new JobSpec { Hash = "h", Json = "{\"password\":\"planted\"}", Description = Text, Labels = map, Meta = map, Selector = new() { Labels = map, Expressions = [Text] } }));
        var execution = store.FindExecution("password=planted")!;
        IEnumerable<string> texts =
        [
            execution.Actual.Message, execution.Desired.Message, .. execution.Details!.Values, .. execution.Desired.Details!.Values, store.FindNode("n")!.Name, store.FindNode("n")!.Hostname,
            store.FindNode("n")!.Message, .. store.FindNode("n")!.Labels.Values, .. store.FindNode("n")!.Identity.Values, store.FindJob("j")!.Name, store.FindJob("j")!.Message,
            .. store.FindJob("j")!.Labels.Values, .. store.FindJob("j")!.Details!.Values, store.FindDeployment("d")!.Message, store.FindSpec("h")!.Description,
            .. store.FindSpec("h")!.Labels.Values, .. store.FindSpec("h")!.Meta.Values, .. store.FindSpec("h")!.Selector.Labels.Values, .. store.FindSpec("h")!.Selector.Expressions,
        ];
        Assert.All(texts, text => Assert.DoesNotContain("planted", text, StringComparison.Ordinal));
        Assert.Equal("seen", execution.Details!["open"]);
        Assert.Contains("planted", store.FindSpec("h")!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_NothingToHide_TakesAndGivesBackWhatItWasGiven()
    {
        var changes = new[] { FleetChange.Of(Execution("e", "exited with 1: no space left")), FleetChange.Of(new Job { Id = "j", Name = "etl" }), FleetChange.Of(new Node { Id = "n", Labels = new Dictionary<string, string> { ["region"] = "eu" } }), FleetChange.Of(new Deployment { Id = "d", Message = "waits" }) };
        var store = new FleetStore();
        Assert.Same(changes, store.Apply(changes));
    }

    [Fact]
    public void Apply_HeartbeatsOfANodeWithASecret_KeepItHidden()
    {
        var node = new Node { Id = "n", Labels = new Dictionary<string, string> { ["secret"] = "planted", ["zone"] = "a" } };
        var store = Store(node);
        for (var beat = 1; beat < 4; beat++) store.Apply([FleetChange.Of(node with { LastHeartbeat = DateTimeOffset.UnixEpoch.AddSeconds(beat) })]);
        Assert.Equal("•••", store.FindNode("n")!.Labels["secret"]);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(3), store.FindNode("n")!.LastHeartbeat);
    }

    // As far as a guess goes that is right, and every next letter.
    private static IEnumerable<string> Guesses(string secret) =>
        Enumerable.Range(0, secret.Length).SelectMany(known => Alphabet.Select(next => "password=" + secret[..known] + next).Append(secret[known..]).Append(secret[..(known + 1)]))
            // A secret may hold by chance a word that is not hidden: "log".
            .Where(guess => guess.Length > 2 && !"login failed: password connected edge api_token region".Contains(guess, StringComparison.Ordinal));

    private static Execution Execution(string id, string message) => new() { Id = id, Actual = new(ExecutionState.Parse("failed"), message) };

    private static FleetStore Store(params FleetChange[] changes)
    {
        var store = new FleetStore();
        store.Apply(changes);
        return store;
    }

    private static FleetStore Store(Execution execution) => Store(FleetChange.Of(execution));

    private static FleetStore Store(Node node) => Store(FleetChange.Of(node));
}
