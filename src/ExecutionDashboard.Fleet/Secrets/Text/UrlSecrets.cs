using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Secrets in URLs: user info, query parameters, and webhook paths that are a secret themselves.</summary>
internal static partial class UrlSecrets
{
    private const int LongestUserInfo = 512;

    // Without any of these a path has no secret.
    private static readonly SearchValues<string> PathWords = SearchValues.Create(
        ["hook", "telegram", "bot", "integration", "input", "token", "key", "secret", "heartbeat", "ping", "/in/", "ingest", "alert", "services", "catch", "ifttt", "discord", "logic.azure", "chat.google", "make.com", "pushcut", "cronitor", "nosnch"], StringComparison.OrdinalIgnoreCase);

    // Secret as query parameters; elsewhere they mean nothing.
    private static readonly string[] QueryNames =
    [
        "key", "code", "sig", "signature", "hmac", "ticket", "otp", "passcode", "appid", "hash", "sid", "sessionid", "session", "nonce", "access", "assertion", "samlresponse", "samlrequest", "codeverifier", "pin", "auth", "apitoken", "credential",
        "xamzcredential", "xgoogcredential", "awsaccesskeyid", "googleaccessid", "sign", "license", "hapikey", "userkey", "invite", "keypairid",
    ];

    /// <summary>Whether a whole text is a URL.</summary>
    public static bool IsUrl(string text) => WholeUrl().IsMatch(text);

    /// <summary>Masks the secrets of all URLs in a text.</summary>
    public static string Mask(string text) => Mask(text, SecretHints.Of(text));

    /// <summary>Masks the secrets of all URLs in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signs">Which characters it contains.</param>
    public static string Mask(string text, TextSign signs)
    {
        if ((signs & (TextSign.Colon | TextSign.Slash)) == (TextSign.Colon | TextSign.Slash) && text.Contains("://", StringComparison.Ordinal))
        {
            if ((signs & TextSign.At) != 0) text = MaskUserInfo(text);
            if (text.AsSpan().IndexOfAny(PathWords) >= 0) text = MaskPaths(text);
        }
        const TextSign query = TextSign.Query | TextSign.Equals;
        return (signs & query) == query ? Query().Replace(text, MaskQuery) : text;
    }

    private static string MaskQuery(Match query)
    {
        var name = query.Groups["name"].ValueSpan;
        var value = query.Groups["value"].Value;
        if (value.Length == 0 || !(IsSecretName(name) || (name.Length == 1 && OpaqueValue.Is(value)))) return query.Value;
        // An HTTP status or a count: code=404.
        if (value.Length <= 4 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && NameFacts.Of(name).Verdict != NameVerdict.Secret) return query.Value;
        var masked = References.MaskSecret(value);
        return masked == value ? query.Value : string.Concat(query.ValueSpan[..^value.Length], masked);
    }

    private static bool IsSecretName(ReadOnlySpan<char> name)
    {
        var facts = NameFacts.Of(name);
        if (facts.Verdict != NameVerdict.Plain || facts.IsSecretHeader) return true;
        Span<char> letters = stackalloc char[Math.Min(name.Length, 64)];
        var count = 0;
        foreach (var c in name)
            if (char.IsLetterOrDigit(c) && count < letters.Length) letters[count++] = char.ToLowerInvariant(c);
        foreach (var known in QueryNames)
            if (letters[..count].SequenceEqual(known)) return true;
        return false;
    }

