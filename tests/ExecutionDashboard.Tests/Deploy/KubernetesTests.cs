using System.Text.Json.Nodes;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>The manifests for Kubernetes: what each refers to is there, what runs is locked down, and what is set exists.</summary>
public sealed class KubernetesTests
{
    private const string Secret = "execution-dashboard", Certificate = "execution-dashboard-tls";

    /// <summary>The base, and each size of it.</summary>
    public static TheoryData<string> Folders { get; } = new(Directory.EnumerateDirectories(DeployFile.PathOf("kubernetes/overlays")).Select(folder => $"overlays/{Path.GetFileName(folder)}").Append("base"));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Manifests_FieldsAndKinds_AreThoseOfKubernetes(string folder) => Assert.Empty(Kustomization.Render(folder).SelectMany(KubernetesSchema.Problems));

    [Theory]
    [InlineData("""{ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "a" } }""", "v1/Secret is no kind that is known here")]
    [InlineData("""{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "a" }, "spec": { "port": [] } }""", "Service/a.spec has no field port")]
    [InlineData("""{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "a" }, "data": { "Port": 8080 } }""", "ConfigMap/a.data.Port must be String")]
    public void Schema_MistakesInAManifest_AreNamed(string manifest, string problem) => Assert.Equal([problem], KubernetesSchema.Problems(JsonNode.Parse(manifest)!.AsObject()));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Manifests_Selectors_ChooseThePodsThatAreMeant(string folder)
    {
        var cluster = Kustomization.Render(folder);
        var workloads = Workload.In(cluster);
        foreach (var resource in cluster)
        {
            var labels = resource.TextAt("kind") switch
            {
                "Service" => resource.MapAt("spec", "selector"),
                "NetworkPolicy" => resource.MapAt("spec", "podSelector", "matchLabels"),
                "StatefulSet" or "Deployment" or "PodDisruptionBudget" => resource.MapAt("spec", "selector", "matchLabels"),
                _ => null,
            };
            if (labels is null) continue;
            var chosen = Assert.Single(workloads, workload => workload.IsChosenBy(labels));
            Assert.Equal(resource.MapAt("metadata", "labels")["app.kubernetes.io/component"], chosen.Labels["app.kubernetes.io/component"]);
        }
        // Nothing runs that no policy and no budget is about.
        foreach (var kind in (string[])["NetworkPolicy", "PodDisruptionBudget", "Service"]) Assert.Equal(workloads.Count, cluster.Count(resource => resource.TextAt("kind") == kind));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Manifests_NamesOfPortsVolumesSecretsAndServices_AreThere(string folder)
    {
        var cluster = Kustomization.Render(folder);
        var workloads = Workload.In(cluster);
        foreach (var service in Of("Service"))
            foreach (var port in service.ListAt("spec", "ports")) Assert.Contains(port.TextAt("targetPort"), Assert.Single(workloads, workload => workload.IsChosenBy(service.MapAt("spec", "selector"))).Ports);
        foreach (var backend in Of("Ingress").SelectMany(ingress => ingress.ListAt("spec", "rules")).SelectMany(rule => rule.ListAt("http", "paths")).Select(path => path.At("backend", "service")))
            Assert.Contains(backend.TextAt("port", "name"), Assert.Single(Of("Service"), service => service.TextAt("metadata", "name") == backend.TextAt("name")).ListAt("spec", "ports").Select(port => port.TextAt("name")));
        foreach (var policy in Of("NetworkPolicy"))
        {
            Assert.Equal(["Ingress", "Egress"], policy.ListAt("spec", "policyTypes").Select(type => type.ToString()));
            foreach (var port in policy.ListAt("spec", "ingress").SelectMany(rule => rule.ListAt("ports")))
                Assert.Contains(port.TextAt("port"), Assert.Single(workloads, workload => workload.IsChosenBy(policy.MapAt("spec", "podSelector", "matchLabels"))).Ports);
            // Only the pods that are named may be come from, and those are there.
            foreach (var labels in policy.ListAt("spec", "ingress").SelectMany(rule => rule.ListAt("from")).Concat(policy.ListAt("spec", "egress").SelectMany(rule => rule.ListAt("to"))).Select(peer => peer.MapAt("podSelector", "matchLabels")).Where(labels => labels.Count > 0))
                Assert.Contains(workloads, workload => workload.IsChosenBy(labels));
        }
        foreach (var workload in workloads)
        {
            Assert.Contains(Of("ServiceAccount"), account => account.TextAt("metadata", "name") == workload.Pod.TextAt("serviceAccountName"));
            Assert.Equal(workload.Volumes.Order(StringComparer.Ordinal), workload.Container.ListAt("volumeMounts").Select(mount => mount.TextAt("name")).Order(StringComparer.Ordinal));
            foreach (var probe in workload.Probes.Values) Assert.Contains(probe.TextAt("httpGet", "port"), workload.Ports);
        }
        foreach (var set in Of("StatefulSet")) Assert.Contains(Of("Service"), service => service.TextAt("metadata", "name") == set.TextAt("spec", "serviceName") && service.TextAt("spec", "clusterIP") == "None");

        IEnumerable<JsonObject> Of(string kind) => cluster.Where(resource => resource.TextAt("kind") == kind);
    }

    // The one who installs it makes the Secret: by a command of the documentation, which has each key.
    [Theory]
    [MemberData(nameof(Folders))]
    public void Manifests_Secrets_AreReferredToAndMadeByTheCommandInTheDocumentation(string folder)
    {
        var cluster = Kustomization.Render(folder);
        var references = Workload.In(cluster).SelectMany(workload => workload.Container.ListAt("env")).Select(variable => variable.At("valueFrom", "secretKeyRef")).OfType<JsonNode>().ToList();
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "docs", "production.md"));

