using System.Text;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet;

/// <summary>Names with secret values in plain text: settings, log lines, YAML and JSON in a text, code.</summary>
internal static partial class SecretText
{
    /// <summary>Hides the values of secret names in a text; what only refers to a secret stays, and so does prose.</summary>
    public static string Mask(string text)
    {
        if (text.Contains("value", StringComparison.OrdinalIgnoreCase) || text.Contains("default", StringComparison.OrdinalIgnoreCase)) text = Pair().Replace(text, MaskPair);
        if (text.Contains("</", StringComparison.Ordinal)) text = Element().Replace(text, MaskPair);
        if (text.Contains("password ", StringComparison.Ordinal)) text = NetRc().Replace(text, entry => entry.Groups["start"].Value + SecretMask.Hidden);
        if (text.AsSpan().IndexOfAny(':', '=', '>') < 0) return text;
        StringBuilder? masked = null;
        var copied = 0;
        // A value is passed over only when it was hidden: that of "host" in "host=db password=x" has the next name in it.
        for (var name = Name().Match(text); name.Success; name = name.NextMatch())
        {
            var start = name.Index + name.Length;
            if (start < copied) continue;
            var facts = NameFacts.Of(NameIn(name));
            if (facts.Verdict == NameVerdict.Plain && !(facts.IsKey && name.Value.Contains('.', StringComparison.Ordinal))) continue;
            var value = AssignedValue.Of(text, name, facts);
            if (value.End <= value.Start && value.Hidden.Length == 0) continue;
            if (value.Hidden.AsSpan().SequenceEqual(text.AsSpan(value.Start, value.End - value.Start))) continue;
            (masked ??= new StringBuilder(text.Length)).Append(text, copied, value.Start - copied).Append(value.Hidden);
            copied = value.End;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // Of a path its last part: root.user.password; auth.key says more than key.
    private static ReadOnlySpan<char> NameIn(Match match)
    {
        var name = match.Groups["name"].ValueSpan.Trim('.');
        var dot = name.LastIndexOf('.');
        if (dot < 0) return name;
        var last = name[(dot + 1)..];
        return last is "key" or "value" ? name[(name[..dot].LastIndexOf('.') + 1)..] : last;
    }

    private static string MaskPair(Match pair)
    {
        var value = pair.Groups["value"].Value;
        return NameFacts.Of(pair.Groups["name"].ValueSpan) is { Verdict: NameVerdict.Plain, IsSecretHeader: false } ? pair.Value : pair.Groups["start"].Value + References.MaskSecret(value);
    }

    [GeneratedRegex("""(?<![\p{L}\p{N}_.\-]|\$\{\{?)(?<name>[\p{L}\p{N}_.\-]{1,200}(?: [Kk]ey| [Pp]assword| [Tt]oken| [Ss]ecret)?)\\*["']?\]?[ \t]{0,40}(?<sign>:=|=>|->|={2,3}|!=|[:=])[ \t]{0,40}""", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("""(?<start><(?<name>[\w.\-]{1,100})>)(?<value>[^<>\r\n]{1,2000})(?=</)""", RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    // machine h login bob password x
    [GeneratedRegex("""(?<start>(?<!\S)login\s{1,20}\S{1,200}\s{1,20}password\s{1,20})(?!•••)\S{1,500}""", RegexOptions.CultureInvariant)]
    private static partial Regex NetRc();

    // name: DB_PASSWORD, value: x: on one line or on two.
    [GeneratedRegex("""(?<start>(?<![\p{L}\p{N}_.\-])(?:name|key|variable|header|k)\\*["']?[ \t]{0,20}[:=][ \t]{0,20}\\*["']?(?<name>[\p{L}\p{N}_.\-]{1,120})\\*["']?[ \t]{0,20}[,\s][\s]{0,80}\\*["']?(?:value|default|v)\\*["']?[ \t]{0,20}[:=][ \t]{0,20}\\*["']?)(?<value>[^"'\\\r\n]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
