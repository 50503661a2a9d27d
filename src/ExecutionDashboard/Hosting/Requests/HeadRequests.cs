using ExecutionDashboard.Components.Shared.Files;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>HEAD for whatever can be got (RFC 9110, 9.3.2): the routes see a GET, and the server sends no body.</summary>
internal static class HeadRequests
{
    /// <summary>Lets routes see a GET, and chooses them after that.</summary>
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
