using System.Security.Cryptography;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Net.Http.Headers;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Registers and applies the sign-in. Where a mode is on, every address is closed to who has no role, unless it says that anybody may ask.</summary>
internal static class SignInHosting
{
    private const string SimulatorPath = "/simulator";
    private const string TokenKey = "ControlPlane:Token";

    /// <summary>Registers what the mode needs.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="options">The settings, checked.</param>
    /// <param name="roles">What this process hosts.</param>
    public static void AddSignIn(this WebApplicationBuilder builder, AuthOptions options, Roles roles)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        var isProxy = options.Is(nameof(AuthMode.Proxy));
        services.AddSingleton(new AccessSettings { BulkLimit = options.BulkLimit, TellsPeopleApart = isProxy || options.Is(nameof(AuthMode.Oidc)), OffersSignOut = !isProxy, AsksProxyEvery = isProxy ? options.CheckInterval : null });
        if (!options.IsOn) return;

        // The simulator takes commands from anybody who reaches it: here from this process alone, or who knows the token.
        if (roles.HasFlag(Roles.Simulator) && string.IsNullOrEmpty(builder.Configuration[TokenKey])) builder.Configuration[TokenKey] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        var bindings = RoleBindings.Read(builder.Configuration, options.RolesClaim);
        services.AddSingleton(bindings);
        services.AddSingleton<Sessions>();
        services.AddSingleton<IKnownPeople>(provider => provider.GetRequiredService<Sessions>());
        services.AddScoped<CircuitUser>();
        services.AddScoped<AuthenticationStateProvider>(provider => provider.GetRequiredService<CircuitUser>());
        services.AddScoped<ICurrentUser>(provider => provider.GetRequiredService<CircuitUser>());
        var mode = Enum.Parse<AuthMode>(options.Mode, ignoreCase: true);
        var authentication = services.AddAuthentication(mode.ToString());
        if (mode == AuthMode.Proxy) authentication.AddScheme<AuthenticationSchemeOptions, ProxySignIn>(mode.ToString(), null);
        else
        {
            Tickets.AddCookie(authentication, mode, options);
            services.AddHostedService<SharedSignIns>();
        }
        if (mode == AuthMode.Oidc)
        {
            OidcSignIn.AddProvider(authentication, options);
            services.AddSingleton<ITokenRenewal, OidcRenewal>();
            services.AddSingleton<RenewalTurns>();
        }
        if (mode == AuthMode.Local) services.AddSingleton<OneTimeLink>();
        services.TryAddSingleton<ITokenRenewal, NoRenewal>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder(mode.ToString()).RequireAuthenticatedUser().RequireAssertion(ask => bindings.Of(ask.User).Highest > AccessRole.None).Build());
        // Who is refused reads why; the log would have a line for each of their requests.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authorization", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Error);
    }

    /// <summary>Closes the doors. After routing, which chooses what is asked for.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<AuthOptions>();
        if (!options.IsOn) return;
        if (app.Configuration[TokenKey] is { Length: > 0 } token) app.Use((context, next) => !context.Request.Path.StartsWithSegments(SimulatorPath) || HasToken(context, token)
            ? next(context)
            : SignInPages.WriteAsync(context, StatusCodes.Status401Unauthorized, new("Not open", $"The simulator answers to its dashboard, and to who sends {TokenKey} as a bearer token.")));
        app.UseAuthentication();
        app.UseAuthorization();
        // Pages are told by the framework who asks; an export has to be told here. Without this it gets nothing.
        app.Use((context, next) =>
        {
            if (context.User.Identity is { IsAuthenticated: true } && !context.WebSockets.IsWebSocketRequest && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)
                context.RequestServices.GetRequiredService<CircuitUser>().SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
            return next(context);
        });
        app.UseLeastRole();
        if (app.Services.GetService<OneTimeLink>() is { } link) app.Lifetime.ApplicationStarted.Register(link.Print);
    }

    private static bool HasToken(HttpContext context, string token) => CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.UTF8.GetBytes(context.Request.Headers[HeaderNames.Authorization].ToString()), System.Text.Encoding.UTF8.GetBytes($"Bearer {token}"));
}
