namespace ExecutionDashboard.Operations.Access;

/// <summary>Where a tab or a request comes from.</summary>
public interface IClientOrigin
{
    /// <summary>Address of the browser; empty when it is not known.</summary>
    string Address { get; }
}

/// <summary>For what has no browser.</summary>
public sealed class NoOrigin : IClientOrigin
{
    /// <inheritdoc/>
    public string Address => "";
}
