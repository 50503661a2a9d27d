namespace ExecutionDashboard.Components.Shared.Files;

/// <summary>Marks requests that need only the headers of the reply (HEAD), so that expensive bodies are not created.</summary>
public static class HeadersOnly
{
    private static readonly object Key = new();

    /// <summary>Whether a request is marked.</summary>
    public static bool Asks(HttpContext context) => context.Items.ContainsKey(Key);

    /// <summary>Marks a request.</summary>
    public static void Note(HttpContext context) => context.Items[Key] = true;
}
