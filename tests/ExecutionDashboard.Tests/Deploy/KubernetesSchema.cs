using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>The fields of Kubernetes' objects that the manifests use, with their types: the cluster ignores or refuses a misspelt one, and takes no number where it wants a text.</summary>
internal static class KubernetesSchema
{
    // name: field type, …; a type with [] is a list. Of the API reference of Kubernetes 1.32.
    private const string Table = """
        v1/ConfigMap: data map
        v1/ServiceAccount: automountServiceAccountToken bool
        v1/Service: spec ServiceSpec
        apps/v1/Deployment: spec DeploymentSpec
        apps/v1/StatefulSet: spec StatefulSetSpec
        policy/v1/PodDisruptionBudget: spec PodDisruptionBudgetSpec
        networking.k8s.io/v1/NetworkPolicy: spec NetworkPolicySpec
        networking.k8s.io/v1/Ingress: spec IngressSpec
        Metadata: name string, labels map, annotations map
        Selector: matchLabels map
        ServiceSpec: clusterIP string, publishNotReadyAddresses bool, selector map, ports ServicePort[]
        ServicePort: name string, port int, targetPort port
        DeploymentSpec: replicas int, minReadySeconds int, strategy Strategy, selector Selector, template Template
        Strategy: type string, rollingUpdate RollingUpdate
        RollingUpdate: maxSurge port, maxUnavailable port
        StatefulSetSpec: replicas int, serviceName string, podManagementPolicy string, selector Selector, template Template, volumeClaimTemplates Claim[]
        Claim: metadata Metadata, spec ClaimSpec
        ClaimSpec: accessModes string[], resources Resources
        Template: metadata Metadata, spec PodSpec
        PodSpec: serviceAccountName string, automountServiceAccountToken bool, enableServiceLinks bool, terminationGracePeriodSeconds int, securityContext PodSecurity, topologySpreadConstraints Spread[], containers Container[], volumes Volume[]
        PodSecurity: runAsNonRoot bool, runAsUser int, runAsGroup int, fsGroup int, fsGroupChangePolicy string, seccompProfile Seccomp
        Seccomp: type string
        Spread: maxSkew int, topologyKey string, whenUnsatisfiable string, labelSelector Selector
        Container: name string, image string, imagePullPolicy string, envFrom EnvironmentSource[], env Variable[], ports ContainerPort[], startupProbe Probe, livenessProbe Probe, readinessProbe Probe, lifecycle Lifecycle, resources Resources, securityContext ContainerSecurity, volumeMounts Mount[]
        EnvironmentSource: configMapRef Reference
        Reference: name string
        Variable: name string, value string, valueFrom VariableSource
        VariableSource: secretKeyRef SecretKey, fieldRef FieldReference
        FieldReference: fieldPath string
        SecretKey: name string, key string
        ContainerPort: name string, containerPort int
        Probe: httpGet HttpGet, periodSeconds int, timeoutSeconds int, failureThreshold int
        HttpGet: path string, port port
        Lifecycle: preStop Handler
        Handler: exec Command
        Command: command string[]
        Resources: requests map, limits map
        ContainerSecurity: allowPrivilegeEscalation bool, readOnlyRootFilesystem bool, capabilities Capabilities
        Capabilities: drop string[]
        Mount: name string, mountPath string
        Volume: name string, emptyDir EmptyDir
        EmptyDir: sizeLimit string
        PodDisruptionBudgetSpec: maxUnavailable port, selector Selector
        NetworkPolicySpec: podSelector Selector, policyTypes string[], ingress Rule[], egress Rule[]
        Rule: from Peer[], to Peer[], ports PolicyPort[]
        Peer: podSelector Selector, namespaceSelector Selector
        PolicyPort: protocol string, port port
        IngressSpec: tls Tls[], rules IngressRule[]
        Tls: hosts string[], secretName string
        IngressRule: host string, http IngressPaths
        IngressPaths: paths IngressPath[]
        IngressPath: path string, pathType string, backend Backend
        Backend: service BackendService
        BackendService: name string, port BackendPort
        BackendPort: name string
        """;

    private static readonly Dictionary<string, Dictionary<string, string>> Types = Table.Split('\n').Select(line => line.Split(": ")).ToDictionary(
        line => line[0], line => line[1].Split(", ").Select(field => field.Split(' ')).ToDictionary(field => field[0], field => field[1]));

    /// <summary>What is wrong with an object; empty when nothing is.</summary>
    public static IReadOnlyList<string> Problems(JsonObject resource)
    {
        var kind = $"{resource.TextAt("apiVersion")}/{resource.TextAt("kind")}";
        if (!Types.TryGetValue(kind, out var fields)) return [$"{kind} is no kind that is known here"];
        var own = new JsonObject(resource.Where(member => member.Key is not ("apiVersion" or "kind" or "metadata")).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return [.. Problems(Kustomization.Id(resource), own, fields), .. Problems($"{Kustomization.Id(resource)}.metadata", resource["metadata"], "Metadata")];
    }

    private static IEnumerable<string> Problems(string path, JsonNode? value, string type) => type switch
    {
        _ when type.EndsWith("[]", StringComparison.Ordinal) => value is JsonArray { Count: > 0 } list ? list.SelectMany((element, i) => Problems($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", element, type[..^2])) : [$"{path} must be a list"],
        "map" => value is JsonObject map ? map.SelectMany(member => Problems($"{path}.{member.Key}", member.Value, "string")) : [$"{path} must be an object"],
        "string" => Is(path, value, JsonValueKind.String),
        "int" => Is(path, value, JsonValueKind.Number),
        "bool" => Is(path, value, JsonValueKind.True, JsonValueKind.False),
        "port" => Is(path, value, JsonValueKind.String, JsonValueKind.Number),
        _ => value is JsonObject members ? Problems(path, members, Types[type]) : [$"{path} must be an object"],
    };

    private static IEnumerable<string> Problems(string path, JsonObject members, Dictionary<string, string> fields) =>
        members.SelectMany(member => fields.TryGetValue(member.Key, out var type) ? Problems($"{path}.{member.Key}", member.Value, type) : [$"{path} has no field {member.Key}"]);

    private static IEnumerable<string> Is(string path, JsonNode? value, params JsonValueKind[] kinds) =>
        value is not null && kinds.Contains(value.GetValueKind()) ? [] : [$"{path} must be {string.Join(" or ", kinds)}"];
}
