using System.Text.RegularExpressions;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// The path under which users open the dashboard, such as <c>/fleet</c> (setting <c>Dashboard:PathBase</c>); a trusted proxy may send another one in
/// <c>X-Forwarded-Prefix</c>. Works with proxies that strip the path and with those that keep it. All addresses work without it too, so that probes, other dashboards
/// and the process itself need not know it.
/// </summary>
internal static partial class PathBase
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "Dashboard:PathBase";

    /// <summary>The setting without a trailing slash; empty for the root.</summary>
    /// <exception cref="InvalidOperationException">It is not a path.</exception>
    internal static PathString Read(IConfiguration configuration)
    {
        var path = (configuration[Key] ?? "").Trim().TrimEnd('/');
        return path.Length == 0 || Plain().IsMatch(path) ? new PathString(path)
            : throw new InvalidOperationException($"Setting '{Key}' is '{path}'; it takes a path such as /fleet, of letters, digits, '-', '_', '.' and '~'.");
    }

    /// <summary>Strips the path from requests and uses it for links, cookies and redirects. Call after the forwarded headers, before routing.</summary>
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
            // Links of a page are relative to its folder, which needs a trailing slash.
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
