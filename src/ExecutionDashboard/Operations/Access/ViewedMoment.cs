using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Operations.Access;

/// <summary>The moment that the address of a tab or request asks for: see <see cref="MomentAddress"/>. It is read before anything is shown.</summary>
/// <param name="time">The clock: a moment that is a length of time before now is counted from when it is read.</param>
public sealed class ViewedMoment(TimeProvider time)
{
    /// <summary>The moment, UTC; null for now.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>What the address has and nobody can read; empty when it can be. Now is shown then.</summary>
    public string Unread { get; private set; } = "";

    /// <summary>Reads the value of the address; null for none.</summary>
    public void Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        var now = time.GetUtcNow();
        if (!Moment.TryParse(text, out var moment)) Unread = text.Length <= 60 ? text : text[..60] + "…";
        // What has not come yet is now.
        else if (moment != Moment.Now && moment.Seen(now) is var at && at < now) At = at;
    }
}
