namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// The addresses at which users open the dashboard, if they differ from those it listens on: behind a proxy, or under a name (setting <c>Dashboard:PublicUrls</c>).
/// </summary>
internal sealed class PublicUrls
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "Dashboard:PublicUrls";

    private readonly HashSet<WebOrigin> _origins = [];

    /// <summary>Reads the setting.</summary>
    /// <exception cref="InvalidOperationException">A value is not an http or https address of a host, or has a path.</exception>
    public PublicUrls(IConfiguration configuration)
    {
        foreach (var text in ListSetting.Read(configuration, Key))
        {
            if (WebOrigin.Parse(text) is not { } origin || new Uri(text) is not { PathAndQuery: "/", Fragment: "", UserInfo: "" })
                throw new InvalidOperationException($"Setting '{Key}' has '{text}'; it takes addresses such as https://dashboard.example.com, separated by commas.");
            _origins.Add(origin);
        }
    }

    /// <summary>Their hosts, as in a Host header.</summary>
    public IEnumerable<string> Hosts => _origins.Select(origin => origin.Host.Contains(':', StringComparison.Ordinal) ? $"[{origin.Host}]" : origin.Host);

    /// <summary>Whether an origin is the dashboard's own.</summary>
    public bool Contains(WebOrigin origin) => _origins.Contains(origin);
}
