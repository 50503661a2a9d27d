using System.Diagnostics.Metrics;
using System.Text.Json;
using ExecutionDashboard.Hosting.Limits;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>Metrics of the dashboard that are read when metrics are collected, meter <c>ExecutionDashboard.Dashboard</c>.</summary>
internal sealed class DashboardMetrics : IHostedService
{
    private static readonly (OperationKind Kind, OperationResult Result, KeyValuePair<string, object?>[] Tags)[] Commands =
    [
        .. from kind in Enum.GetValues<OperationKind>()
           from result in Enum.GetValues<OperationResult>()
           select (kind, result, new KeyValuePair<string, object?>[] { new("command", Name(kind)), new("result", Name(result)) }),
    ];

    private readonly ProblemSeries _problems = new();

    public DashboardMetrics(
        IMeterFactory meters, Replica replica, LiveSignals signals, OperationLog operations, CircuitQuota tabs, DisconnectedCircuits disconnected, ExportQueue exports, Problems problems, TimeProvider time)
    {
        var meter = meters.Create("ExecutionDashboard.Dashboard");
        meter.CreateObservableGauge("dashboard.executions", () => replica.Store.ExecutionCount, "{execution}", "Executions in memory");
        meter.CreateObservableGauge("dashboard.sequence", () => replica.Sequence, "{change}", "Last change applied; -1 before the first whole snapshot");
        meter.CreateObservableGauge("dashboard.live", () => replica.Freshness.Kind == FreshnessKind.Live ? 1 : 0, "{bool}", "1 while the data is live");
        // No value before the first reply, because there is no data whose age could be given.
        meter.CreateObservableGauge<double>(
            "dashboard.data.age", () => replica.Freshness.AsOf is { } asOf ? [new((time.GetUtcNow() - asOf).TotalSeconds)] : [], "s", "Age of what pages show: time since the last answer of the control plane that reached this process");
        meter.CreateObservableGauge("dashboard.listeners", () => signals.SubscriberCount, "{listener}", "Parts of pages that follow live changes");
        meter.CreateObservableGauge("dashboard.viewers", () => tabs.Taken, "{tab}", "Open tabs");
        meter.CreateObservableGauge("dashboard.viewers.disconnected", () => disconnected.Count, "{tab}", "Tabs whose connection is lost and that are kept for it to come back");
        meter.CreateObservableGauge("dashboard.exports.waiting", () => exports.Waiting, "{export}", "Exports that wait for their turn (Limits:Exports)");
        meter.CreateObservableGauge("dashboard.problems", () => _problems.Of(problems.Open, problems.IsKnown), "{problem}", "Open problems, acknowledged ones included");
        meter.CreateObservableCounter("dashboard.commands", () => Commands.Select(c => new Measurement<long>(operations.Ended(c.Kind, c.Result), c.Tags)), "{command}", "Commands of operators, by what came of them");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
