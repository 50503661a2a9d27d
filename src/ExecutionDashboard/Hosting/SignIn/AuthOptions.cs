namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>How people sign in: section <c>Auth</c> of the configuration. Who has which role is in <see cref="RoleBindings"/>.</summary>
public sealed class AuthOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Auth";

    /// <summary><c>Oidc</c>, <c>Proxy</c>, <c>Local</c> or <c>None</c>; empty: nobody signs in, and only this machine is listened to.</summary>
    public string Mode { get; set; } = "";

    /// <summary>Issuer address of the OpenID provider, https (http on this machine only).</summary>
    public string Authority { get; set; } = "";

    /// <summary>Id under which the provider knows the dashboard.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret that goes with it; empty for a public client.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Scopes asked for, separated by spaces or commas; <c>openid</c> is always among them.</summary>
    public string Scopes { get; set; } = "openid profile email";

    /// <summary>Claim with the name of a person.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>Claim with the roles or groups of a person.</summary>
    public string RolesClaim { get; set; } = "groups";

    /// <summary>Header in which a trusted proxy names the person.</summary>
    public string ProxyHeader { get; set; } = "";

    /// <summary>Header in which it names the person's roles or groups, separated by commas.</summary>
    public string ProxyRolesHeader { get; set; } = "";

    /// <summary>Longest time from a sign-in to the next one, 1 s – 30 d.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Time between two checks of an open tab's sign-in, 1 s – 1 h.</summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Executions that an operator may stop at once, 1 – 1000; more need the role admin.</summary>
    public int BulkLimit { get; set; } = Operations.Access.AccessSettings.DefaultBulkLimit;

    /// <summary>The mode alone: the secret gets into no text by mistake.</summary>
    public override string ToString() => $"sign-in {(Mode.Length == 0 ? "(not set)" : Mode)}";

    /// <summary>Whether people sign in.</summary>
    internal bool IsOn => Is(nameof(AuthMode.Oidc)) || Is(nameof(AuthMode.Proxy)) || Is(nameof(AuthMode.Local));

    /// <summary>Whether the mode is this one.</summary>
    internal bool Is(string mode) => string.Equals(Mode, mode, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The values of <see cref="AuthOptions.Mode"/>. Each is the name of its authentication scheme too: a ticket of one mode is worth nothing in another.</summary>
internal enum AuthMode
{
    /// <summary>Nobody signs in, wherever the program listens.</summary>
    None,
    /// <summary>At an OpenID provider.</summary>
    Oidc,
    /// <summary>At a proxy, which names the person in a header.</summary>
    Proxy,
    /// <summary>By a link that is printed at start and works once.</summary>
    Local,
}
