using System.Globalization;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Signs in at an OpenID provider: the authorization code flow with PKCE, claims of the id token and of user info.</summary>
internal static partial class OidcSignIn
{
    /// <summary>Name of the provider's scheme; the ticket's is <see cref="AuthMode.Oidc"/>.</summary>
    public const string Scheme = "OidcProvider";

    private const string OfflineAccess = "offline_access";
    private const string NameType = "preferred_username";

    /// <summary>Adds the provider.</summary>
    public static void AddProvider(AuthenticationBuilder authentication, AuthOptions options) => authentication.AddOpenIdConnect(Scheme, oidc =>
    {
        oidc.Authority = options.Authority;
        // Only an address of this machine comes so far with http.
        oidc.RequireHttpsMetadata = options.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        oidc.BackchannelHttpHandler = new ConnectionFaults(new HttpClientHandler());
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret.Length > 0 ? options.ClientSecret : null;
        oidc.SignInScheme = nameof(AuthMode.Oidc);
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // A form that the provider's page posts here would be another site's doing; a redirect is a link that is followed.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie]) (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = true;
        oidc.TokenValidationParameters.NameClaimType = options.NameClaim;
        oidc.TokenValidationParameters.RoleClaimType = options.RolesClaim;
        foreach (var claim in new HashSet<string>([options.NameClaim, options.RolesClaim, NameType, "email"], StringComparer.Ordinal)) oidc.ClaimActions.MapJsonKey(claim, claim);
        oidc.Scope.Clear();
        foreach (var scope in ScopesOf(options)) oidc.Scope.Add(scope);
        // Without being asked to consent, the provider gives no refresh token, and does not say so.
        if (oidc.Scope.Contains(OfflineAccess)) oidc.Prompt = "consent";
        // It would end a sign-in for whoever loads the address in a frame.
        oidc.RemoteSignOutPath = default;
        oidc.SignedOutRedirectUri = SignInEndpoints.SignedOutPath;
        oidc.Events.OnTicketReceived = TicketReceived;
        oidc.Events.OnRemoteFailure = RemoteFailure;
    });

    private static HashSet<string> ScopesOf(AuthOptions options) => new(options.Scopes.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal) { "openid" };

    // The ticket ends when the provider's tokens do, unless they can be renewed; the framework's lasts 14 days whatever they say.
    private static Task TicketReceived(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var properties = context.Properties!;
        var (options, now) = (services.GetRequiredService<AuthOptions>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var refresh = properties.GetTokenValue(OpenIdConnectParameterNames.RefreshToken) ?? "";
        var tokensEnd = DateTimeOffset.TryParse(properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : now + options.SessionLifetime;
        var end = now + options.SessionLifetime;
        services.GetRequiredService<RequestAudit>().SignedIn(context.HttpContext, context.Principal!, AuthMode.Oidc);
        Tickets.Start(services, context.Principal!, properties, refresh.Length == 0 && tokensEnd < end ? tokensEnd : end, tokensEnd, refresh, properties.GetTokenValue(OpenIdConnectParameterNames.IdToken) ?? "");
        return Task.CompletedTask;
    }

    private static Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var logger = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OidcSignIn));
        LogFailed(logger, RefusedRequests.Quote(context.Failure?.Message));
        var wasUsed = context.Failure?.Message.Contains("Correlation failed", StringComparison.Ordinal) == true || context.Failure?.Message.Contains("Unable to unprotect the message.State", StringComparison.Ordinal) == true;
        var refusal = context.Request.Query["error"].ToString();
        context.HttpContext.RequestServices.GetRequiredService<RequestAudit>().Refused(context.HttpContext, AuditActions.SignIn, new(AuditTarget.SignIn, "oidc"), wasUsed
            ? "The sign-in's address was used before, belongs to another browser, or is too old." : refusal.Length > 0 ? $"The identity provider refused it: {RefusedRequests.Quote(refusal)}." : "The identity provider's answer could not be used.");
        return SignInPages.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden, wasUsed
            ? new("This sign-in cannot be completed", "Its address was used before, belongs to another browser, or is too old. Nobody was signed in.", "Sign in again", SignInEndpoints.StartPath, IsProblem: true)
            : refusal.Length > 0
            ? new("The identity provider refused the sign-in", refusal == "access_denied" ? "It reports that access was denied." : $"It reports the error {RefusedRequests.Quote(refusal)}.", "Try again", SignInEndpoints.StartPath, IsProblem: true)
            : new("The sign-in failed", "The identity provider's answer could not be used. The dashboard's log has the reason.", "Try again", SignInEndpoints.StartPath, IsProblem: true));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
