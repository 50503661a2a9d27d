namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// Checks all requests first: they must be for one of our host names, and must not come from a page of another site. Both protect users whose browser loads a hostile
/// page.
/// </summary>
internal static class RequestGuards
{
    /// <summary>Reads the settings; see <see cref="PublicUrls"/>, <see cref="AllowedHosts"/> and <see cref="TrustedProxies"/>.</summary>
    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public static IServiceCollection AddRequestDoors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new PublicUrls(configuration));
        services.AddSingleton<AllowedHosts>();
        services.AddSingleton<RefusedRequests>();
        // The framework's filter reads the same setting, and would not let the process reach itself.
        services.Configure<Microsoft.AspNetCore.HostFiltering.HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
        return services.AddTrustedProxies(configuration);
    }

    /// <summary>Adds the checks before all other middleware.</summary>
    public static WebApplication UseRequestDoors(this WebApplication app)
    {
        app.NotePeer();
        app.UseForwardedHeaders();
        PathBase.UsePathBase(app);
        var hosts = app.Services.GetRequiredService<AllowedHosts>();
        var publicUrls = app.Services.GetRequiredService<PublicUrls>();
        var refused = app.Services.GetRequiredService<RefusedRequests>();
        app.Use((context, next) =>
        {
            var request = context.Request;
            return !hosts.Contains(request.Host, context.Connection.LocalIpAddress)
                ? refused.AnswerAsync(context, StatusCodes.Status400BadRequest, "host",
                    $"Not an address of this dashboard: {RefusedRequests.Quote(request.Host.Value)}. If it is one, add it to {PublicUrls.Key}, or its host name to {AllowedHosts.Key}.")
                : IsOfAnotherSite(request, publicUrls)
                ? refused.AnswerAsync(context, StatusCodes.Status403Forbidden, "origin",
                    $"Refused: a page of another site asked for this ({RefusedRequests.Quote(request.Headers.Origin.Count > 0 ? request.Headers.Origin : request.Headers["Sec-Fetch-Site"])}). If it is an address of this dashboard, add it to {PublicUrls.Key}.")
                : next(context);
        });
        return app;
    }

    /// <summary>
    /// Whether a browser reports that another site made the request. Following a link from another site is allowed. A request without this information is not from a
    /// browser, or from an old one, which sends <c>Origin</c> with every form, call and socket.
    /// </summary>
    internal static bool IsOfAnotherSite(HttpRequest request, PublicUrls publicUrls)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0)
            return origin.Count > 1 || WebOrigin.Parse(origin[0]) is not { } from || (from != WebOrigin.Parse($"{request.Scheme}://{request.Host}") && !publicUrls.Contains(from));
        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && !IsFollowedLink(request);
    }

    private static bool IsFollowedLink(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers["Sec-Fetch-Mode"].ToString() == "navigate" && request.Headers["Sec-Fetch-Dest"].ToString() == "document";
}
