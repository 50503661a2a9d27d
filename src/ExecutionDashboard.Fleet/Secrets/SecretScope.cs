using System.Text.Json;

namespace ExecutionDashboard.Fleet;

/// <summary>What the members of an object say of one another.</summary>
internal readonly struct SecretSiblings
{
    private readonly bool _nameSecret, _haveSecretColumn;

    /// <summary>Looks at the members of an object.</summary>
    public SecretSiblings(JsonElement members) => (_nameSecret, _haveSecretColumn) = (SecretScope.NamesASecret(members), SecretScope.HasSecretColumn(members));

    /// <summary>Whether a member is the secret that another one names.</summary>
    public bool Name(string member) => _nameSecret && SecretScope.IsValue(member);

    /// <summary>How a scalar member is judged.</summary>
    public Secrecy Judge(SecretPlace place, string member) =>
        place.Scalar(member, Name(member)) is var secrecy && secrecy == Secrecy.Open && _haveSecretColumn && member == "args_mapping" ? Secrecy.Literals : secrecy;
}

/// <summary>Which values are secrets by what stands beside them: <c>{name: DB_PASSWORD, value: …}</c>, <c>["--password", …]</c>, <c>["Authorization", …]</c>.</summary>
internal static class SecretScope
{
    private const int LongestName = 120;

    private static readonly string[] Namers = ["name", "key", "k", "variable", "var", "env", "header", "parameter", "param", "option", "field", "property", "column", "setting"];
    private static readonly string[] Values = ["value", "values", "v", "val", "default", "defaultvalue", "content", "contents", "data", "text", "stringvalue", "plaintext"];

    /// <summary>An object that names a secret: what it calls its value is one.</summary>
    public static bool NamesASecret(JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.String && Is(Namers, member.Name) && IsSecretName(TextOf(member.Value))) return true;
        return false;
    }

    /// <summary>Whether a member of an object that names a secret is that secret.</summary>
    public static bool IsValue(string name) => Is(Values, name);

    /// <summary>Whether the mapping of the arguments of an insert gives a secret to one of its columns.</summary>
    public static bool HasSecretColumn(JsonElement members)
    {
        if (!members.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array) return false;
        foreach (var column in columns.EnumerateArray())
            if (column.ValueKind == JsonValueKind.String && IsSecretName(TextOf(column))) return true;
        return false;
    }

    /// <summary>Whether an entry is a secret by the one before it: the value after a flag, or the second of a pair whose first is a name.</summary>
    /// <param name="before">The entry before; undefined for the first.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="count">Entries of the list.</param>
    public static bool IsNamedBy(JsonElement before, JsonElement entry, int count)
    {
        if (before.ValueKind != JsonValueKind.String) return false;
        var text = TextOf(before);
        if (text.StartsWith('-')) return SecretArguments.IsSecret(text, entry.ValueKind == JsonValueKind.String ? TextOf(entry) : "");
        return count == 2 && IsSecretName(text);
    }

    private static bool IsSecretName(string text) =>
        text.Length is > 0 and <= LongestName && text.AsSpan().IndexOfAny(" \t\r\n:=") < 0 && NameFacts.Of(text) is not { Verdict: NameVerdict.Plain, IsSecretHeader: false };

    private static bool Is(string[] words, string name) => name.Length <= 16
        && Array.IndexOf(words, name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()) >= 0;

    // Half a surrogate pair is no text, and no name either.
    internal static string TextOf(JsonElement element)
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
