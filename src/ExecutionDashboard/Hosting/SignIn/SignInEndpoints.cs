using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>The addresses of signing in and out.</summary>
internal static partial class SignInEndpoints
{
    /// <summary>The page that asks to sign in.</summary>
    public const string PagePath = "/signin";

    /// <summary>Leads to the provider.</summary>
    public const string StartPath = "/signin/start";

    /// <summary>Takes the one-time link.</summary>
    public const string LinkPath = "/signin/link";

    /// <summary>Asked again and again by an open tab, through the proxy that signs people in.</summary>
    public const string CheckPath = "/signin/check";

    /// <summary>Ends a sign-in; a form posts to it.</summary>
    public const string OutPath = "/signout";

    /// <summary>Where a browser is after that.</summary>
    public const string SignedOutPath = "/signed-out";

    /// <summary>Why a session ended that a person signed out of.</summary>
    internal const string SignedOutByPerson = "You signed out.";

    /// <summary>Maps them for the mode. Anybody may ask for them.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder app, AuthOptions options)
    {
        var open = app.MapGroup("").AllowAnonymous();
        open.MapGet(PagePath, (HttpContext context, RoleBindings bindings, string? returnUrl) => bindings.Of(context.User).Highest > AccessRole.None
            ? RedirectAsync(context, Local(context, returnUrl))
            : SignInPages.WriteAsync(context, StatusCodes.Status200OK, options.Is(nameof(AuthMode.Local))
                ? new("Sign in", "Open the latest sign-in link in the log of the dashboard. A link works once; the dashboard then prints a new one.")
                : new("Sign in", "Your organisation's identity provider says who you are.", "Sign in", Start(Local(context, returnUrl)))));
        open.MapGet(SignedOutPath, (HttpContext context) => SignInPages.WriteAsync(context, StatusCodes.Status200OK, new("Signed out", "This browser is no longer signed in here.", "Sign in again", PagePath)));
        open.MapPost(OutPath, SignOutAsync);
        app.MapGet(CheckPath, () => Results.NoContent());
        if (options.Is(nameof(AuthMode.Oidc))) open.MapGet(StartPath, StartAsync);
        if (options.Is(nameof(AuthMode.Local))) open.MapGet(LinkPath, (HttpContext context, OneTimeLink link, string? token) => link.SignInAsync(context, token ?? ""));
    }

    /// <summary>An address of this dashboard to go to after a sign-in; the overview, where another site's was given.</summary>
    internal static string Local(HttpContext context, string? address)
    {
        var home = context.Request.PathBase + "/";
        // "//host" and "/\host" are other sites for a browser, and controls are left out by it.
        return address is ['/', ..] && !(address.Length > 1 && address[1] is '/' or '\\') && !address.Any(char.IsControl) ? address : home;
    }

    private static string Start(string returnUrl) => $"{StartPath}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    private static Task RedirectAsync(HttpContext context, string address)
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    }

    private static async Task StartAsync(HttpContext context, ILoggerFactory logs, string? returnUrl)
    {
        try
        {
            await context.ChallengeAsync(OidcSignIn.Scheme, new AuthenticationProperties { RedirectUri = Local(context, returnUrl) });
        }
        catch (Exception problem) when (problem is InvalidOperationException or HttpRequestException or AuthenticationFailureException or IOException or Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectProtocolException)
        {
            // It cannot be reached, or does not take this dashboard's request: its redirect address has another scheme or host than the provider was told.
            LogNotStarted(logs.CreateLogger(typeof(SignInEndpoints)), problem.GetBaseException().Message);
            await SignInPages.WriteAsync(context, StatusCodes.Status502BadGateway, new(
                "The identity provider did not take the sign-in", "It cannot be reached, or it does not know this address of the dashboard. The dashboard's log has the reason.", "Try again", Start(Local(context, returnUrl)),
                "For whoever runs the dashboard: Auth:Authority must be reachable from it; behind a proxy with TLS, Dashboard:TrustedProxies must name the proxy.", IsProblem: true));
        }
    }

    private static async Task SignOutAsync(HttpContext context, AuthOptions options, Sessions sessions, RequestAudit audit, IOptionsMonitor<OpenIdConnectOptions> providers)
    {
        var goTo = context.Request.PathBase + SignedOutPath;
        if (context.User.FindFirst(Session.IdClaim)?.Value is { } id)
        {
            audit.SignedOut(context);
            sessions.End(id, SignedOutByPerson);
            if (options.Is(nameof(AuthMode.Oidc)) && await HasEndSessionAsync(providers.Get(OidcSignIn.Scheme), context.RequestAborted))
            {
                await context.SignOutAsync(OidcSignIn.Scheme, new AuthenticationProperties { RedirectUri = context.Request.PathBase + SignedOutPath });
                goTo = context.Response.Headers.Location.ToString();
                context.Response.Headers.Location = default;
            }
            await context.SignOutAsync(options.Is(nameof(AuthMode.Oidc)) ? nameof(AuthMode.Oidc) : nameof(AuthMode.Local));
        }
        // A page, not a redirect: browsers hold redirects of a form to the addresses that a form may be sent to.
        await SignInPages.WriteAsync(context, StatusCodes.Status200OK, new("Signing out", "Signed out here. The identity provider is asked to end its session, too.", GoTo: goTo));
    }

    private static async Task<bool> HasEndSessionAsync(OpenIdConnectOptions provider, CancellationToken cancel)
    {
        try
        {
            return !string.IsNullOrEmpty((await provider.ConfigurationManager!.GetConfigurationAsync(cancel)).EndSessionEndpoint);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in could not be started: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, string reason);
}
