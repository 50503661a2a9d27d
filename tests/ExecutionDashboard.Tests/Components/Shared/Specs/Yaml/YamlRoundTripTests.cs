using CsCheck;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Components.Shared.Specs.Yaml;

public sealed class YamlRoundTripTests
{
    [Fact]
    public void Yaml_AnySpec_ReadsBackAsTheSame() => Gen.Int[0, 1_000_000].Sample(seed => AssertSame(GeneratedSpecs.Of(seed)), iter: 2_000);

    [Fact]
    public void Yaml_TextThatIsEasyToMisread_ReadsBackAsTheSame()
    {
        foreach (var text in GeneratedSpecs.Misread)
        {
            var inner = new System.Text.Json.Nodes.JsonObject { ["value"] = text, ["entry"] = new System.Text.Json.Nodes.JsonArray(text, new System.Text.Json.Nodes.JsonArray(text), 1), [text] = text };
            AssertSame(inner.ToJsonString());
        }
    }

    private static void AssertSame(string json)
    {
        var masked = SecretMask.Mask(json);
        var yaml = SpecText.Yaml(json);
        var read = PastedSpec.Read(yaml);
        Assert.True(read.Spec is not null, read.Problem + "\n" + yaml);
        var differences = SpecDiff.Of(masked, read.Spec.Json);
        Assert.True(differences.Count == 0, $"{differences.FirstOrDefault()}\n{yaml}");
    }
}
