using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets.Names;
using ExecutionDashboard.Fleet.Secrets.Text;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>What the members of an object say about each other.</summary>
internal readonly struct SecretSiblings
{
    private readonly bool _nameSecret, _haveSecretColumn;

    /// <summary>Reads the members of an object.</summary>
    public SecretSiblings(JsonElement members) => (_nameSecret, _haveSecretColumn) = (SecretScope.NamesASecret(members), SecretScope.HasSecretColumn(members));

    /// <summary>Whether a member is the secret that another member names.</summary>
    public bool Name(NameFacts member) => _nameSecret && member.IsNamed;

    /// <summary>How a scalar member is judged.</summary>
    public Secrecy Judge(SecretPlace place, NameFacts member) =>
        place.Scalar(member, Name(member)) is var secrecy && secrecy == Secrecy.Open && _haveSecretColumn && member.Name == "args_mapping" ? Secrecy.Literals : secrecy;
}

/// <summary>Recognises secrets by their neighbours: <c>{name: DB_PASSWORD, value: …}</c>, <c>["--password", …]</c>, <c>["Authorization", …]</c>.</summary>
internal static class SecretScope
{
    private const int LongestName = 120;

    /// <summary>Whether an object names a secret, so that its value is one.</summary>
    public static bool NamesASecret(JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.String && NameFacts.Of(member.Name).IsNamer && IsSecretName(TextOf(member.Value))) return true;
        return false;
    }

    /// <summary>Whether the argument mapping of an insert sets a secret column.</summary>
    public static bool HasSecretColumn(JsonElement members)
    {
        if (!members.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array) return false;
        foreach (var column in columns.EnumerateArray())
            if (column.ValueKind == JsonValueKind.String && IsSecretName(TextOf(column))) return true;
        return false;
    }

    /// <summary>Whether the previous entry marks this one as secret: a flag before its value, or a name before the value of a pair.</summary>
    /// <param name="before">The previous entry; undefined for the first.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="count">Number of entries.</param>
    public static bool IsNamedBy(JsonElement before, JsonElement entry, int count)
    {
        if (before.ValueKind != JsonValueKind.String) return false;
        var text = TextOf(before);
        if (text.StartsWith('-')) return SecretArguments.IsSecret(text, entry.ValueKind == JsonValueKind.String ? TextOf(entry) : "");
        return count == 2 && IsSecretName(text);
    }

    private static bool IsSecretName(string text) =>
        text.Length is > 0 and <= LongestName && text.AsSpan().IndexOfAny(" \t\r\n:=") < 0 && NameFacts.Of(text) is not { Verdict: NameVerdict.Plain, IsSecretHeader: false };

    // Half of a surrogate pair cannot be decoded, so it is no name.
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
