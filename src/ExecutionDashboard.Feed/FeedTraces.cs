using System.Diagnostics;

namespace ExecutionDashboard.Feed;

/// <summary>Traces of the feed, source <c>ExecutionDashboard.Feed</c>. Attributes are counts and fixed words, never ids or texts of the control plane.</summary>
internal static class FeedTraces
{
    private static readonly ActivitySource Source = new("ExecutionDashboard.Feed");

    /// <summary>A cycle of the watcher, with its requests as children.</summary>
    /// <param name="isKept">Whether it is exported. While somebody looks there are up to twenty a second, of which one in each poll interval is enough.</param>
    public static Activity? Poll(bool isKept) => isKept ? Source.StartActivity("feed.poll")
        : Source.HasListeners() ? Source.StartActivity("feed.poll", ActivityKind.Internal, new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None)) : null;

    /// <summary>A subscription of a dashboard, until it has received everything up to now.</summary>
    public static Activity? Join() => Source.StartActivity("feed.join", ActivityKind.Server);

    /// <summary>Marks a span as failed, with the kind of the error but not its message.</summary>
    public static void Fail(this Activity? span, string errorType) => span?.SetTag("error.type", errorType).SetStatus(ActivityStatusCode.Error);
}
