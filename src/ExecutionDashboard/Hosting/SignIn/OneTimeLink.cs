using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.AspNetCore.Authentication;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// The sign-in of a machine without an identity provider: a link in the log that works once. The next one is printed when it was used, so whoever can read the log can always get in, and
/// an old link in a history or a chat opens nothing.
/// </summary>
internal sealed partial class OneTimeLink(OwnAddress own, AuthOptions options, RequestAudit audit, TimeProvider time, ILogger<OneTimeLink> log)
{
    private readonly Lock _gate = new();
    private string _token = NewToken();

    /// <summary>Prints the link that works now.</summary>
    public void Print()
    {
        string token;
        lock (_gate) token = _token;
        LogLink(log, new Uri(own.BaseAddress ?? new Uri(ListenAddress.Url), $"{SignInEndpoints.LinkPath.TrimStart('/')}?token={token}").ToString());
    }

    /// <summary>Signs the browser in that brings the token.</summary>
    public async Task SignInAsync(HttpContext context, string token)
    {
        // Who only looks whether an address is there must not use the link up.
        if (HeadersOnly.Asks(context) || !Take(token))
        {
            if (!HeadersOnly.Asks(context)) audit.Refused(context, AuditActions.SignIn, new(AuditTarget.SignIn, "local"), "The link was used before, or was never given.");
            await SignInPages.WriteAsync(context, StatusCodes.Status403Forbidden, new("This link does not work", "It was used already, or the dashboard was restarted since. Its log has the current link.", IsProblem: true));
            return;
        }
        Print();
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(options.NameClaim, "local admin")], nameof(AuthMode.Local), options.NameClaim, options.RolesClaim));
        var properties = new AuthenticationProperties();
        var end = time.GetUtcNow() + options.SessionLifetime;
        Tickets.Start(context.RequestServices, person, properties, end, end, "", "");
        audit.SignedIn(context, person, AuthMode.Local);
        await context.SignInAsync(nameof(AuthMode.Local), person, properties);
        context.Response.Redirect(context.Request.PathBase + "/");
    }

    private bool Take(string token)
    {
        lock (_gate)
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(_token))) return false;
            _token = NewToken();
            return true;
        }
    }

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    [LoggerMessage(Level = LogLevel.Information, Message = "Sign in with this link, which works once: {Link}")]
    private static partial void LogLink(ILogger logger, string link);
}
