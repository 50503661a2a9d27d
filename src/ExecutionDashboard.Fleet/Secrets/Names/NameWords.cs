namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>The words of a name in lower case, so that <c>apiKey</c>, <c>api_key</c> and <c>API-KEY</c> are one.</summary>
internal static class NameWords
{
    // No name has more; what follows of a longer one says nothing.
    private const int Longest = 200;

    /// <summary>The words; one that is empty when there are none.</summary>
    public static string[] Of(string name)
    {
        if (name.Length > Longest) name = name[^Longest..];
        var words = new List<string>(4);
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetterOrDigit(name[i]) || (i > start && StartsWord(name, i));
            if (!ends) continue;
            if (i > start) words.Add(name[start..i].ToLowerInvariant());
            start = i < name.Length && char.IsLetterOrDigit(name[i]) ? i : i + 1;
        }
        // password2, key_1: the number tells one from another.
        while (words.Count > 1 && words[^1].AsSpan().IndexOfAnyExceptInRange('0', '9') < 0) words.RemoveAt(words.Count - 1);
        if (words.Count > 0 && words[^1].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: > 3 } bare) words[^1] = bare;
        return words.Count == 0 ? [""] : [.. words];
    }

    // apiKey, and the K of APIKey.
    private static bool StartsWord(string name, int i) => char.IsUpper(name[i])
        && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
