using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet;

/// <summary>The error code of an execution, in the details under one of the names that servers use.</summary>
public static class ErrorCodes
{
    private static readonly string[] Names = ["error_code", "errorCode", "code"];

    /// <summary>The code; empty without one.</summary>
    public static string Of(Execution execution) => Of(execution.Details, execution.Actual.Details);

    internal static string Of(ExecutionNotes notes) => Of(notes.Details, notes.ActualDetails);

    private static string Of(IReadOnlyDictionary<string, string>? details, IReadOnlyDictionary<string, string>? actual) => In(details) ?? In(actual) ?? "";

    private static string? In(IReadOnlyDictionary<string, string>? map)
    {
        if (map is null) return null;
        foreach (var name in Names)
            if (map.TryGetValue(name, out var code) && code.Length > 0) return code;
        return null;
    }
}
