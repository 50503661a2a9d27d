using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Scopes;

namespace ExecutionDashboard.Operations.Access;

/// <summary>The roles of a person: one for the whole fleet, and others for parts of it. Each counts in its own part. Immutable; equal when the roles are.</summary>
public sealed class AccessGrants : IEquatable<AccessGrants>
{
    private readonly (AccessRole Role, ScopeRule Part)[] _parts;

    /// <param name="everywhere">The role for the whole fleet.</param>
    /// <param name="parts">Roles for parts.</param>
    public AccessGrants(AccessRole everywhere, IEnumerable<(AccessRole Role, ScopeRule Part)>? parts = null)
    {
        Everywhere = everywhere;
        // What the whole fleet gives already says nothing.
        _parts = [.. (parts ?? []).Where(part => part.Role > everywhere).OrderBy(part => part.Role).ThenBy(part => part.Part.Text, StringComparer.Ordinal).DistinctBy(part => (part.Role, part.Part.Text))];
        Highest = _parts.Select(part => part.Role).Append(everywhere).Max();
        Scope = everywhere > AccessRole.None ? null : FleetScope.Of(_parts.Select(part => part.Part));
    }

    /// <summary>The role for the whole fleet.</summary>
    public AccessRole Everywhere { get; }

    /// <summary>The highest role in any part.</summary>
    public AccessRole Highest { get; }

    /// <summary>Some roles are for parts only.</summary>
    public bool AreLimited => _parts.Length > 0;

    /// <summary>What the person sees; null for the whole fleet.</summary>
    public FleetScope? Scope { get; }

    /// <summary>The role for the executions of a job on a node; null where there is no such thing.</summary>
    public AccessRole Of(Job? job, Node? node) => Of(part => job is not null && part.Matches(job) && part.Matches(node));

    /// <summary>The role for a job on all nodes.</summary>
    public AccessRole OfWhole(Job? job) => Of(part => job is not null && part.Matches(job) && !part.LimitsNodes);

    /// <summary>The highest role for a job on some nodes.</summary>
    public AccessRole OfSome(Job? job) => Of(part => job is not null && part.Matches(job));

    /// <inheritdoc/>
    public bool Equals(AccessGrants? other) => other is not null && other.Everywhere == Everywhere && _parts.Select(Key).SequenceEqual(other._parts.Select(Key));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AccessGrants);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Everywhere, _parts.Length);

    private AccessRole Of(Func<ScopeRule, bool> matches)
    {
        var role = Everywhere;
        foreach (var part in _parts)
            if (part.Role > role && matches(part.Part)) role = part.Role;
        return role;
    }

    private static (AccessRole, string) Key((AccessRole Role, ScopeRule Part) part) => (part.Role, part.Part.Text);
}
