using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// Compresses pages and exports as they are written. Over TLS too: what an attacker could guess by lengths (BREACH) is not in them. Secrets are masked before, the tokens in a
/// page are encrypted anew each time, and a page of another site cannot make a browser ask (<see cref="RequestGuards"/>).
/// </summary>
internal static class Compression
{
    // Between parts of this program, where it costs more time than it saves; circuits compress by themselves.
    private static readonly PathString[] Plain = ["/simulator", "/feed", "/hubs", "/_blazor"];

    /// <summary>Registers Brotli and gzip, in that order, at the speed of a stream.</summary>
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

    /// <summary>Compresses what comes of later parts of the pipeline.</summary>
    public static void UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(context => !Plain.Any(path => context.Request.Path.StartsWithSegments(path)), branch => branch.UseResponseCompression());
}
