using System.Text.Json;

namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>Texts of a test as literals of a script.</summary>
internal static class Literal
{
    /// <summary>A text, quoted.</summary>
    public static string Of(string text) => JsonSerializer.Serialize(text);
}
