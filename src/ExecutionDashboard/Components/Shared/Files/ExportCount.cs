namespace ExecutionDashboard.Components.Shared.Files;

/// <summary>How many rows of an export were written, for the audit.</summary>
public static class ExportCount
{
    private static readonly object Key = new();

    /// <summary>Notes the number so far.</summary>
    public static void Note(HttpContext context, long rows) => context.Items[Key] = rows;

    /// <summary>The number noted last; null for files that have no rows.</summary>
    public static long? Of(HttpContext context) => context.Items.TryGetValue(Key, out var rows) ? (long)rows! : null;
}
