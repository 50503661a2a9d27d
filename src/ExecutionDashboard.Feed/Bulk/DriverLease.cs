using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Feed.Bulk;

/// <summary>
/// Which process drives the bulk runs: one at a time, all of them, so that they share its limit of requests. The epoch grows with each other process, and a write with an older one is refused:
/// a process that was stopped for a while cannot go on where another has taken over.
/// </summary>
internal sealed class DriverLease(long epoch, string holder, DateTimeOffset until)
{
    private DateTimeOffset _until = until;

    /// <summary>See <see cref="BulkLease.Epoch"/>.</summary>
    public long Epoch { get; private set; } = epoch;

    /// <summary>Who drives; empty before the first.</summary>
    public string Holder { get; private set; } = holder;

    /// <summary>Whether a process may take it now.</summary>
    public bool MayTake(string driver, DateTimeOffset now) =>
        // A clock that went back does not make it longer.
        driver == Holder || Holder.Length == 0 || _until - now is var left && (left <= TimeSpan.Zero || left > BulkLimits.Lease);

    /// <summary>Gives it to a process.</summary>
    public void Take(string driver, DateTimeOffset now)
    {
        if (driver != Holder) (Holder, Epoch) = (driver, Epoch + 1);
        _until = now + BulkLimits.Lease;
    }

    /// <summary>Why a write does not count; null when it does, and it is a sign of life, too.</summary>
    public string? Refuse(string? driver, long ofEpoch, DateTimeOffset now)
    {
        if (driver != Holder || ofEpoch != Epoch) return $"'{Holder}' drives the bulk runs now.";
        _until = now + BulkLimits.Lease;
        return null;
    }
}
