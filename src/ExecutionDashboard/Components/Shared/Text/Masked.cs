using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Prepares external texts for a page: without escapes and secrets (<see cref="ShownText"/>).</summary>
public static class Masked
{
    /// <summary>A text of one or more lines.</summary>
    public static string Text(string text) => ShownText.Of(text);

    /// <summary>A named value: masked completely when the name is that of a secret.</summary>
    public static string Pair(string name, string value)
    {
        using var masked = JsonDocument.Parse(SecretMask.Mask(JsonSerializer.Serialize(new Dictionary<string, string> { [PlainText.Of(name)] = PlainText.Of(value) })));
        return masked.RootElement.EnumerateObject().First().Value.ToString();
    }
}
