using System.Data.Common;

namespace ExecutionDashboard.Storage;

/// <summary>What a database said when it failed.</summary>
internal static class StorageErrors
{
    /// <summary>One line for people, without a full stop. It has no password in it, as drivers put none into their messages.</summary>
    public static string Reason(DbException failure)
    {
        var reason = failure.Message;
        // The driver's own words say only that there was a failure; what it was is inside.
        for (Exception? inner = failure.InnerException; inner is not null; inner = inner.InnerException)
            if (!reason.Contains(inner.Message, StringComparison.Ordinal)) reason = $"{reason.TrimEnd('.', ' ')}: {inner.Message}";
        return reason.ReplaceLineEndings(" ").TrimEnd('.', ' ');
    }
}
