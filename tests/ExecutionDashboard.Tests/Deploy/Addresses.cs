using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>Where the dashboards of a file look for feeds, and whether those answer to the name.</summary>
internal static class Addresses
{
    /// <summary>The addresses of feeds in a dashboard's settings.</summary>
    public static IReadOnlyList<Uri> OfFeeds(IReadOnlyDictionary<string, string> settings)
    {
        var addresses = settings.Where(setting => setting.Key is "Feed__Url" or "Feed__Urls").SelectMany(setting => setting.Value.Split(',')).Select(text => new Uri(text.Trim())).ToList();
        Assert.NotEmpty(addresses);
        return addresses;
    }

    /// <summary>Whether a feed with this setting answers to requests for a host.</summary>
    public static bool IsAllowed(string allowedHosts, string host) => HostString.MatchesAny(host, [.. allowedHosts.Split(',').Select(name => new StringSegment(name.Trim()))]);
}
