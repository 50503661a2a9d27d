using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>A rollout strategy with its defaults.</summary>
internal sealed record Strategy
{
    public StrategyKind Kind { get; init; }
    /// <summary>Nodes at a time (0 for all), or percent of the nodes in the rollout generation.</summary>
    public int MaxParallel { get; init; }
    public bool ParallelIsPercent { get; init; }
    public int CanaryCount { get; init; }
    public int CanaryPercent { get; init; }
    public bool AutoPromote { get; init; }
    public int MaxFailedNodes { get; init; } = 10;
    public double MaxFailedNodesPercent { get; init; } = 10;
    public bool NoAutoRollback { get; init; }
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>How long an execution must run to be healthy.</summary>
    public TimeSpan HealthyAfter { get; init; } = TimeSpan.FromSeconds(30);
    public double MaxErrorRate { get; init; } = 0.1;

    /// <summary>Number of canary nodes; 0 for none.</summary>
    public int CanarySize(int nodes) => Kind != StrategyKind.Canary || nodes == 0 ? 0
        : Math.Clamp(CanaryCount > 0 ? CanaryCount : (int)Math.Ceiling(nodes * (CanaryPercent > 0 ? CanaryPercent : 10) / 100.0), 1, nodes);

    /// <summary>Number of nodes in a wave.</summary>
    public int WaveSize(int nodes) => Kind == StrategyKind.Immediate || MaxParallel == 0 ? Math.Max(1, nodes)
        : ParallelIsPercent ? Math.Max(1, (int)Math.Ceiling(nodes * Math.Min(MaxParallel, 100) / 100.0)) : MaxParallel;
}

/// <summary>The parts of a job's spec that the engine needs.</summary>
internal sealed record SpecReading
{
    /// <summary>Meta key for a failure rate (0–1), to make a rollout fail.</summary>
    public const string FailureRateKey = "simulator/failure-rate";

    /// <summary>Meta key that limits the failures to nodes with matching labels.</summary>
    public const string FailsOnKey = "simulator/fails-on";
    /// <summary>Meta key for the error code of the failures.</summary>
    public const string FailsWithKey = "simulator/fails-with";
    /// <summary>Meta key for the start time of executions: below 1 is faster, above slower.</summary>
    public const string PaceKey = "simulator/pace";

    private static readonly string[] Types = ["pipeline", "query", "update", "config"];

