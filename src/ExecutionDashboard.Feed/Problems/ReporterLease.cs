using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Feed.Problems;

/// <summary>
/// Which dashboard reports the problems. All find the same ones, but a moment apart: with two reporters, a problem would open and resolve in turn.
/// </summary>
internal sealed class ReporterLease
{
    private DateTimeOffset _until;
    private long _sequence;

    /// <summary>Who reports; empty before the first report.</summary>
    public string Holder { get; private set; } = "";

    /// <summary>When it last reported, UTC; null before the first report.</summary>
    public DateTimeOffset? ReportedAt { get; private set; }

    /// <summary>Whether a report counts, and for how long nobody else's will. Gives why it does not count; null when it does.</summary>
    public string? Refuse(string reporter, long sequence, DateTimeOffset now)
    {
        // A clock that went back does not make it longer.
        if (reporter != Holder && _until - now is var left && left > TimeSpan.Zero && left <= ProblemLimits.Lease) return $"'{Holder}' reports the problems.";
        // What an older copy of the fleet shows as wrong may have been mended since.
        return sequence < _sequence ? $"The report is of change {sequence}; problems were already reported up to change {_sequence}." : null;
    }

    /// <summary>Notes a report that counts.</summary>
    public void Take(string reporter, long sequence, DateTimeOffset now)
    {
        (Holder, _sequence, _until) = (reporter, sequence, now + ProblemLimits.Lease);
        ReportedAt = now;
    }
}
