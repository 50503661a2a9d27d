using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Live.Past;

/// <summary>The time of what a page shows: now, or the moment of the past that its tab shows. Timers and lengths of time are real in both.</summary>
public sealed class PageTime : TimeProvider
{
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset?> _at;

    /// <param name="time">The clock.</param>
    /// <param name="sight">What is seen.</param>
    public PageTime(TimeProvider time, FleetSight sight) : this(time, () => sight.At)
    {
    }

    // What is seen is itself made with a clock.
    internal PageTime(TimeProvider time, Func<DateTimeOffset?> at) => (_time, _at) = (time, at);

    /// <summary>How long an answer is reused that ends at the time of a clock: in the past, where the next moment may be any other, it is not.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="usual">How long otherwise.</param>
    public static TimeSpan Reuse(TimeProvider time, TimeSpan usual) => time is PageTime ? TimeSpan.Zero : usual;

    /// <inheritdoc/>
    public override long TimestampFrequency => _time.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _time.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _at() ?? _time.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => _time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _time.CreateTimer(callback, state, dueTime, period);
}
