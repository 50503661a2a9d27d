using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Components.Layout;

/// <summary>
/// The style sheets of single pages as one, so that a first page waits for one of them instead of ten: browsers ask for six files at a time. They are apart in the web root, where each is about one thing.
/// </summary>
public sealed class PageSheet(IWebHostEnvironment host)
{
    private static readonly string[] Parts = ["attention", "bulk", "changes", "details", "groups", "moment", "nodes", "palette", "timeline", "times"];

    private readonly Lazy<Sheet> _sheet = new(() => Read(host));

    /// <summary>Address of the style sheet. It changes with its content, so that browsers can cache it.</summary>
    public string Address => $"pages.css?v={_sheet.Value.Version}";

    /// <summary>Maps the style sheet.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder app) => app.MapGet("/pages.css", (PageSheet sheet, HttpResponse response) =>
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(sheet._sheet.Value.Css, "text/css", Encoding.UTF8);
    });

    private static Sheet Read(IWebHostEnvironment host)
    {
        var css = new StringBuilder();
        foreach (var part in Parts)
        {
            using var file = new StreamReader(host.WebRootFileProvider.GetFileInfo(part + ".css").CreateReadStream());
            css.Append(file.ReadToEnd()).Append('\n');
        }
        var text = css.ToString();
        return new(text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10]);
    }

    private sealed record Sheet(string Css, string Version);
}
