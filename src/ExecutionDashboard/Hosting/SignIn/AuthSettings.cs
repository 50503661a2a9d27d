using ExecutionDashboard.Hosting.Requests;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Reads the settings of the sign-in, and refuses a start that would leave the dashboard open to a network by mistake.</summary>
internal static class AuthSettings
{
    /// <summary>The settings, checked.</summary>
    /// <param name="configuration">The settings of the program.</param>
    /// <param name="roles">What this process hosts: people sign in at a dashboard alone.</param>
    /// <exception cref="OptionsValidationException">They make no sense; a line for each problem names the setting.</exception>
    public static AuthOptions Read(IConfiguration configuration, Roles roles)
    {
        var options = new AuthOptions();
        configuration.GetSection(AuthOptions.Section).Bind(options);
        var problems = new List<string>();
        if (new AuthOptionsCheck().Validate(null, options) is { Failed: true } failed) problems.AddRange(failed.Failures);
        var bindings = RoleBindings.Read(configuration, options.RolesClaim);
        var isProxy = options.Is(nameof(AuthMode.Proxy));
        if ((options.Is(nameof(AuthMode.Oidc)) || isProxy) && !bindings.HasAny)
            problems.Add($"{string.Join(", ", RoleBindings.Keys)} are missing: nobody who signs in would have a role. Give each the {(isProxy ? $"values of the header {options.ProxyRolesHeader}" : $"values of the claim '{options.RolesClaim}'")} that have it; '*' is everyone who signs in.");
        if (isProxy && TrustedProxies.Read(configuration).Count == 0)
            problems.Add($"{TrustedProxies.Key} is missing: Auth:Mode is Proxy, and only a trusted proxy may name a person.");
        if (!roles.HasFlag(Roles.Dashboard)) return problems.Count == 0 ? options : throw new OptionsValidationException(AuthOptions.Section, typeof(AuthOptions), problems);
        if (options.Mode.Length == 0 && ListenAddress.BeyondThisMachine(configuration) is { } address)
            problems.Add($"It would listen beyond this machine ({address}) and ask nobody to sign in. Set Auth:Mode to Oidc, Proxy or Local; or to None, if everyone who reaches it may stop the fleet.");
        return problems.Count == 0 ? options : throw new OptionsValidationException(AuthOptions.Section, typeof(AuthOptions), problems);
    }
}