        Assert.All(references, reference => Assert.Equal(Secret, reference.TextAt("name")));
        Assert.All(references, reference => Assert.Contains($"--from-literal={reference.TextAt("key")}=", documented, StringComparison.Ordinal));
        Assert.All(cluster.SelectMany(resource => resource.ListAt("spec", "tls")), tls => Assert.Equal(Certificate, tls.TextAt("secretName")));
        Assert.Contains(Certificate, documented, StringComparison.Ordinal);
        // A secret has no business in a plain value.
        Assert.DoesNotContain(Workload.In(cluster).SelectMany(workload => workload.Environment), variable => !variable.Value.StartsWith('<') && (variable.Key.EndsWith("Key", StringComparison.Ordinal) || variable.Key.EndsWith("Secret", StringComparison.Ordinal) || variable.Value.Contains("Password", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Pods_AreLockedDownAndBounded(string folder)
    {
        foreach (var workload in Workload.In(Kustomization.Render(folder)))
        {
            var (pod, container) = (workload.Pod, workload.Container);
            Assert.Equal(("true", "RuntimeDefault", "false", "false"), (pod.TextAt("securityContext", "runAsNonRoot"), pod.TextAt("securityContext", "seccompProfile", "type"), pod.TextAt("automountServiceAccountToken"), pod.TextAt("enableServiceLinks")));
            Assert.Equal(("true", "false"), (container.TextAt("securityContext", "readOnlyRootFilesystem"), container.TextAt("securityContext", "allowPrivilegeEscalation")));
            Assert.Equal(["ALL"], container.ListAt("securityContext", "capabilities", "drop").Select(name => name.ToString()));
            // The account of the image.
            Assert.Equal(("1654", "1654"), (pod.TextAt("securityContext", "runAsUser"), pod.TextAt("securityContext", "runAsGroup")));
            ImageName.IsPinned(container.TextAt("image"));
            var (requests, limits) = (container.MapAt("resources", "requests"), container.MapAt("resources", "limits"));
            foreach (var kind in (string[])["cpu", "memory"]) Assert.InRange(Workload.Quantity(requests[kind]), 0.01, Workload.Quantity(limits[kind]));
            Assert.All(pod.ListAt("volumes"), volume => Assert.NotEmpty(volume.TextAt("emptyDir", "sizeLimit")));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Pods_Settings_ExistAndLeadToTheServices(string folder)
    {
        var cluster = Kustomization.Render(folder);
        var workloads = Workload.In(cluster);
        foreach (var workload in workloads)
        {
            DeployedSettings.AreGood(workload.Environment);
            Assert.Equal(workload.Environment["ASPNETCORE_HTTP_PORTS"], Assert.Single(workload.Container.ListAt("ports")).TextAt("containerPort"));
        }
        var feed = Assert.Single(workloads, workload => workload.Environment["Roles"] == "Feed");
        var dashboard = Assert.Single(workloads, workload => workload.Environment["Roles"] == "Dashboard");
        Assert.Contains(feed.Container.ListAt("volumeMounts"), mount => mount.TextAt("mountPath") == "/app/data");
        Assert.Equal(new Uri(feed.Environment["Feed__PublicUrl"]), Addresses.OfFeeds(dashboard.Environment)[0]);
        foreach (var address in Addresses.OfFeeds(dashboard.Environment))
        {
            Assert.Contains(cluster, resource => resource.TextAt("kind") == "Service" && (resource.TextAt("metadata", "name") == address.Host || address.Host.EndsWith($".{resource.TextAt("metadata", "name")}", StringComparison.Ordinal)) && resource.ListAt("spec", "ports").Any(port => port.TextAt("port") == $"{address.Port}"));
            Assert.True(Addresses.IsAllowed(feed.Environment["AllowedHosts"], address.Host), $"The feed answers 400 to {address}.");
        }
    }
}
