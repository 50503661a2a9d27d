using System.Diagnostics;

namespace ExecutionDashboard.Feed;

/// <summary>Spans of the feed, source <c>ExecutionDashboard.Feed</c>. Attributes are counts and words of few: no ids, no texts of the control plane.</summary>
internal static class FeedTraces
{
    private static readonly ActivitySource Source = new("ExecutionDashboard.Feed");

    /// <summary>One cycle of the watcher: its requests are below it.</summary>
    public static Activity? Poll() => Source.StartActivity("feed.poll");

    /// <summary>A dashboard subscribes, until it has been sent everything up to then.</summary>
    public static Activity? Join() => Source.StartActivity("feed.join", ActivityKind.Server);

    /// <summary>Ends a span that found the control plane unreachable or unwilling; the message stays out, only its kind is told.</summary>
    public static void Fail(this Activity? span, string errorType) => span?.SetTag("error.type", errorType).SetStatus(ActivityStatusCode.Error);
}
