using ExecutionDashboard.Components.Shared.Files;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>Supports HEAD for every GET (RFC 9110, 9.3.2): routes see a GET, and the server sends no body.</summary>
internal static class HeadRequests
{
    /// <summary>Presents HEAD as GET to routing.</summary>
    public static void UseHeadRequests(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
                HeadersOnly.Note(context);
            }
            return next(context);
        });
        app.UseRouting();
    }
}
