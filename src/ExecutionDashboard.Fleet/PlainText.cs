using System.Buffers;
using System.Globalization;
using System.Text;

namespace ExecutionDashboard.Fleet;

/// <summary>
/// Makes plain text of text that was written for a terminal, or that hides characters. Terminal escapes (ECMA-48: colours, titles, cursor movement) are removed. Of a
/// line that was overwritten (<c>10%\r55%\r100%</c>) the last state is kept. Characters that change the text direction become a visible mark such as <c>[U+202E]</c>.
/// Line ends become <c>\n</c>.
/// </summary>
public static class PlainText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private const char StringEnd = '\u009c';

    // The characters with the Unicode property Bidi_Control. They are invisible and can make a text look like another one.
    private const string Directions = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    private static readonly string Controls = new([.. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\n'))]);
    private static readonly SearchValues<char> Odd = SearchValues.Create(Controls + Directions + "\u2028\u2029");
    private static readonly SearchValues<char> DirectionControls = SearchValues.Create(Directions);
    private static readonly SearchValues<char> Unseen = SearchValues.Create(
        Controls.Replace("\r", "", StringComparison.Ordinal) + new string([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format)]));

    /// <summary>The plain text; the same object when the text is plain already.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAny(Odd) is var first and >= 0 ? Clean(text, first) : text;

    /// <summary>The text with only the direction characters marked; for source text, of which nothing may be removed.</summary>
    public static string Marked(string text)
    {
        if (text.AsSpan().IndexOfAny(DirectionControls) < 0) return text;
        var marked = new StringBuilder(text.Length + 16);
        foreach (var c in text) Append(marked, c);
        return marked.ToString();
    }

    /// <summary>
    /// The text without escapes and invisible characters, as people see it, so that a secret cannot be split by them. The same object when there are none.
    /// </summary>
    internal static string Bare(string text)
    {
        if (text.AsSpan().IndexOfAny(Unseen) < 0) return text;
        var bare = new StringBuilder(text.Length);
        var endless = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (EndOfEscape(text, i, ref endless) is > 0 and var end) i = end - 1;
            else if (!Unseen.Contains(text[i])) bare.Append(text[i]);
        }
        return bare.ToString();
    }

    private static string Clean(string text, int first)
    {
        var clean = new StringBuilder(text.Length).Append(text, 0, first);
        var line = text.LastIndexOf('\n', Math.Max(0, first - 1)) is var end and >= 0 && end < first ? end + 1 : 0;
        var (isReturned, endless) = (false, 0);
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (EndOfEscape(text, i, ref endless) is > 0 and var after)
            {
                i = after - 1;
                continue;
            }
            if (c == '\r')
            {
                // A return before a line end belongs to the line end; elsewhere the following text overwrites the line.
                isReturned = true;
                continue;
            }
            if (c is '\n' or '\u2028' or '\u2029')
            {
                clean.Append('\n');
                (line, isReturned) = (clean.Length, false);
                continue;
            }
            if (c is '\0' or Bell) continue;
            if (c == '\b')
            {
                if (clean.Length > line) clean.Length--;
                continue;
            }
            if (isReturned) clean.Length = line;
            isReturned = false;
            if (char.IsControl(c) && c != '\t') clean.Append(' ');
            else Append(clean, c);
        }
        return clean.ToString();
    }

    private static void Append(StringBuilder text, char c)
    {
        if (DirectionControls.Contains(c)) text.Append(CultureInfo.InvariantCulture, $"[U+{(int)c:X4}]");
        else text.Append(c);
    }

    /// <summary>
    /// End of the escape that starts at an index; 0 when none does. An unfinished escape extends to the end of the text, but an unfinished string does not, because
    /// it could hide the rest.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The index.</param>
    /// <param name="endless">No string ends before this index; found once for the whole text.</param>
    private static int EndOfEscape(string text, int at, ref int endless)
    {
        var c = text[at];
        if (c is >= '\u0090' and <= '\u009f') return c switch { '\u009b' => EndOfSequence(text, at + 1), '\u0090' or '\u0098' or '\u009d' or '\u009e' or '\u009f' => EndOfString(text, at + 1, ref endless), _ => 0 };
        if (c != Escape) return 0;
        if (++at == text.Length) return at;
        return text[at] switch
        {
            '[' => EndOfSequence(text, at + 1),
            ']' or 'P' or 'X' or '^' or '_' => EndOfString(text, at + 1, ref endless),
            _ => EndOfShort(text, at),
        };
    }

    // ESC [ parameters, intermediates, final.
    private static int EndOfSequence(string text, int at)
    {
        while (at < text.Length && text[at] is >= '0' and <= '?') at++;
        while (at < text.Length && text[at] is >= ' ' and <= '/') at++;
        return at < text.Length && text[at] is >= '@' and <= '~' ? at + 1 : at;
    }

    // ESC intermediates, final: character sets, saved cursors.
    private static int EndOfShort(string text, int at)
    {
        while (at < text.Length && text[at] is >= ' ' and <= '/') at++;
        return at < text.Length && text[at] is >= '0' and <= '~' ? at + 1 : at;
    }

    // ESC ] text, then a bell or ESC \: titles, links, commands for the terminal.
    private static int EndOfString(string text, int start, ref int endless)
    {
        var at = start;
        if (start < endless) return start;
        for (; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] is Bell or StringEnd) return at + 1;
            if (text[at] == Escape && at + 1 < text.Length && text[at + 1] == '\\') return at + 2;
        }
        endless = at;
        return start;
    }
}
