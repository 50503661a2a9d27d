using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Job specs.</summary>
internal static class SpecReader
{
    public static JobSpec Read(JsonElement element)
    {
        var json = Fields.Raw(element);
        var spec = new JobSpec { Hash = SpecHash.Of(json), Json = json };
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("name"u8)) spec = spec with { Name = field.Value.Text() };
            else if (field.Is("namespace"u8)) spec = spec with { Namespace = field.Value.Text() };
            else if (field.Is("type"u8)) spec = spec with { Type = field.Value.Text() };
            else if (field.Is("description"u8)) spec = spec with { Description = field.Value.Text() };
            else if (field.Is("priority"u8)) spec = spec with { Priority = field.Value.Int() };
            else if (field.Is("labels"u8)) spec = spec with { Labels = field.Value.TextMap() };
            else if (field.Is("meta"u8)) spec = spec with { Meta = field.Value.TextMap() };
            else if (field.Is("selector"u8)) spec = spec with { Selector = Selector(field.Value) };
            else if (field.Is("timeouts"u8)) spec = spec with { Timeouts = Timeouts(field.Value) };
            else if (field.Is("restart_policy"u8)) spec = spec with { RestartPolicy = RestartPolicy(field.Value) };
        }
        // A spec has one of the two; if both are sent, the server uses that of the newer generation.
        var strategy = StrategyReader.Read(Fields.Get(element, "rollout"u8), rolloutGeneration: true)
            ?? StrategyReader.Read(Fields.Get(element, "deployment"u8), rolloutGeneration: false);
        return spec with { Strategy = strategy };
    }

    private static NodeSelector Selector(JsonElement element) => new()
    {
        Ids = Fields.Get(element, "match_ids"u8).Texts(),
        Labels = Fields.Get(element, "match_labels"u8).TextMap(),
        Expressions = Fields.Get(element, "match_expressions"u8).Texts(),
    };

    private static JobTimeouts? Timeouts(JsonElement element)
    {
        var read = new JobTimeouts(
            Fields.Get(element, "execution_timeout"u8).Long(), Fields.Get(element, "queue_timeout"u8).Long(),
            Fields.Get(element, "total_timeout"u8).Long());
        return read == new JobTimeouts(null, null, null) ? null : read;
    }

    // Documented as a text; an object with the policy is accepted too.
    private static string RestartPolicy(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? Fields.Get(element, "policy"u8) is { ValueKind: JsonValueKind.String } policy ? policy.Text() : Fields.Get(element, "type"u8).Text()
            : element.Text();
}
