using System.Text;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Names with secret values in plain text: settings, log lines, YAML, JSON and XML in a text, code.</summary>
internal static partial class SecretText
{
    private const int LongestGap = 200;

    /// <summary>Masks the values of secret names in a text; references to secrets and prose are kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signs">Which characters it contains.</param>
    public static string Mask(string text, TextSign signs)
    {
        if ((signs & TextSign.Angle) != 0 && text.Contains("</", StringComparison.Ordinal)) text = Element().Replace(text, MaskElement);
        StringBuilder? masked = null;
        var copied = 0;
        // Position of the last secret name that was itself a value: name: DB_PASSWORD, value: x.
        var named = -LongestGap;
        // Skip a value only if it was masked: in "host=db password=x" the value of host contains the next name.
        for (var name = AssignedName.Next(text, 0); name.Length > 0; name = AssignedName.Next(text, Math.Max(name.ValueStart, copied)))
        {
            if (name.ValueStart < copied) continue;
            var facts = NameFacts.Of(name.In(text));
            if (facts.IsNamer && IsNameOfASecret(text, name.ValueStart)) named = name.ValueStart;
            var isNamed = facts.IsNamed && name.ValueStart - named < LongestGap;
            if (isNamed) facts = NameFacts.Password;
            else if (facts.Verdict == NameVerdict.Plain && !(facts.IsKey && text.AsSpan(0, name.Start).EndsWith("let "))) continue;
            var value = AssignedValue.Of(text, name, facts);
            if (value.Hidden.AsSpan().SequenceEqual(text.AsSpan(value.Start, value.End - value.Start))) continue;
            (masked ??= new StringBuilder(text.Length)).Append(text, copied, value.Start - copied).Append(value.Hidden);
            copied = value.End;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // A name alone, not the start of a sentence.
    private static bool IsNameOfASecret(string text, int at)
    {
        while (at < text.Length && text[at] is '\\' or '"' or '\'') at++;
        var end = at;
        while (end < text.Length && end - at < 120 && AssignedName.IsNameSign(text[end])) end++;
        return end > at && (end == text.Length || text[end] is '"' or '\'' or '\\' or ',' or '\r' or '\n' or ' ' or '}')
            && NameFacts.Of(text.AsSpan(at, end - at)) is not { Verdict: NameVerdict.Plain, IsSecretHeader: false };
    }

    private static string MaskElement(Match element) => NameFacts.Of(element.Groups["name"].ValueSpan).Verdict == NameVerdict.Plain
        ? element.Value : element.Groups["start"].Value + References.MaskSecret(element.Groups["value"].Value);

    [GeneratedRegex("""(?<start><(?<name>[\w.\-]{1,100})>)(?<value>[^<>\r\n]{1,2000})(?=</)""", RegexOptions.CultureInvariant)]
    private static partial Regex Element();
}
