using System.Buffers;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Secrets in SQL statements: user passwords, file keys, credentials.</summary>
internal static partial class SecretSql
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["identified", "password", "passphrase", "secret", "credential", "pragma", "key", "token", "sas", "insert"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Masks the secrets in the statements of a text.</summary>
    public static string Mask(string text)
    {
        if (text.AsSpan().IndexOfAny('\'', '"', '$') < 0 || text.AsSpan().IndexOfAny(Words) < 0) return text;
        text = Clause().Replace(text, match => IsOpen(match.Groups["value"].ValueSpan) ? match.Value : match.Groups["start"].Value + SecretMask.Hidden + match.Groups["end"].Value);
        text = Option().Replace(text, match => NameFacts.Of(match.Groups["name"].ValueSpan).Verdict == NameVerdict.Plain || IsOpen(match.Groups["value"].ValueSpan)
            ? match.Value : match.Groups["start"].Value + SecretMask.Hidden + match.Groups["end"].Value);
        text = Said().Replace(text, match => OpaqueValue.Is(match.Groups["value"].ValueSpan) ? match.Groups["start"].Value + SecretMask.Hidden + match.Groups["end"].Value : match.Value);
        return Insert().Replace(text, match =>
        {
            var columns = match.Groups["columns"].Value.Split(',').Select(column => NameFacts.Of(column.AsSpan().Trim().Trim("\"`[]'")).Verdict != NameVerdict.Plain).ToArray();
            return Array.IndexOf(columns, true) < 0 ? match.Value : match.Groups["start"].Value + CodeLists.MaskAt(match.Groups["values"].Value, columns);
        });
    }

    private static bool IsOpen(ReadOnlySpan<char> value) => value.IsEmpty || value.Contains(SecretMask.Hidden, StringComparison.Ordinal) || value is "?" || value.StartsWith("${") || value.StartsWith("{{");

    // IDENTIFIED BY 'x' (in Oracle "x"), WITH PASSWORD 'x', PRAGMA key = 'x', ATTACH … KEY 'x'.
    [GeneratedRegex("""(?<start>(?<!\w)(?:IDENTIFIED\s{1,8}(?:WITH\s{1,8}['"]?\w{1,60}['"]?\s{1,8})?(?:BY|AS)(?:\s{1,8}(?:PASSWORD|VALUES))?|(?:UN)?ENCRYPTED\s{1,8}PASSWORD|PASSWORD\s{1,8}FOR\s{1,8}[^\s=]{1,120}|(?:WITH\s{1,8})?PASSWORD|BY\s{1,8}PASSWORD|PASSPHRASE|CREDENTIALS(?:\s{1,8}AS)?|SECRET|PRAGMA\s{1,8}(?:\w{1,40}\.)?(?:hex)?(?:re)?key|ATTACH\s[^;]{1,300}\sKEY|STORED_SECRET|OLD_PASSWORD)(?:\s{1,8}|\s{0,8}[=(]\s{0,8})\(?\s{0,8}[NEx]?(?<quote>'|\$\$|(?<=\sBY\s{1,8})"))(?<value>(?:''|(?!\k<quote>)[^\r\n]){1,600})(?<end>\k<quote>)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Clause();

    // SECRET 'x', SESSION_TOKEN 'x' and similar, in capitals; OPTIONS (user 'a', password 'b').
    [GeneratedRegex("""(?<start>(?<![\w'".])(?<name>[A-Z][A-Z0-9_]{2,60})\s{1,8}(?:=\s{0,8})?')(?<value>(?:''|[^'\r\n]){1,600})(?<end>')""", RegexOptions.CultureInvariant)]
    private static partial Regex Option();

    // invalid password "x"
    [GeneratedRegex("""(?<start>(?<!\w)(?:password|passphrase|secret|token|key|credential)s?\s{1,3}["'])(?<value>[^"'\\\r\n]{8,300})(?<end>["'])""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Said();

    [GeneratedRegex("""(?<start>(?<!\w)(?:INSERT|REPLACE)\s{1,8}INTO\s{1,8}[^\s(]{1,200}\s{0,8}\((?<columns>[^()]{1,4000})\)\s{0,8}VALUES\s{0,8}\()(?<values>[^\r\n]{1,4000})""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Insert();
}
