using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Operations.Access;

/// <summary>The moment in an address: <c>at=2026-05-01T14:02:00Z</c> or <c>at=-2h</c>, on every page. It goes along every link.</summary>
public static class MomentAddress
{
    /// <summary>Its key.</summary>
    public const string Key = "at";

    /// <summary>The page that a tab shows whose moment was given to somebody else.</summary>
    public const string PutAsidePath = "put-aside";

    /// <summary>The moment as an address has it; empty for none.</summary>
    public static string In(string address) => QueryText.OfAddress(address).FirstOrDefault(pair => pair.Key == Key).Value ?? "";

    /// <summary>The moment that an address has as a time, UTC; null for none.</summary>
    public static DateTimeOffset? TimeIn(string address) => In(address) is { Length: > 0 } text && FilterTime.TryMoment(text, out var at) ? at : null;

    /// <summary>The moment as it is written.</summary>
    public static string Text(DateTimeOffset at) => FilterTime.Text(at);

    /// <summary>The address at a moment.</summary>
    public static string With(string address, DateTimeOffset at) => Join(address, $"{Key}={Text(at)}");

    /// <summary>The address of now for a link in a tab that may show the past, where one without a moment is of that moment.</summary>
    public static string Live(string address) => Join(address, $"{Key}={Moment.Now}");

    /// <summary>Whether an address says that it is of now.</summary>
    public static bool IsLive(string address) => In(address) == Moment.Now.ToString();

    /// <summary>The address without one: now.</summary>
    public static string Without(string address) => Join(address, "");

    /// <summary>The address of the page that leads back to a tab whose moment was given to somebody else.</summary>
    /// <param name="address">The address of the tab, relative to the base of the dashboard.</param>
    public static string PutAside(string address) => $"{PutAsidePath}?returnUrl={Uri.EscapeDataString("/" + address)}";

    private static string Join(string address, string moment)
    {
        var (rest, fragment) = address.IndexOf('#', StringComparison.Ordinal) is >= 0 and var mark ? (address[..mark], address[mark..]) : (address, "");
        var path = rest.Split('?')[0];
        var query = QueryText.Join([.. QueryText.QueryOf(rest).Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Split('=', 2)[0] != Key), moment]);
        return (query.Length > 0 ? $"{path}?{query}" : path) + fragment;
    }
}
