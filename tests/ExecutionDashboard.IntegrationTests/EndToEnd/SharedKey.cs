using System.Net.Http.Headers;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The key that feeds and dashboards of tests share.</summary>
public static class SharedKey
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "Feed:Key";

    /// <summary>Its value.</summary>
    public const string Value = "a-key-that-feed-and-dashboard-share-in-tests";

    /// <summary>The same, read.</summary>
    public static FeedKey Key { get; } = FeedKey.Parse(Value);

    /// <summary>A client that the feed answers to.</summary>
    public static HttpClient NewClient() => new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Value) }, Timeout = TimeSpan.FromSeconds(30) };
}
