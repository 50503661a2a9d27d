using System.Globalization;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>The nodes of the fleet the simulator starts with.</summary>
internal static class NodeSeeds
{
    private const long Gib = 1L << 30;

    private static readonly (string Region, string[] Sites)[] Regions =
    [
        ("eu-central", ["fra1", "muc2", "waw1"]), ("eu-west", ["dub1", "par3"]), ("us-east", ["iad2", "atl1", "mia1"]),
        ("us-west", ["sea1", "lax2"]), ("ap-south", ["bom1", "sin2"]),
    ];

    private static readonly string[] Roles = ["plant", "store", "vessel", "cell"];
    private static readonly string[] Agents = ["2.1.21", "2.1.21", "2.1.21", "2.1.19", "2.1.17", "2.0.9"];

    private static readonly string[] Inputs = ["file", "http_server", "kafka", "mqtt", "syslog", "generate"];
    private static readonly string[] Outputs = ["aws_s3", "elasticsearch", "file", "http_client", "kafka", "stdout"];
    private static readonly string[] Processors = ["bloblang", "compress", "dedupe", "group_by", "mapping", "sql_select", "wasm"];

    private static readonly NodeClass Edge = new("linux", "arm64", Inputs, Outputs, Processors, ["native"], 4 * Gib, 64 * Gib);
    private static readonly NodeClass Gateway = new("linux", "amd64", Inputs, Outputs, Processors, ["native", "wasm"], 16 * Gib, 256 * Gib);
    private static readonly NodeClass Core = new("linux", "amd64", Inputs, Outputs, Processors, ["container", "native", "wasm"], 64 * Gib, 2048 * Gib);
    private static readonly NodeClass Windows = new("windows", "amd64", ["file", "http_server", "syslog"], Outputs, Processors, ["native"], 8 * Gib, 512 * Gib);

    /// <summary>The kinds of nodes; their places here are what is stored.</summary>
    public static IReadOnlyList<NodeClass> Classes { get; } = [Edge, Gateway, Core, Windows];

    /// <summary>Adds them to a world, connected.</summary>
    public static void AddTo(World world)
    {
        var random = world.Random;
        var staged = world.Scenario is not null;
        for (var i = 0; i < (world.Scenario?.Nodes ?? world.Options.Nodes); i++)
        {
            var (region, sites) = Regions[staged ? i % Regions.Length : random.Next(Regions.Length)];
            var site = random.Pick(sites);
            var tier = random.Fraction() switch { < 0.72 => "edge", < 0.92 => "gateway", _ => "core" };
            var role = tier == "core" ? "datacenter" : random.Pick(Roles);
            var kind = tier switch { "core" => Core, "gateway" => Gateway, _ => role == "store" && random.Chance(0.4) ? Windows : Edge };
            List<KeyValuePair<string, string>> labels =
            [
                new("env", random.Chance(0.12) ? "staging" : "prod"), new("os", kind.Os), new("region", region), new("role", role), new("site", site), new("tier", tier),
            ];
            if (tier != "edge" && random.Chance(0.3)) labels.Insert(1, new("gpu", random.Chance(0.5) ? "l4" : "t4"));
            if (random.Chance(0.03)) labels.Insert(0, new("debug", "true"));
            var name = string.Create(CultureInfo.InvariantCulture, $"{tier}-{site}-{i + 1:0000}");
            var joined = world.Now - TimeSpan.FromDays(20 + 400 * random.Fraction()).Ticks;
            var node = new SimNode
            {
                Ordinal = i, Id = "node-" + name, Name = name, Hostname = $"{name}.{region}.edge.example.com", Class = kind,
                // Where one thing is to go wrong, no agent is far behind by chance.
                AgentVersion = random.Pick(Agents) is var agent && staged && agent == Agents[^1] ? Agents[0] : agent,
                Labels = [.. labels], CreatedAt = joined, UpdatedAt = joined,
                // A few nodes are bad hosts: most of what is wrong in a fleet is on them. A scenario wants no surprises.
                FailureRate = !staged && random.Chance(0.015) ? 0.5 : 0,
                ConnectedSince = world.Now - TimeSpan.FromHours(1 + 300 * random.Fraction()).Ticks,
            };
            node.UpdatedAt = node.ConnectedSince;
            world.Nodes.Add(node);
        }
        world.Nodes.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var node in world.Nodes) world.NodesById.Add(node.Id, node);
    }
}
