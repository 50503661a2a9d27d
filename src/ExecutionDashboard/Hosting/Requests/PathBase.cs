using System.Text.RegularExpressions;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// The path below which people open the dashboard, such as <c>/fleet</c> (setting <c>Dashboard:PathBase</c>); a trusted proxy may tell another one by
/// <c>X-Forwarded-Prefix</c>. Proxies that take it off before they pass a request on and those that leave it are served alike. Everything answers without it too,
/// so that probes, the feed's dashboards and the process itself need not know it.
/// </summary>
internal static partial class PathBase
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "Dashboard:PathBase";

    /// <summary>The setting without a slash at its end; empty when people open the dashboard at the root.</summary>
    /// <exception cref="InvalidOperationException">It is no path.</exception>
    internal static PathString Read(IConfiguration configuration)
    {
        var path = (configuration[Key] ?? "").Trim().TrimEnd('/');
        return path.Length == 0 || Plain().IsMatch(path) ? new PathString(path)
            : throw new InvalidOperationException($"Setting '{Key}' is '{path}'; it takes a path such as /fleet, of letters, digits, '-', '_', '.' and '~'.");
    }

    /// <summary>Takes the path off requests that have it and notes it for links, cookies and redirects. After the forwarded headers are read, before routing.</summary>
    public static void UsePathBase(this WebApplication app)
    {
        var set = Read(app.Configuration);
        app.Use((context, next) =>
        {
            var request = context.Request;
            var prefix = request.PathBase.HasValue ? new PathString(request.PathBase.Value!.TrimEnd('/')) : set;
            if (!prefix.HasValue) return next(context);
            request.PathBase = prefix;
            if (!request.Path.StartsWithSegments(prefix, out var rest)) return next(context);
            // Links of the page are relative to a folder, and only a slash makes it one.
            if (!rest.HasValue && HttpMethods.IsGet(request.Method))
            {
                context.Response.Redirect($"{prefix.ToUriComponent()}/{request.QueryString}");
                return Task.CompletedTask;
            }
            request.Path = rest.HasValue ? rest : "/";
            return next(context);
        });
    }

    [GeneratedRegex("^(/[A-Za-z0-9._~-]+)+$")]
    private static partial Regex Plain();
}
