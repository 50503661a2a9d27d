namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>Splits a name into lower-case words, so that <c>apiKey</c>, <c>api_key</c> and <c>API-KEY</c> are the same.</summary>
internal static class NameWords
{
    // The rest of a longer name is ignored.
    private const int Longest = 200;

    /// <summary>The words; a single empty one when there are none.</summary>
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
        // A trailing number only distinguishes names: password2, key_1.
        while (words.Count > 1 && words[^1].AsSpan().IndexOfAnyExceptInRange('0', '9') < 0) words.RemoveAt(words.Count - 1);
        if (words.Count > 0 && words[^1].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: > 3 } bare) words[^1] = bare;
        return words.Count == 0 ? [""] : [.. words];
    }

    // The K of apiKey, and of APIKey.
    private static bool StartsWord(string name, int i) => char.IsUpper(name[i])
        && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
