using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Tests.Components.Shared.Specs.Yaml;

namespace ExecutionDashboard.IntegrationTests.Yaml;

/// <summary>Our YAML parsed by another library: the npm package yaml, with YAML 1.1 and 1.2.</summary>
public sealed class YamlReaderTests
{
    private const int Generated = 600;

    private static IEnumerable<string> Specs =>
        Enumerable.Range(0, Generated).Select(GeneratedSpecs.Of)
            .Concat(GeneratedSpecs.Misread.Select(text => new JsonObject { ["value"] = text, ["entry"] = new JsonArray(text, new JsonArray(text), 1), [text] = text }.ToJsonString()))
            .Concat(Recorded());

    [Fact]
    public async Task Yaml_OfEverySpec_IsTheSameForAnotherReaderByEitherSchema()
    {
        var specs = Specs.ToArray();
        var yaml = Array.ConvertAll(specs, SpecText.Yaml);
        var read = await ReadAsync(yaml);
        Assert.Equal(specs.Length, read.Length);
        for (var i = 0; i < specs.Length; i++)
        {
            using var written = JsonDocument.Parse(SecretMask.Mask(specs[i]));
            foreach (var schema in read[i].RootElement.EnumerateObject())
                Assert.True(Same(written.RootElement, schema.Value), $"YAML {schema.Name} reads {schema.Value}\nof {written.RootElement}\nin\n{yaml[i]}");
        }
    }

    // The specs of the recorded replies of a control plane.
    private static IEnumerable<string> Recorded()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "recorded"), "*.json"))
        {
            using var reply = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var spec in Inside(reply.RootElement)) yield return spec;
        }

        static IEnumerable<string> Inside(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(m => m.Name is "spec" or "job_spec" && m.Value.ValueKind == JsonValueKind.Object ? [m.Value.GetRawText()] : Inside(m.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Inside),
            _ => [],
        };
    }

    private static async Task<JsonDocument[]> ReadAsync(string[] yaml)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(SourceFolder(), "reader.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEndAsync();
        foreach (var text in yaml) await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(text));
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 }))];
    }

    private static bool Same(JsonElement written, JsonElement read) => written.ValueKind switch
    {
        JsonValueKind.Object => read.ValueKind == JsonValueKind.Object && read.TryGetProperty("members", out var members) && SameMembers(written, members),
        JsonValueKind.Array => read.ValueKind == JsonValueKind.Array && written.GetArrayLength() == read.GetArrayLength() && written.EnumerateArray().Zip(read.EnumerateArray()).All(pair => Same(pair.First, pair.Second)),
        JsonValueKind.Number => read.ValueKind == JsonValueKind.Object && read.TryGetProperty("number", out var number) && SameNumber(written.GetRawText(), number.GetString()!),
        JsonValueKind.String => read.ValueKind == JsonValueKind.String && written.GetString() == read.GetString(),
        var kind => kind == read.ValueKind,
    };

    private static bool SameMembers(JsonElement written, JsonElement read)
    {
        var expected = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in written.EnumerateObject()) expected[member.Name] = member.Value;
        return read.GetArrayLength() == expected.Count
            && read.EnumerateArray().All(pair => pair[0].ValueKind == JsonValueKind.String && expected.TryGetValue(pair[0].GetString()!, out var value) && Same(value, pair[1]));
    }

    // Whole numbers to the last digit; others as near as numbers of JavaScript come.
    private static bool SameNumber(string written, string read) => BigInteger.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
        ? BigInteger.TryParse(read, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var other) && whole == other
        : double.Parse(written, CultureInfo.InvariantCulture) is var number && (double.IsPositiveInfinity(number) ? read == "Infinity" : number == double.Parse(read, CultureInfo.InvariantCulture));

    // Beside its packages, which stay out of the output of the build.
    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExecutionDashboard.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "ExecutionDashboard.IntegrationTests", "Yaml");
    }
}
