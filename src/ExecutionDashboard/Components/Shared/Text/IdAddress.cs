namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>
/// Ids in the pages' addresses. Routing unescapes an address before it splits it, so an id with a slash can only be read from the address
/// as the browser has it.
/// </summary>
public static class IdAddress
{
    /// <summary>Address of the page of an id in a folder such as <c>executions/</c>.</summary>
    public static string Of(string folder, string id) => folder + Uri.EscapeDataString(id);

    /// <summary>The id in an address relative to the base; null when it is of another folder.</summary>
    public static string? In(string folder, string address) =>
        address.StartsWith(folder, StringComparison.Ordinal) ? Uri.UnescapeDataString(address[folder.Length..].Split('?', '#')[0]) : null;
}
