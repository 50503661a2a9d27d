using System.Buffers;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Secrets in command arguments: <c>--password x</c>, <c>-p x</c>, <c>-px</c>, <c>--user name:x</c>, <c>/p:x</c>.</summary>
internal static partial class SecretArguments
{
    private const int LongestFlag = 100;
    private static readonly SearchValues<string> SlashNames = SearchValues.Create(["pass:", "/p:", "/pw:", "/pwd:", "password:", "/key:", "/token:", "/secret:"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Masks the secrets in the commands of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signs">Which characters it contains.</param>
    public static string Mask(string text, TextSign signs)
    {
        if ((signs & TextSign.Colon) != 0 && text.AsSpan().IndexOfAny(SlashNames) >= 0) text = Slash().Replace(text, MaskSlash);
        if ((signs & TextSign.Flag) == 0) return text;
        text = User().Replace(text, user => IsNumber(user.Groups["user"].ValueSpan) ? user.Value : user.Groups["start"].Value + References.MaskSecret(user.Groups["value"].Value));
        text = Attached().Replace(text, match => LooksLikePassword(match.Groups["value"].ValueSpan) && OpaqueValue.Is(match.Groups["value"].ValueSpan) ? match.Groups["start"].Value + SecretMask.Hidden : match.Value);
        return Flag().Replace(text, MaskFlag);
    }

    /// <summary>Whether the flag before an argument marks it as secret.</summary>
    /// <param name="flag">The flag with its hyphens.</param>
    /// <param name="value">The argument.</param>
    public static bool IsSecret(string flag, string value)
    {
        if (value.StartsWith('-') && value.Length < 4) return false;
        var name = flag.AsSpan().TrimStart('-');
        if (name.IsEmpty || name.Length > LongestFlag || name.Contains(' ')) return false;
        if (name.Length <= 2)
            return name switch
            {
                "p" or "P" or "pw" => LooksLikePassword(value),
                "k" or "a" or "w" or "W" or "s" or "K" or "t" or "T" or "x" => LooksLikePassword(value) && OpaqueValue.Is(value),
                "u" or "U" => IsUser(value),
                _ => false,
            };
        if (name is "user" or "proxy-user" or "login" or "auth-user") return IsUser(value);
        var facts = NameFacts.Of(name);
        return facts.Verdict >= NameVerdict.Secret || ((facts.Verdict == NameVerdict.Weak || facts.IsKey) && LooksLikePassword(value));
    }

    private static bool IsUser(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < value.Length - 1 && References.MaskSecret(value[(colon + 1)..]) != value[(colon + 1)..] && !value.Contains("://", StringComparison.Ordinal) && !IsNumber(value.AsSpan(0, colon));
    }

    // -u 1000:1000 is a user and a group.
    private static bool IsNumber(ReadOnlySpan<char> user) => !user.IsEmpty && user.IndexOfAnyExceptInRange('0', '9') < 0;

    // Not a port, path, URL, address or setting; with a digit or a sign, as passwords have.
    private static bool LooksLikePassword(ReadOnlySpan<char> value)
    {
        if (value.Length < 5 || value[0] is '/' or '.' or '~' or '$' or '%' or '{' or '<' or '[' or '-' || value.Contains('=') || value.Contains("://", StringComparison.Ordinal)) return false;
        var (digits, letters, signs) = (0, 0, 0);
        foreach (var c in value)
            if (char.IsDigit(c)) digits++;
            else if (char.IsLetter(c)) letters++;
            else if (c is not ('-' or '_' or '.' or ':' or '/' or ',')) signs++;
        if (letters == 0) return false;
        // 8080:80/tcp, host:5432, dir/file2.
        if (char.IsDigit(value[0]) && value.Contains(':')) return false;
        var colon = value.LastIndexOf(':');
        if (colon > 0 && colon < value.Length - 1 && value[(colon + 1)..].IndexOfAnyExceptInRange('0', '9') < 0) return false;
        return signs > 0 || (digits > 0 && (OpaqueValue.Is(value) || value.IndexOfAny("./:-") < 0));
    }

    private static string MaskFlag(Match flag)
    {
        var value = flag.Groups["value"].Value;
        var bare = value.Trim('"', '\'');
        // A shell variable is only a reference.
        if (bare.Length == 0 || bare.StartsWith('$') && Variable().IsMatch(bare)) return flag.Value;
        if (!IsSecret("--" + flag.Groups["name"].Value, bare)) return flag.Value;
        var masked = References.MaskSecret(bare);
        return masked == bare ? flag.Value : flag.Groups["start"].Value + masked;
    }

    private static string MaskSlash(Match match)
    {
        var value = match.Groups["value"].Value;
        // /p:Configuration=Release sets a property.
        if (value.Contains('=', StringComparison.Ordinal) || (match.Groups["name"].ValueSpan is "p" or "P" && !LooksLikePassword(value))) return match.Value;
        return match.Groups["start"].Value + References.MaskSecret(value);
    }

    [GeneratedRegex("""(?<start>(?<![^\s"'`(=,\[])--?(?<name>[A-Za-z][A-Za-z0-9_.\-]{0,80})["']?,?[ \t]{1,20})(?<value>"(?:[^"\\\r\n]|\\.)*"?|'[^'\r\n]*'?|(?!-)[^\s;&|"'`,)\]]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Flag();

    [GeneratedRegex("""(?<start>(?<![^\s"'`(\[,])(?:(?:-u|-U|--user|--proxy-user)["']?,?[ \t=]{0,20}["']?(?!\w{1,20}://)(?<user>[^\s:"'/%]{1,120}):|-U["']?,?[ \t=]{0,20}["']?[^\s:"'/%]{1,120}%))(?<value>(?!//)[^\s"'`]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex User();

    [GeneratedRegex("""(?<start>(?<![^\s"'`(\[,])-[pPaw])(?<value>[^\s"'`;|&,\-][^\s"'`;|&,]{5,200})""", RegexOptions.CultureInvariant)]
    private static partial Regex Attached();

    [GeneratedRegex("""(?<start>(?<![^\s"'`(\[,])(?:/(?<name>p|pw|pwd|pass|password|key|token|secret)|-?(?:passin|passout)[ =]pass|(?<name>pass)):)(?<value>[^\s"'`,;|&]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Slash();

    [GeneratedRegex("""^\$(?:\(?[A-Za-z_]\w*\)?|\{[A-Za-z_]\w*\})$""", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
