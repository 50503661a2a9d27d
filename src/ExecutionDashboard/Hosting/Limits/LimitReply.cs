using System.Globalization;
using System.Net;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Tells a client that it reached a limit: a page for browsers, a line of text for programs.</summary>
internal static class LimitReply
{
    /// <summary>Default waiting time before a retry.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    /// <summary>Writes the reply and counts it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">429 when the client sent too much, 503 when there is no room.</param>
    /// <param name="met">The limit.</param>
    /// <param name="retryAfter">When to retry; null for the default.</param>
    public static Task WriteAsync(HttpContext context, int status, LimitExceeded met, TimeSpan? retryAfter = null)
    {
        LimitMetric.Met(met.Name);
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((retryAfter ?? Wait).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        if (!context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
        {
            response.ContentType = "text/plain; charset=utf-8";
            return response.WriteAsync($"{met.Message} {met.Advice} (Setting: {met.Setting})\n");
        }
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Page(met));
    }

    // Self-contained: a style sheet would be another request of a client that sent too many.
    private static string Page(LimitExceeded met) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{{Html(met.Title)}} · Execution Dashboard</title>
          <style>
            :root { color-scheme: light dark; }
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
            main { max-width: 34rem; padding: 1.5rem; }
            h1 { font-size: 1.35rem; margin: 0 0 .5rem; }
            p { margin: .5rem 0; }
            small { opacity: .75; }
            a { display: inline-block; margin: .75rem 0; padding: .4rem 1rem; border: 1px solid; border-radius: .4rem; color: inherit; text-decoration: none; }
          </style>
        </head>
        <body>
          <main>
            <h1>{{Html(met.Title)}}</h1>
            <p id="limit">{{Html(met.Message)}}</p>
            <p>{{Html(met.Advice)}}</p>
            <a href="">Reload</a>
            <p><small>For operators: the setting is <code>{{Html(met.Setting)}}</code>.</small></p>
          </main>
        </body>
        </html>

        """;

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
