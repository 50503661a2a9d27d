using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ExecutionDashboard.Feed;

/// <summary>Authenticates dashboards: they send the <see cref="FeedKey"/> as a bearer token. All other clients get 401.</summary>
internal sealed class FeedKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, FeedKey key, FeedMetrics metrics)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "FeedKey";

    private const string Refusal = "The feed answers to its dashboards only: send its key (Feed:Key) as a bearer token.";

    /// <summary>The policy of the hub and the REST API.</summary>
    public static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder(SchemeName).RequireAuthenticatedUser().Build();

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var isKnown = AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var sent)
            && string.Equals(sent.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            && sent.Parameter is { Length: > 0 and <= FeedKey.MostLength } token && key.Matches(token);
        return Task.FromResult(isKnown
            ? AuthenticateResult.Success(new AuthenticationTicket(new(new System.Security.Claims.ClaimsIdentity(SchemeName)), SchemeName))
            : AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        metrics.Refused();
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        Response.ContentType = "text/plain; charset=utf-8";
        return Response.WriteAsync(Refusal, Context.RequestAborted);
    }
}
