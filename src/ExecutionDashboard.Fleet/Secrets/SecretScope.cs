using System.Text.Json;

namespace ExecutionDashboard.Fleet;

/// <summary>Which values are secrets by what stands beside them: <c>{name: DB_PASSWORD, value: …}</c>, <c>["--password", …]</c>, <c>["Authorization", …]</c>.</summary>
internal static class SecretScope
{
    private const int LongestName = 120;

    private static readonly string[] Namers = ["name", "key", "variable", "var", "env", "header", "parameter", "param", "option", "field", "property"];
    private static readonly string[] Values = ["value", "values", "val", "default", "defaultvalue", "content", "contents", "data", "text", "stringvalue", "plaintext"];

    /// <summary>An object that names a secret: what it calls its value is one.</summary>
    public static bool NamesASecret(JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.String && Is(Namers, member.Name) && IsSecretName(TextOf(member.Value))) return true;
        return false;
    }

    /// <summary>Whether a member of an object that names a secret is that secret.</summary>
    public static bool IsValue(string name) => Is(Values, name);

    /// <summary>Whether an entry is a secret by the one before it: the value after a flag, or the second of a pair whose first is a name.</summary>
    /// <param name="before">The entry before; undefined for the first.</param>
    /// <param name="count">Entries of the list.</param>
    public static bool IsNamedBy(JsonElement before, int count)
    {
        if (before.ValueKind != JsonValueKind.String) return false;
        var text = TextOf(before);
        return text.StartsWith('-') ? IsSecretName(text.TrimStart('-')) : count == 2 && IsSecretName(text);
    }

    private static bool IsSecretName(string text) =>
        text.Length is > 0 and <= LongestName && text.AsSpan().IndexOfAny(" \t\r\n:=") < 0 && SecretKeys.IsSecret(text);

    private static bool Is(string[] words, string name) =>
        Array.IndexOf(words, name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()) >= 0;

    // Half a surrogate pair is no text, and no name either.
    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
