namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Ids in the addresses of pages. Routing decodes an address before it splits it, so an id with a slash must be read from the browser's address.</summary>
public static class IdAddress
{
    /// <summary>Address of the page of an id below a path such as <c>executions/</c>.</summary>
    public static string Of(string folder, string id) => folder + Uri.EscapeDataString(id);

    /// <summary>The id in a relative address; null for another path.</summary>
    public static string? In(string folder, string address) =>
        address.StartsWith(folder, StringComparison.Ordinal) ? Uri.UnescapeDataString(address[folder.Length..].Split('?', '#')[0]) : null;
}
