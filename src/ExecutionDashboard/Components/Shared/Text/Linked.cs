using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>External texts with their addresses as links, such as those of runbooks. Only <c>http</c> and <c>https</c>; the page that is opened is not told from where.</summary>
public static class Linked
{
    private const int LongestAddress = 2_000;
    private const string AtEnd = ".,;:!?'*";

    // Of RFC 3986, without brackets and quotes: those rather stand around an address. Letters of other alphabets could look like those of another host.
    private static readonly SearchValues<char> InAddress = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#@!$&'()*+,;=%");

    /// <summary>A text of one or more lines, masked as by <see cref="Masked.Text"/>.</summary>
    public static MarkupString Text(string text) => Of(Masked.Text(text));

    /// <summary>A named value, masked as by <see cref="Masked.Pair"/>.</summary>
    public static MarkupString Pair(string name, string value) => Of(Masked.Pair(name, value));

    /// <summary>A text that is masked already.</summary>
    public static MarkupString Of(string masked)
    {
        var from = Next(masked, 0);
        if (from < 0) return Markup.Of($"{masked}");
        var pieces = new StringBuilder();
        var written = 0;
        while (from >= 0)
        {
            var length = LengthOf(masked.AsSpan(from));
            if (length > 0 && IsSafe(masked, from, length))
            {
                var address = masked.Substring(from, length);
                pieces.Append(Markup.Of($"""{masked[written..from]}<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">{address}</a>""").Value);
                written = from + length;
            }
            from = Next(masked, from + Math.Max(length, 1));
        }
        return new(pieces.Append(Markup.Of($"{masked[written..]}").Value).ToString());
    }

    private static int Next(string text, int from)
    {
        for (; from < text.Length && text.IndexOf("http", from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at; from = at + 1)
        {
            var rest = text.AsSpan(at);
            if ((rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))) return at;
        }
        return -1;
    }

    private static int LengthOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(InAddress);
        if (end < 0) end = text.Length;
        // What ends a sentence, and a bracket that was opened before it, is not of the address.
        while (end > 0 && (AtEnd.Contains(text[end - 1], StringComparison.Ordinal) || (text[end - 1] == ')' && text[..end].Count(')') > text[..end].Count('(')))) end--;
        return end;
    }

    // An address that is cut by a masked secret leads nowhere; one with a user before its host looks like another one.
    private static bool IsSafe(string text, int from, int length) =>
        length <= LongestAddress && (from + length >= text.Length || text[from + length] is not '•' and not '[' && !char.IsLetterOrDigit(text[from + length]))
        && Uri.TryCreate(text.Substring(from, length), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0 && address.UserInfo.Length == 0;
}
