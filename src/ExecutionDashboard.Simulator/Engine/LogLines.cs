using System.Globalization;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>Log lines of pipelines. The same execution and second always give the same line, without using the world's random numbers.</summary>
internal static class LogLines
{
    private static readonly (string Level, string Text)[] Calm =
    [
        ("info", "batch of {n} messages delivered in {ms} ms"), ("debug", "cache hit ratio {p} %, {n} entries"), ("info", "checkpoint written at offset {o}"),
        ("debug", "polling input, {n} records ready"), ("info", "output acknowledged {n} of {n} messages"), ("debug", "heartbeat sent, last round trip {ms} ms"),
        ("info", "rotated segment {o}, {n} kB freed"), ("warn", "slow output: batch took {ms}0 ms, limit is 500 ms"),
        // Secrets in log lines, which the dashboard must mask.
        ("debug", "connecting to kafka://shipper:{secret}@broker-{k}.internal:9093"), ("info", "config loaded: endpoint=https://ingest.example.com password={secret}"),
    ];

    /// <summary>The line of an execution at a second since 1970.</summary>
    public static (string Level, string Text) Of(SimExecution execution, long second)
    {
        var chance = SeededRandom.Mix((ulong)execution.Ordinal * 2_654_435_761 + (ulong)second);
        var troubled = execution.Report.ErrorCode.Length > 0;
        // An unhealthy execution reports it in one of three lines.
        if (troubled && chance % 3 != 0) return (execution.Actual == ActualState.Degraded ? "warn" : "error", execution.Report.Message);
        if (chance % 11 == 0) return ("info", execution.Report.Message);
        var (level, text) = Calm[(int)(chance / 11 % (ulong)Calm.Length)];
        return (level, Filled(text, chance));
    }

    private static string Filled(string text, ulong chance)
    {
        if (!text.Contains('{')) return text;
        string Number(int shift, ulong below) => ((chance >> shift) % below).ToString(CultureInfo.InvariantCulture);
        return text.Replace("{n}", Number(7, 4_000), StringComparison.Ordinal).Replace("{ms}", Number(19, 90), StringComparison.Ordinal)
            .Replace("{p}", Number(13, 100), StringComparison.Ordinal).Replace("{o}", Number(5, 9_000_000), StringComparison.Ordinal).Replace("{k}", Number(3, 4), StringComparison.Ordinal)
            .Replace("{secret}", "s3cr3t-" + Number(11, 10_000), StringComparison.Ordinal);
    }
}
