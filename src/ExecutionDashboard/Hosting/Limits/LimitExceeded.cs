namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Describes to a client the limit it reached.</summary>
/// <param name="Name">Its name in the metric <c>dashboard_limit_met_total</c>.</param>
/// <param name="Setting">The setting of the limit.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Message">The limit with its number.</param>
/// <param name="Advice">What to do.</param>
internal sealed record LimitExceeded(string Name, string Setting, string Title, string Message, string Advice)
{
    /// <summary>Too many tabs of one client.</summary>
    public static LimitExceeded CircuitsPerAddress(int limit) => new(
        "circuits_per_address", "Limits:CircuitsPerAddress", "Too many open tabs",
        $"This dashboard has reached its limit of {Tabs(limit)} from one address.",
        "Close tabs that you no longer need, then reload this page. Everyone behind the same proxy or VPN shares an address, unless Dashboard:TrustedProxies names the proxy.");

    /// <summary>Too many tabs in total.</summary>
    public static LimitExceeded Circuits(int limit) => new(
        "circuits", "Limits:Circuits", "Too many open tabs",
        $"This dashboard has reached its limit of {Tabs(limit)}.",
        "Close tabs that you no longer need, then reload this page.");

    /// <summary>Too many requests of one client.</summary>
    public static LimitExceeded Requests(int limit) => new(
        "requests", "Limits:RequestsPerSecond", "Too many requests",
        $"This dashboard takes {limit} requests a second from one address over a while; yours sent more.",
        "Wait a moment, then try again.");

    /// <summary>Too many concurrent exports.</summary>
    public static LimitExceeded Exports(int limit) => new(
        "exports", "Limits:Exports", "Too many exports",
        $"This dashboard writes {limit} exports at the same time, and others wait already.",
        "Try again when one of them has ended.");

    private static string Tabs(int count) => count == 1 ? "1 open tab" : $"{count} open tabs";
}
