using System.Globalization;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine.Stories;

/// <summary>Typical errors of pipelines, as agents report them.</summary>
internal static class Faults
{
    private sealed record Fault(string Code, string Component, string Hint, string Message, params (string Key, string Value)[] Details);

    private static readonly Fault[] Broken =
    [
        new("MISSING_CREDENTIAL", "input.kafka", "Set the environment variable on the node and restart the agent.",
            "failed to resolve config: environment variable 'KAFKA_PASSWORD' is not set on node {node}", ("variable", "KAFKA_PASSWORD")),
        new("CONFIG_INVALID", "pipeline.processors", "Validate the pipeline with 'expanso-cli job validate' before deploying.",
            "failed to build pipeline: line 14: field 'mapping': unable to parse bloblang: expected '=' got ':'", ("line", "14"), ("field", "mapping")),
        new("INPUT_FILE_NOT_FOUND", "input.file", "Check that the path exists on the node and that the agent may read it.",
            "input file: open /var/log/plant/{site}/current.log: no such file or directory", ("path", "/var/log/plant/current.log")),
        new("PORT_IN_USE", "input.http_server", "Another execution listens on the same port of this node.",
            "listen tcp 0.0.0.0:4195: bind: address already in use", ("port", "4195")),
    ];

    private static readonly Fault[] Deadly =
    [
        new("DISK_FULL", "buffer.sqlite", "Free disk space on the node, or lower the buffer's limit.",
            "buffer: write /var/lib/expanso/buffer.db: no space left on device", ("path", "/var/lib/expanso/buffer.db"), ("free_bytes", "0")),
        new("OUT_OF_MEMORY", "agent", "Lower batch sizes or the number of threads, or raise the node's limit.",
            "pipeline was killed: memory limit of 512 MiB exceeded", ("limit_bytes", "536870912"), ("exit_code", "137")),
        new("PANIC", "processor.wasm", "Report the module's version to its owner.",
            "processor wasm: module trapped: unreachable executed in transform()", ("module", "transform.wasm")),
        new("TLS_CERTIFICATE_EXPIRED", "output.http_client", "Renew the certificate of the endpoint.",
            "output http_client: x509: certificate has expired or is not yet valid: current time is after {date}", ("endpoint", "https://ingest.example.com/v2/events")),
    ];

    private static readonly Fault[] Troubles =
    [
        new("OUTPUT_UNAVAILABLE", "output.kafka", "Check that the broker is up and can be reached from the node's network.",
            "output kafka: dial tcp {ip}:9093: connect: connection refused (retrying in {n}s)", ("broker", "{ip}:9093"), ("topic", "edge.events.v2")),
        new("S3_ACCESS_DENIED", "output.aws_s3", "The node's role needs s3:PutObject on the bucket.",
            "output aws_s3: PutObject to bucket 'edge-archive-{region}': AccessDenied: Access Denied (status 403)", ("bucket", "edge-archive-{region}"), ("status", "403")),
        new("CODEC_ERROR", "input.mqtt", "The payload is not what the pipeline expects; route bad messages to a dead letter output.",
            "input mqtt: failed to decode message {n} of batch: invalid character 'ÿ' looking for beginning of value", ("codec", "json")),
        new("OUTPUT_TIMEOUT", "output.http_client", "The endpoint answers too slowly; raise the timeout or lower max_in_flight.",
            "output http_client: Post \"https://ingest.example.com/v2/events\": context deadline exceeded after 30s", ("endpoint", "https://ingest.example.com/v2/events")),
        new("RATE_LIMITED", "output.elasticsearch", "Lower the batch rate, or ask for a higher quota.",
            "output elasticsearch: bulk request rejected: 429 Too Many Requests ({n} documents waiting)", ("status", "429")),
        new("BACKPRESSURE", "buffer.memory", "The output cannot follow the input; the buffer is full.",
            "buffer memory: 524288000 of 524288000 bytes used, input is held back", ("used_percent", "100")),
        new("INPUT_LAGGING", "input.kafka", "The consumer falls behind: raise the number of partitions read in parallel.",
            "input kafka: consumer group lag of {n}0000 messages on topic sensor.raw", ("topic", "sensor.raw")),
    ];

    /// <summary>Why an execution could not start.</summary>
    public static Report AtStart(SeededRandom random, SimExecution execution) =>
        Say(random, Array.Find(Broken, fault => fault.Code == execution.Version.Reading.FailsWith) ?? random.Pick(Broken), execution, 1);

    /// <summary>Why a running execution ended.</summary>
    public static Report Fatal(SeededRandom random, SimExecution execution) => Say(random, random.Pick(Deadly), execution, 1);

    /// <summary>Why a running execution is degraded.</summary>
    public static Report Passing(SeededRandom random, SimExecution execution) =>
        Say(random, random.Pick(Troubles), execution, Math.Round(0.12 + 0.8 * random.Fraction(), 2));

    /// <summary>Progress of a healthy execution.</summary>
    public static Report Progress(SeededRandom random) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Pipeline running, {random.Between(200, 90_000):N0} messages in the last minute"));

    private static Report Say(SeededRandom random, Fault fault, SimExecution execution, double errorRate)
    {
        var ip = $"10.{random.Next(64)}.{random.Next(250)}.{random.Between(2, 250)}";
        var n = random.Between(2, 60).ToString(CultureInfo.InvariantCulture);
        return new(Fill(fault.Message))
        {
            ErrorCode = fault.Code, Component = fault.Component, Hint = fault.Hint, ErrorRate = errorRate,
            Details =
            [
                .. fault.Details.Select(d => KeyValuePair.Create(d.Key, Fill(d.Value))),
                new("error_rate", errorRate.ToString(CultureInfo.InvariantCulture)),
                new("retries", n),
            ],
        };

        string Fill(string text) => !text.Contains('{') ? text : text
            .Replace("{ip}", ip, StringComparison.Ordinal).Replace("{n}", n, StringComparison.Ordinal)
            .Replace("{node}", execution.Node.Name, StringComparison.Ordinal)
            .Replace("{site}", execution.Node.Label("site") ?? "main", StringComparison.Ordinal)
            .Replace("{region}", execution.Node.Label("region") ?? "eu", StringComparison.Ordinal)
            .Replace("{date}", new DateTime(execution.CreatedAt, DateTimeKind.Utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z", StringComparison.Ordinal);
    }
}
