using System.Globalization;
using System.Text.Json.Nodes;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>A Deployment or StatefulSet and its one container.</summary>
internal sealed class Workload(JsonObject resource, IReadOnlyList<JsonObject> cluster)
{
    private const string PodName = "$(POD_NAME)";

    /// <summary>Kind and name.</summary>
    public string Id => Kustomization.Id(resource);

    /// <summary>Its pod.</summary>
    public JsonNode Pod => resource.At("spec", "template", "spec")!;

    /// <summary>The labels of its pods.</summary>
    public IReadOnlyDictionary<string, string> Labels => resource.MapAt("spec", "template", "metadata", "labels");

    /// <summary>Its container.</summary>
    public JsonNode Container => Assert.Single(Pod.ListAt("containers"));

    /// <summary>The names of its ports.</summary>
    public IReadOnlyList<string> Ports => [.. Container.ListAt("ports").Select(port => port.TextAt("name"))];

    /// <summary>Names of its volumes.</summary>
    public IReadOnlyList<string> Volumes => [.. Pod.ListAt("volumes").Select(volume => volume.TextAt("name")).Concat(resource.ListAt("spec", "volumeClaimTemplates").Select(claim => claim.TextAt("metadata", "name")))];

    /// <summary>Its probes by name.</summary>
    public IReadOnlyDictionary<string, JsonNode> Probes => ((string[])["startupProbe", "livenessProbe", "readinessProbe"]).ToDictionary(name => name, name => Container.At(name)!);

    /// <summary>Its environment as the process of the first pod gets it; a secret is its key in angle brackets.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var all = new Dictionary<string, string>();
            foreach (var source in Container.ListAt("envFrom"))
                foreach (var (name, value) in Assert.Single(cluster, other => Kustomization.Id(other) == $"ConfigMap/{source.TextAt("configMapRef", "name")}").MapAt("data")) all[name] = value;
            foreach (var variable in Container.ListAt("env"))
                if (variable.At("valueFrom", "secretKeyRef") is { } secret) all[variable.TextAt("name")] = $"<{secret.TextAt("key")}>";
                else if (variable.At("valueFrom", "fieldRef") is null) all[variable.TextAt("name")] = variable.TextAt("value").Replace(PodName, $"{resource.TextAt("metadata", "name")}-0", StringComparison.Ordinal);
            return all;
        }
    }

    /// <summary>The workloads among the objects of a cluster.</summary>
    public static IReadOnlyList<Workload> In(IReadOnlyList<JsonObject> cluster) =>
        [.. cluster.Where(resource => resource.TextAt("kind") is "Deployment" or "StatefulSet").Select(resource => new Workload(resource, cluster))];

    /// <summary>Whether a selector's labels choose its pods.</summary>
    public bool IsChosenBy(IReadOnlyDictionary<string, string> labels) => labels.Count > 0 && labels.All(label => Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>A quantity as a number: cores or bytes.</summary>
    public static double Quantity(string text) =>
        text.EndsWith('m') ? Number(text[..^1]) / 1_000 : text.EndsWith("Mi", StringComparison.Ordinal) ? Number(text[..^2]) * (1 << 20) : text.EndsWith("Gi", StringComparison.Ordinal) ? Number(text[..^2]) * (1 << 30) : Number(text);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
