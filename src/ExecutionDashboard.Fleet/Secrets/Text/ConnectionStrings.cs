using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Connection strings that are not URLs: <c>user:password@tcp(host)/db</c> (Go), <c>user/password@//host</c> (Oracle), <c>Name=value;Name=value</c>.</summary>
internal static partial class ConnectionStrings
{
    // Words before a colon and an @ that are no user.
    private static readonly string[] NoUsers = ["mailto", "email", "mail", "acct", "sip", "sips", "xmpp", "im", "from", "to", "cc", "pkg", "npm", "user", "users", "by", "owner", "author", "contact", "image", "tag", "urn", "oci", "docker", "ref", "sub", "subject", "principal", "arn"];

    /// <summary>Whether a whole text is a list of name=value pairs, or a user with a password before a host.</summary>
    public static bool Is(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal)) return WholeUser().IsMatch(text);
        foreach (var part in text.AsSpan().Trim().Split(text.Contains(';', StringComparison.Ordinal) ? ';' : ' '))
            if (text.AsSpan().Trim()[part] is { IsEmpty: false } setting && setting.IndexOf('=') <= 0) return WholeUser().IsMatch(text);
        return true;
    }

    /// <summary>Masks the secrets in a connection string (see <see cref="Is"/>).</summary>
    public static string Mask(string text) => MaskUsers(Parts().Replace(text, part =>
    {
        if (NameFacts.Of(part.Groups["name"].ValueSpan).Verdict == NameVerdict.Plain && !part.Groups["name"].ValueSpan.EndsWith("key", StringComparison.OrdinalIgnoreCase)) return part.Value;
        var value = part.Groups["value"].Value;
        return string.Concat(part.ValueSpan[..^value.Length], References.MaskSecret(value));
    }));

    /// <summary>Masks user passwords in any text: <c>user:password@host</c> and Oracle's variants.</summary>
    public static string MaskUsers(string text)
    {
        if (!HasUser(text)) return text;
        text = User().Replace(text, MaskUser);
        return text.Contains('/', StringComparison.Ordinal) ? Oracle().Replace(text, match => match.Groups["start"].Value + SecretMask.Hidden) : text;
    }

    // An @ after text that is not masked yet.
    private static bool HasUser(string text)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
            if (at > 0 && text[at - 1] is not ('•' or ' ' or '"')) return true;
        return false;
    }

    private static string MaskUser(Match match)
    {
        var user = match.Groups["user"].ValueSpan;
        var value = match.Groups["value"].Value;
        var host = match.Groups["host"].ValueSpan;
        if (host.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase) || user.IndexOfAnyExceptInRange('0', '9') < 0) return match.Value;
        // Versions (nginx:1.25@…, pkg:thing@1.2) and mail addresses (mailto:ada@host) have no password.
        if (host.Length == 0 || char.IsDigit(host[0]) && !host.Contains('.') && !host.Contains(':')) return match.Value;
        foreach (var known in NoUsers)
            if (user.Equals(known, StringComparison.OrdinalIgnoreCase) && !OpaqueValue.Is(value)) return match.Value;
        var masked = References.MaskSecret(value);
        return masked == value ? match.Value : string.Concat(match.Groups["start"].ValueSpan, masked, "@", host);
    }

    [GeneratedRegex("""^[^\s:@/]{1,128}:[^\s@]{1,128}@(?:(?:tcp|udp|unix)?\([^)\s]{1,200}\)|[A-Za-z0-9.\-\[\]:]{1,200})\S{0,1000}$""", RegexOptions.CultureInvariant)]
    private static partial Regex WholeUser();

    [GeneratedRegex("""(?<=^|[;\s])(?<name>[A-Za-z][\w .\-]{0,40})=(?<value>[^;\s]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    // Not after a scheme, which makes a URL, and without spaces, as log lines have after a colon.
    [GeneratedRegex("""(?<start>(?<![\w.+\-/:@%${}•])(?<user>[A-Za-z0-9_.+\-]{1,64}):)(?<value>(?!//|\w{1,20}://|•••@)[^\s"'<>@,;(){}\[\]]{1,256}(?:@[^\s"'<>@,;(){}\[\]/:]{1,64}){0,3})@(?<host>(?:tcp|udp|unix)?\(|[A-Za-z0-9\[/][A-Za-z0-9.\-_:]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex User();

    // bob/secret@//db:1521/x, jdbc:oracle:thin:bob/secret@db:1521:x, bob/secret@db:1521/x at the beginning.
    [GeneratedRegex("""(?<start>(?:(?<![\w.\-/])[A-Za-z][\w$#]{0,30}/(?=[^\s"'<>/@]{1,128}@//)|(?<=jdbc:oracle:(?:thin|oci8?|oci):)[A-Za-z][\w$#]{0,30}/|^\s*[A-Za-z][\w$#]{0,30}/(?=[^\s"'<>/@]{1,128}@[A-Za-z0-9.\-]{1,100}(?::\d{2,5}|/))))(?!•••)[^\s"'<>/@]{1,128}(?=@)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Oracle();
}
