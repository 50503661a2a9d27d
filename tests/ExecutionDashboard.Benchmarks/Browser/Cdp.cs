using Microsoft.Playwright;

namespace ExecutionDashboard.Benchmarks.Browser;

/// <summary>What the browser's own instruments say of a page.</summary>
internal sealed class Cdp(ICDPSession session) : IAsyncDisposable
{
    /// <summary>Bytes that scripts hold, after a collection.</summary>
    public async Task<double> HeapAsync()
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        return await MetricAsync("JSHeapUsedSize");
    }

    /// <summary>Time that the page's main thread has worked, seconds.</summary>
    public Task<double> TaskSecondsAsync() => MetricAsync("TaskDuration");

    private async Task<double> MetricAsync(string name)
    {
        await session.SendAsync("Performance.enable");
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().Single(m => m.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
    }

    public async ValueTask DisposeAsync() => await session.DetachAsync();
}
