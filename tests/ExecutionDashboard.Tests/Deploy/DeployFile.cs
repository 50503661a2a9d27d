using System.Text.Json.Nodes;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Components.Shared.Specs.Yaml;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>Files of the folder <c>deploy</c>, read with the product's own reader of YAML.</summary>
internal static class DeployFile
{
    private static readonly string Root = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The path of a file in the folder.</summary>
    public static string PathOf(string name) => Path.Combine(Root, "deploy", name);

    /// <summary>The text of a file.</summary>
    public static string Text(string name) => File.ReadAllText(PathOf(name));

    /// <summary>The documents of a YAML file.</summary>
    public static IReadOnlyList<JsonObject> Documents(string name) =>
        [.. Text(name).Split("\n---\n").Select(document => YamlReader.Read(document, PasteLimits.Default, CancellationToken.None)).Select(read => read.MoreDocuments
            ? throw new FormatException($"{name} separates documents otherwise than by a line of three dashes.")
            : JsonNode.Parse(read.Json)!.AsObject())];

    /// <summary>What is at a path of names; null where one is missing.</summary>
    public static JsonNode? At(this JsonNode? node, params string[] path)
    {
        foreach (var name in path) node = node is JsonObject members && members.TryGetPropertyValue(name, out var member) ? member : null;
        return node;
    }

    /// <summary>The text at a path; empty where there is none.</summary>
    public static string TextAt(this JsonNode? node, params string[] path) => node.At(path) is JsonValue value ? value.ToString() : "";

    /// <summary>The elements of the list at a path.</summary>
    public static IReadOnlyList<JsonNode> ListAt(this JsonNode? node, params string[] path) => node.At(path) is JsonArray list ? [.. list.Select(element => element!)] : [];

    /// <summary>The members of the object at a path.</summary>
    public static IReadOnlyDictionary<string, string> MapAt(this JsonNode? node, params string[] path) =>
        node.At(path) is JsonObject members ? members.ToDictionary(member => member.Key, member => member.Value?.ToString() ?? "") : new Dictionary<string, string>();

    private static string FindRoot(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "ExecutionDashboard.sln")) ? folder.FullName : FindRoot(folder.Parent!);
}
