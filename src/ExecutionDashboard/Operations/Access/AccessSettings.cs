namespace ExecutionDashboard.Operations.Access;

/// <summary>What pages and commands must know of how people sign in. The defaults are for a dashboard at which nobody does.</summary>
public sealed record AccessSettings
{
    /// <summary>Unless it is set.</summary>
    public const int DefaultBulkLimit = 50;

    /// <summary>Executions that an operator may stop at once; more need the role admin.</summary>
    public int BulkLimit { get; init; } = DefaultBulkLimit;

    /// <summary>People sign in under names of their own (Oidc, Proxy), so that two can be told apart.</summary>
    public bool TellsPeopleApart { get; init; }

    /// <summary>People sign out here; false where a proxy does that.</summary>
    public bool OffersSignOut { get; init; } = true;

    /// <summary>How often an open tab asks through the proxy that signs people in whether it still does; null without one.</summary>
    public TimeSpan? AsksProxyEvery { get; init; }
}
