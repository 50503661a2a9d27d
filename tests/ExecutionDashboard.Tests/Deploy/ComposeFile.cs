using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary><c>deploy/compose.yaml</c> with the variables of <c>compose.env.example</c>; those that the operator must fill in have made-up values.</summary>
internal static partial class ComposeFile
{
    /// <summary>Stands for each secret.</summary>
    public const string MadeUp = "made-up-value-that-an-operator-fills-in";

    /// <summary>The whole file.</summary>
    public static JsonObject Root { get; } = Assert.Single(DeployFile.Documents("compose.yaml"));

    /// <summary>The services by name.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Services { get; } = Root["services"]!.AsObject().ToDictionary(service => service.Key, service => service.Value!);

    /// <summary>The services that run this program.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Programs { get; } = Services.Where(service => service.Value.MapAt("environment").ContainsKey("Roles")).ToDictionary();

    /// <summary>The variables that the file asks for.</summary>
    public static IReadOnlySet<string> Asked { get; } = Variable().Matches(DeployFile.Text("compose.yaml")).Select(match => match.Groups["name"].Value).ToHashSet();

    /// <summary>The variables of the example.</summary>
    public static IReadOnlyDictionary<string, string> Example { get; } = VariablesOf("compose.env.example");

    /// <summary>The variables of an environment file.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(string file) =>
        DeployFile.Text(file).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));

    /// <summary>A service's environment, filled in.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(JsonNode service) => service.MapAt("environment").ToDictionary(variable => variable.Key, variable => Fill(variable.Value));

    private static string Fill(string text) => Variable().Replace(text, match =>
        Example.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value ? value
        : match.Groups["kind"].Value == ":?" || match.Groups["name"].Value.EndsWith("_SECRET", StringComparison.Ordinal) ? MadeUp
        : match.Groups["rest"].Value);

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?:(?<kind>:[?-])(?<rest>[^}]*))?\}")]
    private static partial Regex Variable();
}
