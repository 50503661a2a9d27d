using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// The page of a tab whose moment of the past was given to somebody else, because nobody used it. It has no circuit, so nothing of that moment stays in memory, and goes back by itself when a person
/// comes to it.
/// </summary>
internal static class PutAside
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/" + MomentAddress.PutAsidePath, (HttpContext context, string? returnUrl) => SignInPages.WriteAsync(context, StatusCodes.Status200OK, new(
        "This moment was put aside",
        "Others look at more moments of the past than there is memory for, and nobody did anything in this tab for a while. It shows its moment again as soon as you come back to it.",
        "Show it again", SignInEndpoints.Local(context, returnUrl) == returnUrl ? returnUrl : "/", "For whoever runs the dashboard: Limits:PastExecutions is what all moments may have together.", Script: "js/put-aside.js")));
}
