using ExecutionDashboard.Storage.Problems;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>Addresses of the dashboard's pages for people elsewhere: the first of <c>Dashboard:PublicUrls</c> with <c>Dashboard:PathBase</c>.</summary>
/// <param name="Root">Where the dashboard is, with a slash at its end; null when that is not set, and nothing can be linked.</param>
internal sealed record DashboardLinks(Uri? Root)
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>Reads the settings.</summary>
    public static DashboardLinks Read(IConfiguration configuration)
    {
        var list = configuration.GetSection("Dashboard:PublicUrls");
        var first = list.GetChildren().Select(c => c.Value).Prepend(list.Value).SelectMany(v => (v ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault();
        var path = (configuration["Dashboard:PathBase"] ?? "").Trim().Trim('/');
        return new DashboardLinks(Uri.TryCreate(first, UriKind.Absolute, out var root) ? new Uri(root, path.Length == 0 ? "/" : $"/{path}/") : null);
    }

    /// <summary>The page of all problems; empty when it cannot be linked.</summary>
    public string Attention => Root is null ? "" : new Uri(Root, "attention").AbsoluteUri;

    /// <summary>The page that has a problem open; empty when it cannot be linked. One of the past is named with the moment that it opened.</summary>
    public string Of(Occurrence occurrence)
    {
        var id = occurrence.IsOpen ? occurrence.Id : FormattableString.Invariant($"{occurrence.Id}@{occurrence.Record.OpenedAt.ToUnixTimeMilliseconds()}");
        return Root is null ? "" : $"{Attention}?open={Uri.EscapeDataString(id)}";
    }

    /// <summary>A page by its address below the dashboard; empty when it cannot be linked.</summary>
    public string Of(string address) => Root is null || address.Length == 0 || !Uri.TryCreate(Root, address, out var page) || !Root.IsBaseOf(page) ? "" : page.AbsoluteUri;
}
