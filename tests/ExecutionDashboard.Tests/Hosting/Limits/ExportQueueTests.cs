using ExecutionDashboard.Hosting.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Hosting.Limits;

public sealed class ExportQueueTests
{
    [Fact]
    public async Task Invoke_MoreThanRunAndWait_IsRefusedWithALineAndTheOthersComeToTheirTurn()
    {
        using var turns = new ExportQueue(Options.Create(new LimitsOptions { Exports = 1 }));
        var (running, end) = (0, new TaskCompletionSource());
        async ValueTask<object?> Export(EndpointFilterInvocationContext _)
        {
            Interlocked.Increment(ref running);
            await end.Task;
            return null;
        }

        var allowed = Enumerable.Range(0, 3).Select(_ => turns.InvokeAsync(Request(), Export).AsTask()).ToArray();
        var refused = Request();
        await turns.InvokeAsync(refused, Export);

        Assert.Equal(1, running);
        Assert.Equal(StatusCodes.Status429TooManyRequests, refused.HttpContext.Response.StatusCode);
        refused.HttpContext.Response.Body.Position = 0;
        Assert.Contains("Limits:Exports", await new StreamReader(refused.HttpContext.Response.Body).ReadToEndAsync(), StringComparison.Ordinal);
        end.SetResult();
        await Task.WhenAll(allowed);
        Assert.Equal(3, running);
    }

    private static EndpointFilterInvocationContext Request() =>
        EndpointFilterInvocationContext.Create(new DefaultHttpContext { Response = { Body = new MemoryStream() } });
}
