namespace ExecutionDashboard.Storage.Log;

/// <summary>Corrects times of the log, because clocks may jump.</summary>
internal static class LaneClock
{
    /// <summary>How far the control plane's clock may be ahead of the feed's.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The time of a change as sent, or the time it was seen if the former is too late to be right.</summary>
    public static DateTimeOffset Believed(DateTimeOffset at, DateTimeOffset seen) => at > seen && at - seen > Ahead ? seen : at;
}
