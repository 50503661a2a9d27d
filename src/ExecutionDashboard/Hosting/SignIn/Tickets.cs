using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// The cookie that holds a sign-in, encrypted with the keys beside the change log: who it is, the id of the session, and the provider's refresh and id token, so that a restart ends no
/// sign-in. Access tokens are left out: nothing needs them afterwards, and proxies refuse long cookies.
/// </summary>
internal static class Tickets
{
    private const string TokensEndAt = "tokens_end_at", TokensNumber = "tokens_number", Ended = "ended", Withdrawn = "withdrawn";
    private const string RefreshToken = OpenIdConnectParameterNames.RefreshToken;

    /// <summary>Adds the cookie's scheme.</summary>
    public static void AddCookie(AuthenticationBuilder authentication, AuthMode mode, AuthOptions options) => authentication.AddCookie(mode.ToString(), cookie =>
    {
        cookie.Cookie.Name = "dashboard-sign-in";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.SessionLifetime;
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnRedirectToLogin = context => SignInPages.AskToSignInAsync(context.HttpContext);
        cookie.Events.OnRedirectToAccessDenied = context => SignInPages.WriteNoRoleAsync(context.HttpContext);
    });

    /// <summary>Begins a session, and puts into the ticket what is needed to go on with it after a restart.</summary>
    public static void Start(
        IServiceProvider services, ClaimsPrincipal person, AuthenticationProperties properties, DateTimeOffset endsAt, DateTimeOffset tokensEndAt, string refreshToken, string idToken)
    {
        var id = Session.NewId();
        ((ClaimsIdentity)person.Identity!).AddClaim(new Claim(Session.IdClaim, id));
        properties.ExpiresUtc = endsAt;
        properties.IsPersistent = false;
        properties.AllowRefresh = false;
        Keep(properties, refreshToken, idToken, tokensEndAt, tokensNumber: 0);
        services.GetRequiredService<Sessions>().Begin(Of(id, person, properties, endsAt));
    }

    /// <summary>A session as a ticket, for other dashboards and later runs.</summary>
    public static AuthenticationTicket Of(Session session)
    {
        var properties = new AuthenticationProperties { ExpiresUtc = session.EndsAt };
        Keep(properties, session.RefreshToken, "", session.TokensEndAt, session.TokensNumber);
        if (session.Ended.Length > 0) properties.SetString(Ended, session.Ended);
        if (session.IsWithdrawn) properties.SetString(Withdrawn, bool.TrueString);
        return new(session.Person, properties, session.Person.Identity?.AuthenticationType ?? "");
    }

    /// <summary>The session of such a ticket; null where it is none.</summary>
    public static Session? SessionOf(AuthenticationTicket ticket)
    {
        if (ticket.Principal.FindFirst(Session.IdClaim)?.Value is not { } id || ticket.Properties.ExpiresUtc is not { } endsAt) return null;
        var session = Of(id, ticket.Principal, ticket.Properties, endsAt);
        (session.Ended, session.IsWithdrawn) = (ticket.Properties.GetString(Ended) ?? "", ticket.Properties.GetString(Withdrawn) is not null);
        return session;
    }

    // A ticket is worth what its session is.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (context.Principal?.FindFirst(Session.IdClaim)?.Value is not { } id || context.Properties.ExpiresUtc is not { } endsAt)
        {
            context.RejectPrincipal();
            return;
        }
        var session = sessions.Of(id, () => Of(id, context.Principal, context.Properties, endsAt));
        await sessions.CheckAsync(session, context.HttpContext.RequestAborted);
        if (sessions.IsOver(session))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }
        context.ReplacePrincipal(session.Person);
        if (session.RefreshToken == (context.Properties.GetTokenValue(RefreshToken) ?? "")) return;
        Keep(context.Properties, session.RefreshToken, context.Properties.GetTokenValue(OpenIdConnectParameterNames.IdToken) ?? "", session.TokensEndAt, session.TokensNumber);
        context.ShouldRenew = true;
    }

    private static Session Of(string id, ClaimsPrincipal person, AuthenticationProperties properties, DateTimeOffset endsAt) => new(id, person, endsAt)
    {
        RefreshToken = properties.GetTokenValue(RefreshToken) ?? "",
        TokensEndAt = DateTimeOffset.TryParse(properties.GetString(TokensEndAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : endsAt,
        TokensNumber = long.TryParse(properties.GetString(TokensNumber), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
    };

    private static void Keep(AuthenticationProperties properties, string refreshToken, string idToken, DateTimeOffset tokensEndAt, long tokensNumber)
    {
        properties.StoreTokens(new[] { (Name: RefreshToken, Value: refreshToken), (Name: OpenIdConnectParameterNames.IdToken, Value: idToken) }
            .Where(token => token.Value.Length > 0).Select(token => new AuthenticationToken { Name = token.Name, Value = token.Value }));
        properties.SetString(TokensEndAt, tokensEndAt.ToString("o", CultureInfo.InvariantCulture));
        properties.SetString(TokensNumber, tokensNumber.ToString(CultureInfo.InvariantCulture));
    }
}
