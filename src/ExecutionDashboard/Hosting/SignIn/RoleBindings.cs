using System.Security.Claims;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Hosting.Planes;
using ExecutionDashboard.Operations.Access;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// Which values of a claim have which role: settings <c>Auth:Roles:Viewer</c>, <c>:Operator</c> and <c>:Admin</c>, each a list separated by commas, or an array. <c>*</c> is everyone who signs in.
/// <c>name: rule</c> gives the role for a part of the fleet (<see cref="ScopeRule"/>); in a list such bindings are separated by semicolons, since rules have commas.
/// </summary>
internal sealed class RoleBindings
{
    /// <summary>Start of the settings' names.</summary>
    private const string Section = "Auth:Roles";

    private const string Everyone = "*";
    private const string Example = "team-a: namespace=prod, tier=edge";

    private readonly IReadOnlyList<Binding> _bindings;
    private readonly string _claim;

    private RoleBindings(IReadOnlyList<Binding> bindings, string claim) => (_bindings, _claim) = (bindings, claim);

    /// <summary>Names of the settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [$"{Section}:{AccessRole.Viewer}", $"{Section}:{AccessRole.Operator}", $"{Section}:{AccessRole.Admin}"];

    /// <summary>Whether anybody has a role.</summary>
    public bool HasAny => _bindings.Count > 0;

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="claim">The claim whose values count.</param>
    /// <exception cref="OptionsValidationException">A part of the fleet is not described by rules.</exception>
    public static RoleBindings Read(IConfiguration configuration, string claim)
    {
        var bindings = new List<Binding>();
        var planes = PlaneSettings.Names(configuration);
        foreach (var (key, role) in Keys.Zip([AccessRole.Viewer, AccessRole.Operator, AccessRole.Admin]))
        {
            // An element of an array is taken whole: names of groups may have commas and spaces.
            string[] values = [.. Split(key, configuration[key] ?? ""), .. configuration.GetSection(key).GetChildren().Select(child => child.Value?.Trim() ?? "").Where(value => value.Length > 0)];
            bindings.AddRange(values.Select(value => Of(key, role, value, planes)));
        }
        if (bindings.Count(binding => binding.Part is not null) > FleetScope.MostRules)
            throw Refusal(Section, $"{Section} has more than {FleetScope.MostRules} roles for parts of the fleet.");
        return new(bindings, claim);
    }

    /// <summary>The roles that a signed-in person has.</summary>
    public AccessGrants Of(ClaimsPrincipal person)
    {
        if (person.Identity is not { IsAuthenticated: true } identity) return Nobody;
        // Whoever has the link can read the program's log, and so owns it.
        if (identity.AuthenticationType == nameof(AuthMode.Local)) return Owner;
        var values = ValuesOf(person).ToHashSet(StringComparer.Ordinal);
        List<Binding> own = [.. _bindings.Where(binding => binding.Value == Everyone || values.Contains(binding.Value))];
        return new(own.Where(binding => binding.Part is null).Select(binding => binding.Role).DefaultIfEmpty().Max(), own.Where(binding => binding.Part is not null).Select(binding => (binding.Role, binding.Part!)));
    }

    /// <summary>The values of the claim that a person came with.</summary>
    public IReadOnlyList<string> ValuesOf(ClaimsPrincipal person) => [.. person.FindAll(_claim).Select(claim => claim.Value).Distinct(StringComparer.Ordinal)];

    private static AccessGrants Nobody { get; } = new(AccessRole.None);

    private static AccessGrants Owner { get; } = new(AccessRole.Admin);

    private static IEnumerable<string> Split(string key, string list)
    {
        foreach (var part in list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = ScopeAt(part);
            if (colon == 0)
            {
                foreach (var name in part.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) yield return name;
                continue;
            }
            if (part.IndexOf(',', 0, colon) >= 0) throw Refusal(key, $"{key} has '{part}': separate names from '{part[(part.LastIndexOf(',', colon) + 1)..colon].Trim()}: …' by a semicolon.");
            yield return part;
        }
    }

    private static Binding Of(string key, AccessRole role, string value, FleetPlanes planes)
    {
        var colon = ScopeAt(value);
        return colon == 0 ? new(role, value, null)
            : ScopeRule.TryParse(value[(colon + 1)..], out var part, out var problem, planes) ? new(role, value[..colon].Trim(), part)
            : throw Refusal(key, $"{key} has '{value}': {problem} Write it like '{Example}'.");
    }

    // Names may have colons; what follows a space and reads as an expression is a rule.
    private static int ScopeAt(string value)
    {
        var colon = value.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0) return 0;
        var rule = value.AsSpan(colon + 1).Trim();
        return rule.IndexOfAny('=', '(') >= 0 || rule.StartsWith('!') || rule.StartsWith("node.") || rule.StartsWith("job.") ? colon : 0;
    }

    private static OptionsValidationException Refusal(string key, string problem) => new(key, typeof(AuthOptions), [problem]);

    private sealed record Binding(AccessRole Role, string Value, ScopeRule? Part);
}
