namespace ExecutionDashboard.Operations.Access;

/// <summary>Who asks. Immutable.</summary>
/// <param name="Name">As the identity provider names the person; empty where nobody signs in.</param>
/// <param name="Role">What the person may do now.</param>
/// <param name="Ended">Why the sign-in no longer counts, one sentence; empty while it does.</param>
public sealed record DashboardUser(string Name, AccessRole Role, string Ended = "")
{
    /// <summary>Where the role counts: <see cref="Role"/> is the highest one of these.</summary>
    public AccessGrants Grants { get; init; } = new(Role);

    /// <summary>Tells the person from all others, whatever their name is; empty where nobody signs in.</summary>
    public string Key { get; init; } = "";

    /// <summary>Where the program asks for no sign-in: whoever reaches it may do everything.</summary>
    public static DashboardUser Anyone { get; } = new("", AccessRole.Admin);
}

/// <summary>Who asks, of one tab or one request.</summary>
public interface ICurrentUser
{
    /// <summary>Who it is, as last looked at. For what is drawn; a command asks <see cref="CheckAsync"/>.</summary>
    DashboardUser Now { get; }

    /// <summary><see cref="Now"/> is another one. Raised on any thread.</summary>
    event Action? Changed;

    /// <summary>Looks again: a sign-in may have ended, or lost rights, since the tab was opened.</summary>
    ValueTask<DashboardUser> CheckAsync(CancellationToken cancel);
}

/// <summary>Where the program asks for no sign-in.</summary>
public sealed class Anyone : ICurrentUser
{
    /// <inheritdoc/>
    public DashboardUser Now => DashboardUser.Anyone;

    /// <inheritdoc/>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public ValueTask<DashboardUser> CheckAsync(CancellationToken cancel) => new(DashboardUser.Anyone);
}
