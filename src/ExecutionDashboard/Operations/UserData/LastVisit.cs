using System.Globalization;

namespace ExecutionDashboard.Operations.UserData;

/// <summary>
/// When a person was last here. The time is kept while a page is visible, now and then; who comes back after a pause is told since when, and each visit counts once.
/// </summary>
public sealed class LastVisit
{
    /// <summary>Name that the time is kept under.</summary>
    public const string Name = "last-visit";

    /// <summary>A shorter pause is the same visit.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    /// <summary>How often the time is kept.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private DateTimeOffset? _kept;

    /// <summary>When the visit before this one ended, UTC; null when there was none, or it was dismissed.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Whether the time may have to be kept, so that it is worth asking what is kept.</summary>
    public bool IsDue(DateTimeOffset now) => !(now - _kept < Every);

    /// <summary>The person is here. Gives whether the time is to be kept.</summary>
    /// <param name="kept">What is kept, as <see cref="Text"/> wrote it; null or empty for nothing.</param>
    /// <param name="now">The time.</param>
    public bool See(string? kept, DateTimeOffset now)
    {
        // Another tab of the person may have kept a newer one. One that is to come was kept by a clock that was wrong.
        var last = Time(kept) is { } stored && stored <= now && !(stored <= _kept) ? stored : _kept;
        if (now - last >= Pause) Since = last;
        if (now - last < Every)
        {
            _kept = last;
            return false;
        }
        _kept = now;
        return true;
    }

    /// <summary>The person has seen what changed, or does not want to.</summary>
    public void Dismiss() => Since = null;

    /// <summary>A time as it is kept.</summary>
    public static string Text(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
