namespace ExecutionDashboard.Components.Shared.Files;

/// <summary>Whether a request asks for the headers of the reply alone (HEAD): a route whose body is much work leaves it out.</summary>
public static class HeadersOnly
{
    private static readonly object Key = new();

    /// <summary>Whether it does.</summary>
    public static bool Asks(HttpContext context) => context.Items.ContainsKey(Key);

    /// <summary>Notes that it does.</summary>
    public static void Note(HttpContext context) => context.Items[Key] = true;
}
