using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Keys and certificates in text form: PEM, PuTTY, and one line per list entry.</summary>
internal static partial class PrivateKeys
{
    private const string Begin = "-----BEGIN", End = "-----END", Putty = "PuTTY-User-Key-File";

    /// <summary>Masks the keys in a text.</summary>
    public static string Mask(string text)
    {
        if (text.Contains(Begin, StringComparison.Ordinal)) text = Pem().Replace(text, SecretMask.Hidden);
        if (text.Contains(Putty, StringComparison.Ordinal)) text = PuttyKey().Replace(text, SecretMask.Hidden);
        return text;
    }

    /// <summary>Whether a JSON string may start a key: a cheap test that never misses one.</summary>
    public static bool MayBegin(JsonElement line) => line.GetRawText() is ['"', '-' or 'P' or ' ', ..];

    /// <summary>Whether an entry starts a key that continues in the following entries.</summary>
    public static bool Begins(string line) =>
        (line.Contains(Begin, StringComparison.Ordinal) && !line.Contains(End, StringComparison.Ordinal)) || line.StartsWith(Putty, StringComparison.Ordinal);

    /// <summary>Whether an entry is the last line of a key.</summary>
    public static bool Ends(string line) => line.Contains(End, StringComparison.Ordinal) || line.StartsWith("Private-MAC", StringComparison.Ordinal);

    [GeneratedRegex("""-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|\z)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem();

    [GeneratedRegex("""PuTTY-User-Key-File.*?(Private-MAC[^\r\n]*|\z)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex PuttyKey();
}
