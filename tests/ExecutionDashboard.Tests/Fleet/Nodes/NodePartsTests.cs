using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Nodes;

public class NodePartsTests
{
    private static readonly Gen<string> Word = One("", "eu", "us", "linux", "2.1.19", "n1");
    private static readonly Gen<Dictionary<string, string>> Map = Gen.Select(One("region", "tier"), Word).Array[0, 2].Select(entries => entries.DistinctBy(e => e.Item1).ToDictionary(e => e.Item1, e => e.Item2));
    private static readonly Gen<Node> SomeNode = Gen.Select(One("n1", "n2", "n3"), Word.Array[6], Map.Array[2], Word.Array[0, 3], Gen.Int[0, 3]).Select((id, words, maps, inputs, number) => new Node
    {
        Id = id, Name = words[0], Hostname = words[1], OperatingSystem = words[2], AgentVersion = words[3], Connection = words[4], Message = words[5], Labels = maps[0], Identity = maps[1],
        Capabilities = new Dictionary<string, IReadOnlyList<string>> { ["inputs"] = inputs }, Revision = number, LastHeartbeat = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Resources = number == 0 ? null : new NodeResources(number, null, null, null, null, null, null),
    });

    [Fact]
    public void Share_AnyReports_LeavesEachAsItWas() => SomeNode.Array[1, 20].Sample(reports =>
    {
        var (parts, known) = (new NodeParts(), new Dictionary<string, Node>());
        foreach (var report in reports)
        {
            var shared = parts.Share(report, known.GetValueOrDefault(report.Id));
            Assert.Equal(report, shared);
            known[report.Id] = shared;
        }
    }, iter: 500);

    [Fact]
    public void Share_NodesOfOneSite_HaveTheSameObjects()
    {
        var parts = new NodeParts();

        var (one, other) = (parts.Share(Read("n1")), parts.Share(Read("n2")));

        Assert.Same(one.Labels, other.Labels);
        Assert.Same(one.Capabilities, other.Capabilities);
        Assert.Same(one.AgentVersion, other.AgentVersion);
    }

    [Fact]
    public void Share_AHeartbeat_KeepsAllThatItDoesNotChange()
    {
        var parts = new NodeParts();
        var before = parts.Share(Read("n1"));

        var after = parts.Share(Read("n1") with { Revision = 7, LastHeartbeat = DateTimeOffset.UnixEpoch }, before);

        Assert.Equal((7, DateTimeOffset.UnixEpoch), (after.Revision, after.LastHeartbeat));
        Assert.Same(before.Name, after.Name);
        Assert.Same(before.Identity, after.Identity);
    }

    [Fact]
    public void Apply_AHeartbeat_GivesAChangeWithThePartsOfTheKnownNode()
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(Read("n1"))]);

        var shown = Assert.Single(store.Apply([FleetChange.Of(Read("n1") with { Revision = 7 })])).Node!;

        var known = store.FindNode("n1")!;
        Assert.Equal((7, 7), (shown.Revision, known.Revision));
        Assert.Same(known.Labels, shown.Labels);
        Assert.Same(known.Capabilities, shown.Capabilities);
        Assert.Same(known.Name, shown.Name);
    }

    private static Gen<string> One(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    // Each read from JSON: no text is the same object as another one.
    private static Node Read(string id) => System.Text.Json.JsonSerializer.Deserialize<Node>($$$"""
        {"Id":"{{{id}}}","Name":"edge {{{id}}}","AgentVersion":"2.1.19","Labels":{"region":"eu"},"Identity":{"serial":"{{{id}}}"},"Capabilities":{"inputs":["kafka","mqtt"]}}
        """)!;
}
