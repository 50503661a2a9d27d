using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Feed.Bulk;

/// <summary>Whether what was sent about bulk runs can be taken. Each gives why not, for people; null when it can.</summary>
internal static class BulkChecks
{
    public static string? Of(BulkStart start)
    {
        if (start.Run is not { } run) return "run is missing.";
        if (string.IsNullOrWhiteSpace(run.Id) || run.Id.Length > 64 || !run.Id.All(char.IsAsciiLetterOrDigit)) return "run.id must be 1 to 64 letters and digits.";
        if (start.Items is not { Count: > 0 } items) return "items is missing: a run needs one at least.";
        if (items.Count > BulkLimits.Items) return $"The run has {items.Count} items: at most {BulkLimits.Items} are taken.";
        if (run.WaveSize < 1) return $"waveSize is {run.WaveSize}: it must be 1 or more.";
        if (run.Pause < TimeSpan.Zero || run.Pause > BulkLimits.Pause) return $"pause is {run.Pause}: it must be at most {BulkLimits.Pause.TotalHours:0} h.";
        if (run.FailureLimit < 0) return $"failureLimit is {run.FailureLimit}: it must be 0 or more.";
        if (run.Reason.Length > BulkLimits.Text || run.StartedBy.Length > BulkLimits.Id || run.Filter.Length > BulkLimits.Filter) return "The reason, the name or the filter is too long.";
        var ids = new HashSet<string>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item?.Id is not { Length: > 0 and <= BulkLimits.Id } || item.JobId.Length > BulkLimits.Id || item.NodeId.Length > BulkLimits.Id) return $"An item has no id, or one of more than {BulkLimits.Id} characters.";
            if (!ids.Add(item.Id)) return $"The item '{item.Id}' is there twice.";
        }
        return start.ApproveWithin <= TimeSpan.Zero ? "approveWithin must be longer than nothing." : null;
    }

    public static string? Of(BulkOrder order) =>
        !Enum.IsDefined(order.Kind) ? "kind is not known." : order.By?.Length > BulkLimits.Id ? "by is too long." : order.Items?.Count > BulkLimits.Items ? "items has too many." : null;

    public static string? Of(BulkLeaseRequest request) => Driver(request.Driver);

    public static string? Of(BulkWrite write) =>
        Driver(write.Driver) ?? (write.Moves?.Count > BulkLimits.Items ? "moves has too many." : write.Moves?.Any(m => m is null || m.Note is null || m.Before is null || m.Before.Length > BulkLimits.Id * 2 || !Enum.IsDefined(m.Phase)) == true ? "A move makes no sense." : null);

    private static string? Driver(string? driver) => string.IsNullOrWhiteSpace(driver) || driver.Length > BulkLimits.Id ? $"driver must be a name of 1 to {BulkLimits.Id} characters." : null;
}
