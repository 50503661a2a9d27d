using System.Security.Claims;
using System.Text.Encodings.Web;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// Believes a trusted proxy who a person is (<c>Auth:ProxyHeader</c>, <c>Auth:ProxyRolesHeader</c>). From everybody else the headers are ignored. An open tab asks through the proxy again
/// and again, and goes read-only when that stops.
/// </summary>
internal sealed class ProxySignIn(IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory loggers, UrlEncoder encoder, AuthOptions options, Sessions sessions, RequestAudit audit, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    // An open tab may be late with two of its questions: browsers slow down the timers of hidden ones.
    private const int Missed = 3;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Two names are two people: a proxy that adds its own to what the client sent.
        if (!TrustedProxies.IsPeerOne(Context) || Request.Headers[options.ProxyHeader] is not [{ Length: > 0 } name] || name.Contains(',', StringComparison.Ordinal)) return Task.FromResult(AuthenticateResult.NoResult());
        var id = $"proxy {name}";
        var roles = options.ProxyRolesHeader.Length == 0 ? [] : Request.Headers[options.ProxyRolesHeader]
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(role => new Claim(options.RolesClaim, role));
        var person = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(options.NameClaim, name), new Claim(Session.IdClaim, id), .. roles], nameof(AuthMode.Proxy), options.NameClaim, options.RolesClaim));
        var endsAt = time.GetUtcNow() + (Missed * options.CheckInterval);
        var isNew = sessions.Find(id) is not { } known || sessions.IsOver(known);
        sessions.Vouch(sessions.Of(id, () => new Session(id, person, endsAt)), person, endsAt);
        // The proxy tells of no sign-in: a person that it has not vouched for in the meantime is one.
        if (isNew) audit.SignedIn(Context, person, AuthMode.Proxy);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(person, Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => SignInPages.WriteAsync(
        Context, StatusCodes.Status401Unauthorized, new("Not signed in", "Open this dashboard through its proxy, which signs you in.",
            Note: $"For whoever runs the dashboard: the request came without the header {options.ProxyHeader}, or not from an address in {TrustedProxies.Key}.", IsProblem: true));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => SignInPages.WriteNoRoleAsync(Context);
}