    public required string Name { get; init; }
    public required string Namespace { get; init; }
    public required string Type { get; init; }
    public required int Priority { get; init; }
    public required KeyValuePair<string, string>[] Labels { get; init; }
    public required Selector Selector { get; init; }
    public required Strategy Strategy { get; init; }
    public double FailureRate { get; init; }
    /// <summary>Nodes on which executions fail; null for all.</summary>
    public LabelRule? FailsOn { get; init; }
    /// <summary>Error code of the failures; empty for a random one.</summary>
    public string FailsWith { get; init; } = "";
    /// <summary>Factor for the start time of executions; 0.01–100.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Parses and checks a spec.</summary>
    /// <exception cref="RefusedException">400: it is invalid.</exception>
    public static SpecReading Of(JsonElement spec, Generation face)
    {
        if (spec.ValueKind != JsonValueKind.Object) throw new RefusedException(400, "spec is required");
        var name = Text(spec, "name");
        if (name.Length is 0 or > 128 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new RefusedException(400, "spec.name is required: letters, digits, '-', '_' and '.', at most 128");
        var type = Text(spec, "type") is { Length: > 0 } given ? given : "pipeline";
        if (!Types.Contains(type)) throw new RefusedException(400, $"spec.type '{type}' is not one of {string.Join(", ", Types)}");
        var selector = Child(spec, "selector");
        var meta = Map(spec, "meta").ToList();
        return new()
        {
            Name = name,
            Namespace = Text(spec, "namespace") is { Length: > 0 } space ? space : "default",
            Type = type,
            Priority = (int)Number(spec, "priority", 0),
            Labels = [.. Map(spec, "labels")],
            Selector = Selector.Of(Strings(selector, "match_ids"), Map(selector, "match_labels"), Strings(selector, "match_expressions")),
            Strategy = StrategyOf(Child(spec, face == Generation.Deployment ? "deployment" : "rollout"), face, type),
            FailureRate = double.TryParse(meta.FirstOrDefault(m => m.Key == FailureRateKey).Value, CultureInfo.InvariantCulture, out var rate) ? Math.Clamp(rate, 0, 1) : 0,
            FailsOn = meta.FirstOrDefault(m => m.Key == FailsOnKey).Value is { } rule ? LabelRule.Parse(rule) : null,
            FailsWith = meta.FirstOrDefault(m => m.Key == FailsWithKey).Value ?? "",
            Pace = double.TryParse(meta.FirstOrDefault(m => m.Key == PaceKey).Value, CultureInfo.InvariantCulture, out var pace) ? Math.Clamp(pace, 0.01, 100) : 1,
        };
    }

    private static Strategy StrategyOf(JsonElement block, Generation face, string type)
    {
        var key = face == Generation.Deployment ? "deployment" : "rollout";
        var kind = Text(block, "strategy") switch
        {
            "" or "immediate" => StrategyKind.Immediate,
            "rolling" => StrategyKind.Rolling,
            "canary" => StrategyKind.Canary,
            var other => throw new RefusedException(400, $"spec.{key}.strategy '{other}' is not one of immediate, rolling, canary"),
        };
        var health = Child(block, "health_check");
        var deadline = Duration(health, "deadline", TimeSpan.Zero);
        if (face == Generation.Deployment && kind != StrategyKind.Immediate && type == "pipeline" && deadline <= TimeSpan.Zero)
            throw new RefusedException(400, "spec.deployment.health_check.deadline is required for rolling and canary deployments");
        var parallel = Number(block, "max_parallel", face == Generation.Rollout ? 10 : 0);
        if (parallel < 0 || (face == Generation.Rollout && parallel > 100)) throw new RefusedException(400, $"spec.{key}.max_parallel is out of range");
        return new()
        {
            Kind = kind,
            MaxParallel = (int)parallel,
            ParallelIsPercent = face == Generation.Rollout,
            CanaryCount = (int)Number(block, "canary_count", 0),
            CanaryPercent = (int)Number(block, "canary_percent", 0),
            AutoPromote = block.ValueKind == JsonValueKind.Object && block.TryGetProperty("auto_promote", out var auto) && auto.ValueKind == JsonValueKind.True,
            NoAutoRollback = block.ValueKind == JsonValueKind.Object && block.TryGetProperty("no_auto_rollback", out var no) && no.ValueKind == JsonValueKind.True,
            MaxFailedNodes = (int)Number(block, "max_failed_nodes", 10),
            MaxFailedNodesPercent = Number(block, "max_failed_nodes_percent", 10),
            Deadline = deadline > TimeSpan.Zero ? deadline : TimeSpan.FromMinutes(5),
            HealthyAfter = face == Generation.Deployment
                ? Duration(health, "min_healthy_time", TimeSpan.FromSeconds(30))
                : Duration(health, "interval", TimeSpan.FromSeconds(10)) * Math.Max(1, Number(health, "success_threshold", 2)),
            MaxErrorRate = Number(health, "max_error_rate", 0.1),
        };
    }

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : default;

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.String ? child.GetString()! : "";

    private static double Number(JsonElement parent, string name, double missing) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Number ? child.GetDouble() : missing;

    private static List<string> Strings(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Array
            ? [.. child.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)] : [];

    private static IEnumerable<KeyValuePair<string, string>> Map(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!)) : [];

    private static TimeSpan Duration(JsonElement parent, string name, TimeSpan missing)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var value)) return missing;
        return value.ValueKind switch
        {
            JsonValueKind.Number => TimeSpan.FromTicks((long)(value.GetDouble() / 100)),
            JsonValueKind.String => GoDuration.Parse(value.GetString()!) ?? throw new RefusedException(400, $"duration '{value.GetString()}' of {name} cannot be parsed"),
            _ => missing,
        };
    }
}

/// <summary>Go durations as text, such as <c>1m30s</c>.</summary>
internal static class GoDuration
{
    /// <summary>Parses one; null when invalid.</summary>
    public static TimeSpan? Parse(string text)
    {
        var seconds = 0.0;
        var i = 0;
        if (text is "" ) return null;
        while (i < text.Length)
        {
            var start = i;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.')) i++;
            if (!double.TryParse(text[start..i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return text == "0" ? TimeSpan.Zero : null;
            start = i;
            while (i < text.Length && char.IsLetter(text[i])) i++;
            var unit = text[start..i] switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 1e-3, "us" or "µs" => 1e-6, "ns" => 1e-9, "" when number == 0 => 0, _ => -1.0 };
            if (unit < 0) return null;
            seconds += number * unit;
        }
        return TimeSpan.FromSeconds(seconds);
    }
}
