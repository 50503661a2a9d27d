using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Pages.Timeline;
using ExecutionDashboard.Components.Shared;

namespace ExecutionDashboard.Hosting;

/// <summary>A bare visit of a page goes on to the view that the browser kept of it, before anything is drawn: see <see cref="LastView"/>.</summary>
public static class KeptViews
{
    private static readonly (string Path, Func<string, string> Read)[] _pages =
    [
        (ExecutionListUrl.Path, view => ExecutionListUrl.Parse(view).ToString()),
        (NodeListUrl.Path, view => NodeListUrl.Parse(view).ToString()),
        (TimelineUrl.Path, view => TimelineUrl.Parse(view).ToString()),
    ];

    /// <summary>Sends bare visits on.</summary>
    public static IApplicationBuilder UseKeptViews(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (ViewFor(context.Request) is not { } view) return next(context);
        context.Response.Redirect("/" + view);
        return Task.CompletedTask;
    });

    // What the browser kept is read and written anew: only an address of the page itself comes of it.
    private static string? ViewFor(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || request.QueryString.HasValue) return null;
        foreach (var (path, read) in _pages)
            if (request.Path.Value is { Length: > 1 } asked && asked.AsSpan(1).SequenceEqual(path))
                return request.Cookies[LastView.CookieOf(path)] is { Length: > 0 } kept ? read("?" + kept) : null;
        return null;
    }
}
