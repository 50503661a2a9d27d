using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// Compresses pages and exports, over TLS too. Responses contain nothing that can be guessed from their length (BREACH): secrets are masked, the tokens in a page are
/// encrypted differently each time, and pages of other sites cannot send requests (<see cref="RequestGuards"/>).
/// </summary>
internal static class Compression
{
    // Not between parts of this program, where it costs more time than it saves; circuits have their own compression.
    private static readonly PathString[] Plain = ["/simulator", "/feed", "/hubs", "/_blazor"];

    /// <summary>Registers Brotli and gzip, in that order, at a speed for streams.</summary>
    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        return services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv"];
        });
    }

    /// <summary>Compresses the output of later middleware.</summary>
    public static void UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(context => !Plain.Any(path => context.Request.Path.StartsWithSegments(path)), branch => branch.UseResponseCompression());
}
