namespace ExecutionDashboard.Operations.Access;

/// <summary>The least role that may ask for a page or another address; without it, viewer. The doors look at it where people sign in.</summary>
/// <param name="role">The role.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LeastRoleAttribute(AccessRole role) : Attribute
{
    /// <summary>The role.</summary>
    public AccessRole Role { get; } = role;
}
