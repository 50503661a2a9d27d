using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Search;

namespace ExecutionDashboard.Tests.Fleet.Search;

/// <summary>What pasted addresses and command lines name.</summary>
public sealed class PastedTextTests
{
    private const string Id = "7f0c2d3e-1111-4abc-8def-0123456789ab";

    [Theory]
    [InlineData("https://ops.example.com/executions/" + Id, "Execution " + Id)]
    [InlineData("https://ops.example.com/fleet/executions/" + Id + "?tab=logs#x", "Execution " + Id)]
    [InlineData("<http://localhost:5080/executions?state=failed&open=exec%2F1>", "Execution exec/1")]
    [InlineData("/nodes/node-1", "Node node-1")]
    [InlineData("jobs/a%20b", "Job a b")]
    [InlineData("deployments/job-1%404", "Deployment job-1@4")]
    [InlineData("https://jobs/about", "")]
    [InlineData("https://ops.example.com/executions", "")]
    [InlineData("expanso-cli execution describe " + Id, "Execution " + Id)]
    [InlineData("$ ./expanso-cli --endpoint http://cp:9010 job logs checkout --follow", "Job checkout")]
    [InlineData("expanso-cli execution list --job-id=job-1 --node-id node-2 --limit 5 | head", "Job job-1, Node node-2")]
    [InlineData("expanso-cli job stop 'night report' --force", "Job night report")]
    [InlineData("EXPANSO_CLI_ENDPOINT=http://x expanso-cli node describe edge-7", "Node edge-7")]
    [InlineData("expanso-cli node list", "")]
    [InlineData("checkout edge-7", "")]
    [InlineData("and/or", "")]
    [InlineData("", "")]
    public void Read_Text_GivesWhatItNames(string text, string named) => Assert.Equal(named, string.Join(", ", PastedText.Read(text).Select(thing => $"{thing.Kind} {thing.Id}")));

    [Theory]
    [InlineData("expanso-cli execution list --job-id=job-1 --node-id node-2 --state failed,lost --job-version 3 --limit 5 | head", "Execution jobs job-1 nodes node-2 states failed|lost versions 3")]
    [InlineData("expanso-cli --endpoint http://cp:9010 node list --label region=eu --label tier=gold", "Node labels region=eu|tier=gold")]
    [InlineData("/usr/bin/expanso-cli job list --watch", "Job")]
    [InlineData("expanso-cli job describe checkout", "")]
    [InlineData("expanso-cli", "")]
    [InlineData("execution list", "")]
    public void ListOf_Text_GivesTheListThatItAsksFor(string text, string listed)
    {
        var list = PastedText.ListOf(text);
        (string Name, IReadOnlyList<string> Values)[] parts = list is null ? [] : [("jobs", list.Jobs), ("nodes", list.Nodes), ("states", list.States), ("versions", list.Versions), ("labels", list.Labels), ("namespaces", list.Namespaces)];
        Assert.Equal(listed, string.Join(' ', parts.Where(part => part.Values.Count > 0).Select(part => $"{part.Name} {string.Join('|', part.Values)}").Prepend($"{list?.Kind}").Where(part => part.Length > 0)));
    }

    [Fact]
    public void Read_AddressOfAnyId_GivesTheId() => Gen.String[1, 20].Sample(id =>
    {
        if (id.Any(char.IsSurrogate)) return;
        Assert.Equal([new NamedThing(FleetKind.Execution, id)], PastedText.Read("https://ops.example.com/executions/" + Uri.EscapeDataString(id)));
    }, iter: 300);

    [Fact]
    public void Parse_AnyText_IsReadWithoutError() => Gen.String[0, 60].Sample(text =>
    {
        var sought = SoughtText.Parse(text);
        _ = PastedText.ListOf("expanso-cli " + text);
        Assert.True(sought.Words.Count == 0 || sought.Named.Count == 0);
    }, iter: 500);

    [Theory]
    [InlineData("  checkout   edge ", "", "checkout|edge")]
    [InlineData("node:edge-7", "node", "edge-7")]
    [InlineData("Jobs: check", "job", "check")]
    [InlineData("\"7f0c2d3e\",", "", "7f0c2d3e")]
    [InlineData("urn:thing", "", "urn:thing")]
    public void Parse_TypedText_GivesKindAndWords(string text, string kind, string words)
    {
        var sought = SoughtText.Parse(text);
        Assert.Equal((kind, words), (sought.Kind, string.Join('|', sought.Words)));
    }
}
