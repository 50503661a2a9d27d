using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Fleet.Specs;

public class SpecDiffPropertyTests
{
    private const string Planted = "planted-hunter2";

    private static readonly string[] Names = ["name", "id", "label", "mapping", "log", "a", "b", "a.b", "expanso.io/x", "", "x\"y", "[0]", "ü"];

    private static readonly Gen<string> Scalar = One("1", "2", "-7", "2.5", "true", "false", "null", "\"\"", "\"x\"", "\"y\"", "\"a b\"", "\"${VAR}\"");

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) =>
        depth > 4 ? Scalar : Gen.Frequency(
            (2, Scalar),
            (3, inner.List[0, 6].Select(entries => "[" + string.Join(',', entries) + "]")),
            (4, Gen.Select(One(Names), inner).List[0, 5].Select(members =>
                "{" + string.Join(',', members.DistinctBy(m => m.Item1).Select(m => JsonSerializer.Serialize(m.Item1) + ":" + m.Item2)) + "}"))));

    [Fact]
    public void Apply_DifferencesOfTwoSpecs_GivesTheSecond() =>
        Gen.Select(Json, Json).Sample((before, after) => SpecHash.Of(SpecDiff.Apply(before, SpecDiff.Of(before, after))) == SpecHash.Of(after), iter: 10_000);

    [Fact]
    public void Apply_ListsOfFewValuesWithManyRepeats_GivesTheSecond()
    {
        var list = One("1", "2", "\"a\"", """{"name":"n","v":1}""", """{"name":"n","v":2}""", """{"name":"m"}""", """{"log":1}""", """{"log":2}""", """{"p":1,"q":2}""", """{"p":1,"q":3}""", "[1]", "[2]")
            .List[0, 12].Select(entries => "[" + string.Join(',', entries) + "]");
        Gen.Select(list, list).Sample((before, after) => SpecHash.Of(SpecDiff.Apply(before, SpecDiff.Of(before, after))) == SpecHash.Of(after), iter: 10_000);
    }

    [Fact]
    public void Of_SameSpecWithNamesInOtherOrder_Nothing() => Json.Sample(json => SpecDiff.Of(json, Reordered(JsonNode.Parse(json))).Count == 0, iter: 5_000);

    [Fact]
    public void Of_EqualHashes_NoDifferenceAndTheReverse() =>
        Gen.Select(Json, Json).Sample((before, after) => (SpecDiff.Of(before, after).Count == 0) == (SpecHash.Of(before) == SpecHash.Of(after)), iter: 5_000);

    [Fact]
    public void Of_AnyTexts_NeverThrows() =>
        Gen.Select(Gen.String, Gen.String).Sample((before, after) => { SpecDiff.Shown(before, after); SpecDiff.Apply(before, [new(after, SpecDifferenceKind.Removed, null, null)]); }, iter: 5_000);

    [Fact]
    public void Masked_SecretPlantedUnderASecretName_NeverComesThrough()
    {
        var holder = One("password", "api_key", "Authorization", "connectionString", "client-secret");
        var hidden = Gen.Select(holder, Json, (name, inner) => $$"""{"{{name}}":[{{JsonSerializer.Serialize(Planted)}},{"deep":"{{Planted}}","x":{{inner}}}]}""");
        var planted = Gen.OneOf(hidden, One($"\"https://u:{Planted}@host/x\"", $"\"token={Planted}\"", $"\"Bearer {Planted}\""));
        var spec = Gen.Select(planted, Json, One(Names), (secret, inner, name) => $$"""{"config":[{{inner}},{{secret}}],{{JsonSerializer.Serialize(name + "_")}}:{{secret}}}""");
        Gen.Select(Gen.OneOf(spec, Json), spec).Sample((before, after) =>
            !SpecDiff.Shown(before, after).Concat(SpecDiff.Shown(after, before)).Any(d => (d.Path + d.Before + d.After + d.FromPath).Contains(Planted, StringComparison.Ordinal)), iter: 1_000);
    }

    private static string Reordered(JsonNode? node) => node switch
    {
        JsonObject members => "{ " + string.Join(" , ", members.Reverse().Select(m => JsonSerializer.Serialize(m.Key) + " : " + Reordered(m.Value))) + " }",
        JsonArray entries => "[ " + string.Join(" , ", entries.Select(Reordered)) + " ]",
        null => "null",
        _ => node.ToJsonString(),
    };

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
