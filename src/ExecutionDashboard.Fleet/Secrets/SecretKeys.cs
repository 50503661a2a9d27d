using System.Collections.Concurrent;
using System.Text;

namespace ExecutionDashboard.Fleet;

/// <summary>Which names hold a secret.</summary>
internal static class SecretKeys
{
    // Compared with the name in lower case and without separators, so that apiKey, api_key and API-KEY are one.
    private static readonly string[] Parts =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "secretkey", "signingkey", "encryptionkey",
        "sharedkey", "accountkey", "credential", "connectionstring", "connstr", "dsn", "authorization", "certificate", "cookie", "webhookurl", "saskey",
    ];

    // Too short to be looked for inside other words: author, pass-through, certainty.
    private static readonly string[] Words = ["auth", "pass", "pat", "cert", "pem", "jwt", "bearer", "sas", "psk", "sig"];

    // Specs of a megabyte have a few hundred names ten thousand times over.
    private const int MostKept = 4096;
    private const int LongestKept = 100;
    private static readonly ConcurrentDictionary<string, bool> Kept = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> KeptBySpan = Kept.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether what lies under a name is a secret.</summary>
    public static bool IsSecret(ReadOnlySpan<char> name)
    {
        if (KeptBySpan.TryGetValue(name, out var known)) return known;
        var secret = Judge(name);
        if (name.Length <= LongestKept && Kept.Count < MostKept) KeptBySpan[name] = secret;
        return secret;
    }

    private static bool Judge(ReadOnlySpan<char> name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var c in name)
            if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
        var joined = letters.ToString();
        foreach (var part in Parts)
            if (joined.Contains(part, StringComparison.Ordinal)) return true;
        foreach (var word in WordsOf(name.ToString()))
            if (Array.IndexOf(Words, word) >= 0) return true;
        return false;
    }

    private static IEnumerable<string> WordsOf(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetterOrDigit(name[i]) || (i > start && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]));
            if (!ends) continue;
            if (i > start) yield return name[start..i].ToLowerInvariant();
            start = i < name.Length && char.IsLetterOrDigit(name[i]) ? i : i + 1;
        }
    }
}
