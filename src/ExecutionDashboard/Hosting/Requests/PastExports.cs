using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>Exports of a moment of the past: they begin when it is loaded, before anything of the fleet is asked for.</summary>
internal static class PastExports
{
    /// <summary>Reads the moment of an export's address. One that cannot be read or shown is a 400 or 503 that says why: an export of now would be taken for it.</summary>
    public static void UsePastExports(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/export", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }
        var moment = context.RequestServices.GetRequiredService<ViewedMoment>();
        moment.Read(context.Request.Query[MomentAddress.Key].ToString());
        if (moment.Unread.Length > 0)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, $"{MomentAddress.Key} is '{moment.Unread}': it must be a time such as 2026-11-01T12:00:00Z, or a length of time such as -2h.");
            return;
        }
        if (moment.At is not null && context.RequestServices.GetRequiredService<VisibleFleet>().Past is { } past)
        {
            await past.Ready.WaitAsync(context.RequestAborted);
            if (past.Now.Problem.Length > 0)
            {
                await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, past.Now.Problem);
                return;
            }
        }
        await next(context);
    });

    private static Task AnswerAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { message }, context.RequestAborted);
    }
}
