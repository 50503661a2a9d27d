using System.Text.Json.Nodes;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>
/// What <c>kubectl apply -k</c> would send: the resources of a folder with its patches merged in, as Kustomize does it for what these folders use. Anything else fails.
/// </summary>
internal static class Kustomization
{
    private static readonly string[] Known = ["apiVersion", "kind", "resources", "patches"];

    /// <summary>The objects of a folder below <c>deploy/kubernetes</c>.</summary>
    public static IReadOnlyList<JsonObject> Render(string folder)
    {
        var here = $"kubernetes/{folder}";
        var kustomization = Assert.Single(DeployFile.Documents($"{here}/kustomization.yaml"));
        Assert.Equal(("kustomize.config.k8s.io/v1beta1", "Kustomization"), (kustomization.TextAt("apiVersion"), kustomization.TextAt("kind")));
        Assert.Empty(kustomization.Select(member => member.Key).Except(Known));
        var objects = kustomization.ListAt("resources").Select(resource => resource.ToString()).SelectMany(resource => resource.EndsWith(".yaml", StringComparison.Ordinal)
            ? DeployFile.Documents($"{here}/{resource}")
            : Render(Path.GetRelativePath(DeployFile.PathOf("kubernetes"), Path.GetFullPath(resource, DeployFile.PathOf(here))))).ToList();
        foreach (var patch in kustomization.ListAt("patches").SelectMany(patch => DeployFile.Documents($"{here}/{patch.TextAt("path")}")))
            Merge(Assert.Single(objects, target => Id(target) == Id(patch)), patch);
        Assert.Equal(objects.Count, objects.Select(Id).Distinct().Count());
        return objects;
    }

    /// <summary>Kind and name.</summary>
    public static string Id(JsonObject resource) => $"{resource.TextAt("kind")}/{resource.TextAt("metadata", "name")}";

    // Objects are merged, containers by their name, and everything else is replaced.
    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject members && target[name] is JsonObject known) Merge(known, members);
            else if (name == "containers")
                foreach (var container in value!.AsArray())
                    Merge(Assert.Single(target[name]!.AsArray(), other => other.TextAt("name") == container.TextAt("name"))!.AsObject(), container!.AsObject());
            else target[name] = value is JsonArray ? throw new NotSupportedException($"A patch of the list {name} is not known to this test.") : value?.DeepClone();
        }
    }
}