    private static string MaskUserInfo(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = at < text.Length ? text.IndexOf("://", at, StringComparison.Ordinal) : -1)
        {
            var start = at += 3;
            var end = EndOfUserInfo(text, start);
            if (end < 0) continue;
            at = end;
            var info = text[start..end];
            var hidden = MaskUser(info);
            if (hidden == info) continue;
            (masked ??= new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(hidden);
            copied = end;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The masked user info of a URL: all of it, unless the password, or the only part, is just a reference.</summary>
    internal static string MaskUser(string info)
    {
        if (info is SecretMask.Hidden or "git" or "") return info;
        if (info.AsSpan().IndexOfAny('$', '{') < 0) return SecretMask.Hidden;
        var colon = EndOfUser(info);
        if (colon < 0) return References.MaskSecret(info);
        var (user, password) = (info[..colon], info[(colon + 1)..]);
        var hidden = References.MaskSecret(password);
        // A reference with a default stays readable; a plain password is masked together with the user.
        return hidden == password || hidden.Contains('$', StringComparison.Ordinal) ? (user.Contains('$', StringComparison.Ordinal) ? References.MaskSecret(user) : user) + ":" + hidden : SecretMask.Hidden;
    }

    // The colon after the user, not the one of a default in a reference.
    private static int EndOfUser(string info)
    {
        for (var i = 0; i < info.Length; i++)
        {
            if (info[i] == ':') return i;
            if (info[i] == '$' && References.EndOf(info, i, out _) is > 0 and var end) i = end - 1;
        }
        return -1;
    }

    /// <summary>Index of the @ after the user info; -1 without one. Also finds passwords with / ? or #, although such a text is no valid URL.</summary>
    private static int EndOfUserInfo(string text, int start)
    {
        var (last, colon, i) = (-1, -1, start);
        for (; i < text.Length && !IsEnd(text[i]) && text[i] is not ('/' or '?' or '#'); i++)
        {
            if (text[i] == '@') last = i;
            else if (text[i] == ':' && colon < 0) colon = i;
            else if (text[i] == '$' && References.EndOf(text, i, out _) is > 0 and var end) i = end - 1;
        }
        if (last >= 0) return last;
        if (colon <= start || i >= text.Length || IsEnd(text[i])) return -1;
        var looksLikePort = text.AsSpan(colon + 1, i - colon - 1) is { Length: > 0 and <= 5 } port && port.IndexOfAnyExceptInRange('0', '9') < 0;
        if (looksLikePort && IsWeb(text, start)) return -1;
        for (var most = Math.Min(text.Length, start + LongestUserInfo); i < most && !IsEnd(text[i]); i++)
            if (text[i] == '@') last = i;
        return last >= 0 && (!looksLikePort || IsHostAt(text, last + 1)) ? last : -1;
    }

    private static bool IsWeb(string text, int start) => start >= 7 && (text.AsSpan(0, start).EndsWith("http://", StringComparison.OrdinalIgnoreCase) || text.AsSpan(0, start).EndsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.AsSpan(0, start).EndsWith("ws://", StringComparison.OrdinalIgnoreCase) || text.AsSpan(0, start).EndsWith("wss://", StringComparison.OrdinalIgnoreCase));

    private static bool IsHostAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_' or '[' or ']')) end++;
        return end > at && (end == text.Length || text[end] is ':' or '/' or '?' || IsEnd(text[end]));
    }

    private static bool IsEnd(char c) => char.IsWhiteSpace(c) || c is '"' or '\'' or '<' or '>' or '`' or '|';

    private static string MaskPaths(string text)
    {
        text = Webhook().Replace(text, match => match.Groups["start"].Value + SecretMask.Hidden);
        return Segments().Replace(text, MaskSegments);
    }

    private static string MaskSegments(Match match)
    {
        var segments = match.Groups["value"].Value.Split('/');
        for (var i = 0; i < segments.Length; i++)
            if (OpaqueValue.Is(segments[i]) || Guid.TryParseExact(segments[i], "D", out _)) segments[i] = SecretMask.Hidden;
        return match.Groups["start"].Value + string.Join('/', segments);
    }

    [GeneratedRegex("""^[A-Za-z][A-Za-z0-9+.\-]{0,30}://[^\s"'<>]*$""", RegexOptions.CultureInvariant)]
    private static partial Regex WholeUrl();

    [GeneratedRegex("""[?&#](?<name>[A-Za-z0-9_.\-\[\]%~$]{1,64})=(?<value>(?:\$\{[^}\r\n]*\}|[^&\s"'<>#`|])*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Query();

    // Services whose whole path is the secret.
    [GeneratedRegex("""(?<start>://(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/|(?:[a-z]+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/|[^/\s"'<>]{0,200}webhook\.office\.com/(?>(?:webhookb2/)?)|outlook\.office(?:365)?\.com/webhook/|hooks\.zapier\.com/hooks/catch/|api\.telegram\.org/(?:file/)?bot|maker\.ifttt\.com/trigger/[^/\s"'<>]{1,80}/(?:json/)?with/key/|logs-\d+\.loggly\.com/(?:inputs|bulk)/|open\.(?:feishu|larksuite)\.(?:cn|com)/open-apis/bot/v2/hook/|hc-ping\.com/|[^/\s"'<>]{0,80}hook\.(?:[a-z0-9]+\.)?make\.com/|webhook\.site/|hooks\.chime\.aws/incomingwebhooks/|chat\.googleapis\.com/v1/spaces/|alert\.victorops\.com/integrations/generic/\d+/alert/|[^/\s"'<>]{0,80}logic\.azure\.com(?::443)?/workflows/|api\.pushcut\.io/|cronitor\.link/p/|uptime\.betterstack\.com/api/v1/heartbeat/|nosnch\.in/))(?!•••)[^\s"'<>?#]+""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Webhook();

    // The part after the word, unless it is a word itself: /integration/KEY/, /hooks/KEY, /bot123:KEY.
    [GeneratedRegex("""(?<start>/(?:integrations?|webhooks?|webhookb2|incomingwebhooks?|hooks?|hook|catch|inputs?|tokens?|keys?|apikeys?|api-keys?|secrets?|heartbeats?|ping|in|ingest|alerts?|services|bot\d{0,20}:?)/?)(?<value>[A-Za-z0-9_\-:.~=%]{1,200}(?:/[A-Za-z0-9_\-:.~=%]{1,200}){0,2})""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Segments();
}
