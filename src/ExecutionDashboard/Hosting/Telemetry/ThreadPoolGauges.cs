using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>Threads and queued work of the thread pool, meter <c>ExecutionDashboard.Process</c>. The runtime exports them as counters, which must not decrease.</summary>
internal sealed class ThreadPoolGauges : IHostedService
{
    public ThreadPoolGauges(IMeterFactory meters)
    {
        var meter = meters.Create("ExecutionDashboard.Process");
        meter.CreateObservableGauge("thread_pool.threads", () => ThreadPool.ThreadCount, "{thread}", "Threads of the thread pool");
        meter.CreateObservableGauge("thread_pool.queue.length", () => ThreadPool.PendingWorkItemCount, "{work_item}", "Work that waits for a thread");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
