using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Live.Past;

/// <summary>The time of what a page shows: now, or the moment of the past that its tab shows. Timers and lengths of time are real in both.</summary>
/// <param name="time">The clock.</param>
/// <param name="sight">What is seen.</param>
public sealed class PageTime(TimeProvider time, FleetSight sight) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => sight.At ?? time.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
