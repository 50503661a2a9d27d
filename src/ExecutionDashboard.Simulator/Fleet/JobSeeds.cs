using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>What a job is in the middle of when the simulator starts.</summary>
internal enum Scene
{
    /// <summary>It runs.</summary>
    Calm,
    /// <summary>A rolling deployment half way through.</summary>
    MidRollout,
    /// <summary>A healthy canary that waits for a person.</summary>
    CanaryWaits,
    /// <summary>A version whose canary failed, and that was rolled back.</summary>
    RolledBack,
    /// <summary>A deployment that failed and was left so.</summary>
    Failed,
    /// <summary>Many of its executions are degraded.</summary>
    Degraded,
    /// <summary>An execution whose start got lost.</summary>
    StuckPending,
}

/// <summary>A job of the fleet the simulator starts with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">For people.</param>
/// <param name="Priority">Higher first.</param>
/// <param name="Team">Label.</param>
/// <param name="Selector">The spec's selector, JSON.</param>
/// <param name="Strategy">How it is rolled out.</param>
/// <param name="Scene">What it is in the middle of.</param>
/// <param name="Config">The spec's config, JSON.</param>
internal sealed record JobSeed(
    string Name, string Namespace, string Type, string Description, int Priority, string Team, string Selector, SeedStrategy Strategy, Scene Scene, string Config)
{
    /// <summary>More of the spec's meta.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();

    /// <summary>The spec of the first version, in the words of a generation.</summary>
    public byte[] Spec(Generation face, string suffix)
    {
        var query = Type == "query";
        var spec = new JsonObject
        {
            ["name"] = Name + suffix,
            ["namespace"] = Namespace,
            ["type"] = Type,
            ["description"] = Description,
            ["priority"] = Priority,
            ["labels"] = new JsonObject { ["team"] = Team, ["app"] = Name, ["criticality"] = Priority >= 80 ? "high" : "normal" },
            ["meta"] = new JsonObject
            {
                ["expanso.io/created-by"] = "cli/2.1.21", ["git.repository"] = $"git@git.example.com:{Team}/pipelines.git", ["git.commit"] = "0000000", ["runbook"] = $"https://runbooks.example.com/{Name}",
            },
            ["selector"] = JsonNode.Parse(Selector),
            ["timeouts"] = query
                ? new JsonObject { ["execution_timeout"] = 300, ["queue_timeout"] = 60, ["total_timeout"] = 600 }
                : new JsonObject { ["execution_timeout"] = 0, ["queue_timeout"] = 600, ["total_timeout"] = 0 },
            ["config"] = JsonNode.Parse(Config),
        };
        foreach (var (key, value) in Meta) spec["meta"]![key] = value;
        if (face == Generation.Rollout) spec["restart_policy"] = query ? "never" : "on-failure";
        spec[face == Generation.Deployment ? "deployment" : "rollout"] = Strategy.Block(face);
        return JsonSerializer.SerializeToUtf8Bytes(spec);
    }
}

/// <summary>How a job is rolled out, for either generation. The deadline and the time to be healthy are in seconds.</summary>
internal sealed record SeedStrategy(
    string Kind, int Nodes = 0, int Percent = 10, int CanaryPercent = 0, int CanaryCount = 0, bool AutoPromote = false, int MaxFailed = 5, double MaxFailedPercent = 10,
    bool NoAutoRollback = false, int Deadline = 180, int Healthy = 20)
{
    /// <summary>The spec's block.</summary>
    public JsonObject Block(Generation face)
    {
        var block = new JsonObject { ["strategy"] = Kind };
        if (Kind == "immediate") return block;
        block["max_parallel"] = face == Generation.Deployment ? Nodes : Percent;
        if (Kind == "canary")
        {
            if (CanaryCount > 0) block["canary_count"] = CanaryCount;
            else block["canary_percent"] = CanaryPercent;
            block["auto_promote"] = AutoPromote;
        }
        block["max_failed_nodes"] = MaxFailed;
        block["max_failed_nodes_percent"] = MaxFailedPercent;
        if (NoAutoRollback) block["no_auto_rollback"] = true;
        block["health_check"] = face == Generation.Deployment
            ? new JsonObject { ["deadline"] = Text(Deadline), ["min_healthy_time"] = Text(Healthy), ["max_error_rate"] = 0.1 }
            : new JsonObject
            {
                ["deadline"] = Deadline * 1_000_000_000L, ["interval"] = Healthy * 500_000_000L, ["success_threshold"] = 2, ["failure_threshold"] = 3, ["max_error_rate"] = 0.1,
            };
        return block;

        static string Text(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{(seconds % 60 == 0 ? seconds / 60 : seconds)}{(seconds % 60 == 0 ? 'm' : 's')}");
    }
}

/// <summary>Makes the next version of a spec: the small edits that versions are made of.</summary>
internal static class SpecEdit
{
    /// <summary>The spec of a version, from the one before.</summary>
    public static byte[] Of(byte[] before, int version, Engine.SeededRandom random)
    {
        var spec = JsonNode.Parse(before)!.AsObject();
        if (spec["meta"] is JsonObject meta) meta["git.commit"] = random.Next().ToString("x16", CultureInfo.InvariantCulture)[..7];
        if (spec["config"] is not JsonObject config) spec["config"] = config = [];
        if (config["pipeline"] is JsonObject pipeline)
        {
            pipeline["threads"] = random.Between(1, 8);
            if (pipeline["processors"] is JsonArray { Count: > 0 } processors && processors[0] is JsonObject first && first["mapping"] is JsonValue mapping)
                first["mapping"] = mapping.GetValue<string>().Split("\nmeta release")[0] + string.Create(CultureInfo.InvariantCulture, $"\nmeta release = \"r{version}\"");
        }
        if (config["output"] is JsonObject output && output.FirstOrDefault().Value is JsonObject target && target["batching"] is JsonObject batching)
            batching["count"] = 50 * random.Between(1, 20);
        return JsonSerializer.SerializeToUtf8Bytes(spec);
    }
}
