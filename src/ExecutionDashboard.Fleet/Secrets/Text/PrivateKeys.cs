using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Keys and certificates written as text: in PEM, as PuTTY writes them, and line by line in a list.</summary>
internal static partial class PrivateKeys
{
    private const string Begin = "-----BEGIN", End = "-----END", Putty = "PuTTY-User-Key-File";

    /// <summary>Hides the keys in a text.</summary>
    public static string Mask(string text)
    {
        if (text.Contains(Begin, StringComparison.Ordinal)) text = Pem().Replace(text, SecretMask.Hidden);
        if (text.Contains(Putty, StringComparison.Ordinal)) text = PuttyKey().Replace(text, SecretMask.Hidden);
        return text;
    }

    /// <summary>Whether a JSON string may begin a key; cheap, and wrong only in saying that it may.</summary>
    public static bool MayBegin(JsonElement line) => line.GetRawText() is ['"', '-' or 'P' or ' ', ..];

    /// <summary>Whether the entries after this one are lines of a key that it begins.</summary>
    public static bool Begins(string line) =>
        (line.Contains(Begin, StringComparison.Ordinal) && !line.Contains(End, StringComparison.Ordinal)) || line.StartsWith(Putty, StringComparison.Ordinal);

    /// <summary>Whether an entry is the last line of a key.</summary>
    public static bool Ends(string line) => line.Contains(End, StringComparison.Ordinal) || line.StartsWith("Private-MAC", StringComparison.Ordinal);

    [GeneratedRegex("""-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|\z)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem();

    [GeneratedRegex("""PuTTY-User-Key-File.*?(Private-MAC[^\r\n]*|\z)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex PuttyKey();
}
