using System.Security.Claims;
using ExecutionDashboard.Operations.Access;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// Which values of a claim have which role: settings <c>Auth:Roles:Viewer</c>, <c>:Operator</c> and <c>:Admin</c>, each a list separated by commas, or an array. <c>*</c> is everyone who signs in.
/// </summary>
internal sealed class RoleBindings
{
    /// <summary>Start of the settings' names.</summary>
    private const string Section = "Auth:Roles";

    private const string Everyone = "*";

    private readonly List<(AccessRole Role, HashSet<string> Values)> _bindings;
    private readonly string _claim;

    private RoleBindings(List<(AccessRole, HashSet<string>)> bindings, string claim) => (_bindings, _claim) = (bindings, claim);

    /// <summary>Names of the settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [$"{Section}:{AccessRole.Viewer}", $"{Section}:{AccessRole.Operator}", $"{Section}:{AccessRole.Admin}"];

    /// <summary>Whether anybody has a role.</summary>
    public bool HasAny => _bindings.Exists(binding => binding.Values.Count > 0);

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="claim">The claim whose values count.</param>
    /// <exception cref="OptionsValidationException">A value asks for a scope, which nothing enforces.</exception>
    public static RoleBindings Read(IConfiguration configuration, string claim)
    {
        var bindings = new List<(AccessRole, HashSet<string>)>();
        foreach (var (key, role) in Keys.Zip([AccessRole.Viewer, AccessRole.Operator, AccessRole.Admin]))
        {
            // An element of an array is taken whole: names of groups may have commas and spaces.
            string[] values =
            [
                .. (configuration[key] ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                .. configuration.GetSection(key).GetChildren().Select(child => child.Value?.Trim() ?? "").Where(value => value.Length > 0),
            ];
            if (values.FirstOrDefault(IsScoped) is { } scoped)
                throw new OptionsValidationException(key, typeof(AuthOptions), [$"{key} has '{scoped}': a role cannot be limited to namespaces or labels. Bind it to a name alone."]);
            bindings.Add((role, new(values, StringComparer.Ordinal)));
        }
        bindings.Reverse();
        return new(bindings, claim);
    }

    /// <summary>The highest role that a signed-in person has.</summary>
    public AccessRole Of(ClaimsPrincipal person)
    {
        if (person.Identity is not { IsAuthenticated: true } identity) return AccessRole.None;
        // Whoever has the link can read the program's log, and so owns it.
        if (identity.AuthenticationType == nameof(AuthMode.Local)) return AccessRole.Admin;
        var values = ValuesOf(person);
        return _bindings.FirstOrDefault(binding => binding.Values.Contains(Everyone) || binding.Values.Overlaps(values)).Role;
    }

    /// <summary>The values of the claim that a person came with.</summary>
    public IReadOnlyList<string> ValuesOf(ClaimsPrincipal person) => [.. person.FindAll(_claim).Select(claim => claim.Value).Distinct(StringComparer.Ordinal)];

    private static bool IsScoped(string value) => value.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 && value.IndexOf('=', colon) > 0;
}
