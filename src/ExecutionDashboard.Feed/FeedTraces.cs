using System.Diagnostics;

namespace ExecutionDashboard.Feed;

/// <summary>Traces of the feed, source <c>ExecutionDashboard.Feed</c>. Attributes are counts and fixed words, never ids or texts of the control plane.</summary>
internal static class FeedTraces
{
    private static readonly ActivitySource Source = new("ExecutionDashboard.Feed");

    /// <summary>A cycle of the watcher, with its requests as children.</summary>
    public static Activity? Poll() => Source.StartActivity("feed.poll");

    /// <summary>A subscription of a dashboard, until it has received everything up to now.</summary>
    public static Activity? Join() => Source.StartActivity("feed.join", ActivityKind.Server);

    /// <summary>Marks a span as failed, with the kind of the error but not its message.</summary>
    public static void Fail(this Activity? span, string errorType) => span?.SetTag("error.type", errorType).SetStatus(ActivityStatusCode.Error);
}
