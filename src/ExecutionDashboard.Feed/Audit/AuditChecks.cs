using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Feed.Audit;

/// <summary>Whether entries that were sent can be stored. Gives why not, for people; null when they can.</summary>
internal static class AuditChecks
{
    public static string? Of(AuditRequest request)
    {
        if (request.Entries is not { Count: > 0 } entries) return "entries is missing: send at least one.";
        if (entries.Count > AuditLimits.Entries) return $"entries has {entries.Count} entries: at most {AuditLimits.Entries} are taken.";
        foreach (var entry in entries)
            if (Of(entry) is { } problem) return problem;
        return null;
    }

    // What the JSON says is null, whatever the types say.
    private static string? Of(AuditEntry? entry) =>
        entry?.Target is null ? "An entry, or what it was done to, is null."
        : entry.Act is not { Length: > 0 and <= AuditLimits.Act } ? $"An entry has no act, or one of more than {AuditLimits.Act} characters."
        : string.IsNullOrWhiteSpace(entry.Who) ? $"The entry of the act '{entry.Act}' does not say who."
        : string.IsNullOrWhiteSpace(entry.Action) ? $"The entry of the act '{entry.Act}' does not say what was done."
        : !Enum.IsDefined(entry.Outcome) ? $"The entry of the act '{entry.Act}' has an unknown outcome."
        : Names(entry).Any(text => !Fits(text, AuditLimits.Name)) ? $"The entry of the act '{entry.Act}' has a name or id that is missing, has a zero character, or is longer than {AuditLimits.Name} characters."
        : Texts(entry).Any(text => !Fits(text, AuditLimits.Text)) ? $"The entry of the act '{entry.Act}' has a text that is missing, has a zero character, or is longer than {AuditLimits.Text} characters."
        : null;

    // SQLite's texts end at a zero character: what follows it would be neither shown nor hashed.
    private static bool Fits(string? text, int longest) => text is not null && text.Length <= longest && !text.Contains('\0', StringComparison.Ordinal);

    private static IEnumerable<string?> Names(AuditEntry entry) => [entry.Act, entry.Who, entry.Role, entry.From, entry.Action, entry.Target.Kind, entry.Target.Id, entry.Target.Name];

    private static IEnumerable<string?> Texts(AuditEntry entry) => [entry.Numbers, entry.Reason, entry.Answer];
}
