using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Times;

/// <summary>A point in time: a fixed one, or a length of time before the moment at which it is asked. The default value is "now".</summary>
public readonly record struct Moment
{
    /// <summary>The longest time before now.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    private Moment(DateTimeOffset? time, TimeSpan ago) => (Time, Ago) = (time, ago);

    /// <summary>The moment at which it is asked.</summary>
    public static Moment Now => default;

    /// <summary>The fixed time, UTC; null for a relative one.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>How long before now, in whole seconds; zero for a fixed time.</summary>
    public TimeSpan Ago { get; }

    /// <summary>Whether it moves on with the time.</summary>
    public bool IsRelative => Time is null;

    /// <summary>A fixed time.</summary>
    public static Moment At(DateTimeOffset time) => new(time.ToUniversalTime(), default);

    /// <summary>A length of time before now, cut to whole seconds and to <see cref="Longest"/>.</summary>
    public static Moment Before(TimeSpan span) => new(null, TimeSpan.FromSeconds(Math.Clamp((long)span.TotalSeconds, 0, (long)Longest.TotalSeconds)));

    /// <summary>The time that it is now, UTC.</summary>
    public DateTimeOffset Seen(DateTimeOffset now) => Time ?? (now - DateTimeOffset.MinValue > Ago ? (now - Ago).ToUniversalTime() : DateTimeOffset.MinValue);

    /// <summary>Reads what <see cref="ToString"/> writes. Days and times without an offset are UTC.</summary>
    public static bool TryParse(string? text, out Moment moment)
    {
        moment = default;
        if (text is null) return false;
        if (text == "now") return true;
        if (text.StartsWith('-') && FilterTime.TrySpan(text[1..], out var span)) moment = Before(span);
        else if (FilterTime.TryMoment(text, out var time)) moment = At(time);
        else return false;
        return true;
    }

    /// <summary>As an address has it: <c>now</c>, <c>-1h30m</c>, <c>2026-05-01T10:30:00Z</c>.</summary>
    public override string ToString() => Time is { } time ? FilterTime.Text(time) : Ago == TimeSpan.Zero ? "now" : "-" + FilterTime.Text(Ago);
}
