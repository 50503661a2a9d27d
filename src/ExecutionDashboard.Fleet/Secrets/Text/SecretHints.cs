namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Characteristics of a text, so that a rule is applied only to texts in which it can find something.</summary>
[Flags]
internal enum TextSign
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>A colon.</summary>
    Colon = 1,
    /// <summary>An equals sign.</summary>
    Equals = 2,
    /// <summary>An @.</summary>
    At = 4,
    /// <summary>A quote of any kind.</summary>
    Quote = 8,
    /// <summary>A slash.</summary>
    Slash = 16,
    /// <summary>A dollar.</summary>
    Dollar = 32,
    /// <summary>A less-than or greater-than sign.</summary>
    Angle = 64,
    /// <summary>The start of a query: ?, &amp; or #.</summary>
    Query = 128,
    /// <summary>A space.</summary>
    Space = 256,
    /// <summary>A digit.</summary>
    Digit = 512,
    /// <summary>A hyphen.</summary>
    Hyphen = 1024,
    /// <summary>A hyphen at the start of a command flag.</summary>
    Flag = 2048,
    /// <summary>A run of letters, digits and base64 signs with a digit, as long as a token.</summary>
    LongRun = 4096,
    /// <summary>A run of such characters, dots and dollars as long as the shortest token.</summary>
    Word = 8192,
    /// <summary>A parenthesis.</summary>
    Call = 16384,
    /// <summary>A brace.</summary>
    Brace = 32768,
}

/// <summary>Finds the characteristics of a text in one pass.</summary>
internal static class SecretHints
{
    private const int LongestWord = 12, LongestRun = 16;
    private const int Run = 1 << 20, Dotted = 1 << 21, Boundary = 1 << 22;

    private static readonly int[] OfSign = Table();

    /// <summary>The characteristics of a text.</summary>
    public static TextSign Of(string text)
    {
        var (seen, run, word, runSeen, before) = (0, 0, 0, 0, Boundary);
        foreach (var c in text)
        {
            var sign = c < 128 ? OfSign[c] : 0;
            seen |= sign;
            if ((sign & Run) != 0)
            {
                run++;
                runSeen |= sign;
                if (run >= LongestRun && (runSeen & (int)TextSign.Digit) != 0) seen |= (int)TextSign.LongRun;
                if (++word >= LongestWord) seen |= (int)TextSign.Word;
                if (c == '-' && (before & Boundary) != 0) seen |= (int)TextSign.Flag;
            }
            else
            {
                (run, runSeen) = (0, 0);
                word = (sign & Dotted) != 0 ? word + 1 : 0;
            }
            before = sign;
        }
        return (TextSign)(seen & (Run - 1));
    }

    private static int[] Table()
    {
        var table = new int[128];
        for (var c = 0; c < 128; c++)
        {
            var sign = (char)c;
            if (char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '+' or '/' or '=') table[c] |= Run;
            if (sign is '.' or '$') table[c] |= Dotted;
            if (char.IsWhiteSpace(sign) || sign is '"' or '\'' or '`' or '(' or '=' or ',' or '[') table[c] |= Boundary;
            table[c] |= (int)(sign switch
            {
                ':' => TextSign.Colon,
                '=' => TextSign.Equals,
                '@' => TextSign.At,
                '"' or '\'' or '`' => TextSign.Quote,
                '/' => TextSign.Slash,
                '$' => TextSign.Dollar,
                '<' or '>' => TextSign.Angle,
                '?' or '&' or '#' => TextSign.Query,
                ' ' => TextSign.Space,
                >= '0' and <= '9' => TextSign.Digit,
                '-' => TextSign.Hyphen,
                '(' => TextSign.Call,
                '{' => TextSign.Brace,
                _ => TextSign.None,
            });
        }
        return table;
    }
}
