using System.Text;
using ExecutionDashboard.ControlPlane;
using Microsoft.AspNetCore.Http;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>A reply that is too long is not read to its end, and the error names the setting.</summary>
public class ReplySizeTests
{
    [Fact]
    public async Task ListNodesAsync_SaysItIsHundredMegabytes_IsNotRead()
    {
        await using var server = await ServerUnderTest.StartAsync(context =>
        {
            context.Response.ContentLength = 100 * 1024 * 1024;
            return SpacesAsync(context, 100 * 1024 * 1024);
        });
        await AssertTooLongAsync(server);
    }

    [Fact]
    public async Task ListNodesAsync_EndlessReply_StopsAtTheLimit()
    {
        await using var server = await ServerUnderTest.StartAsync(context => SpacesAsync(context, long.MaxValue));
        await AssertTooLongAsync(server);
    }

    private static async Task AssertTooLongAsync(ServerUnderTest server)
    {
        var failure = await ServerUnderTest.FailureOf(server.Client(("MaxResponseBytes", "1000000")).ListNodesAsync());
        Assert.Equal(ControlPlaneError.Unexpected, failure.Error);
        Assert.Contains("1000000 bytes (ControlPlane:MaxResponseBytes)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetJobAsync_LongReply_HasALimitOfItsOwn()
    {
        await using var server = await ServerUnderTest.StartAsync(context => SpacesAsync(context, long.MaxValue));

        var failure = await ServerUnderTest.FailureOf(server.Client().GetJobAsync("j1"));

        Assert.Contains("1048576 bytes (ControlPlane:MaxObjectBytes)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListNodesAsync_SmallReplyThatUnpacksToALot_StopsAtTheLimit()
    {
        await using var server = await ServerUnderTest.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[5_000_000], context.RequestAborted);
        });
        var failure = await ServerUnderTest.FailureOf(server.Client(("MaxResponseBytes", "1000000")).ListNodesAsync());
        Assert.Contains("ControlPlane:MaxResponseBytes", failure.Message, StringComparison.Ordinal);
    }

    private static async Task SpacesAsync(HttpContext context, long size)
    {
        var block = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
        for (var sent = 0L; sent < size && !context.RequestAborted.IsCancellationRequested; sent += block.Length)
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
    }
}
