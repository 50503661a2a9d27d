using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Finds our own secret in a server's text: at least eight of its characters, in any case, in base64 (at any offset, as in <c>Basic</c>), URL-escaped or in
/// hexadecimal.
/// </summary>
internal sealed class SecretEchoes
{
    /// <summary>The replacement.</summary>
    public const string Hidden = "[hidden]";

    // Servers show about this much of a token to identify it; less would match ordinary words.
    private const int Shortest = 8;

    // Characters at the ends of a base64 fragment that also contain bits of the neighbouring text.
    private const int Edge = 3;

    private readonly SearchValues<string> _pieces;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _isPiece;
    private readonly int _length;

    private SecretEchoes(IEnumerable<string> pieces, int length)
    {
        var all = pieces.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        (_pieces, _isPiece, _length) = (SearchValues.Create([.. all], StringComparison.OrdinalIgnoreCase), all.GetAlternateLookup<ReadOnlySpan<char>>(), length);
    }

    /// <summary>For a secret; null when it is empty.</summary>
    public static SecretEchoes? Of(string? secret)
    {
        if (string.IsNullOrEmpty(secret)) return null;
        return secret.Length < Shortest ? new([secret], secret.Length) : new(Forms(secret).SelectMany(Pieces), Shortest);
    }

    /// <summary>The text with each occurrence replaced by <see cref="Hidden"/>.</summary>
    public string Hide(string text)
    {
        var at = text.AsSpan().IndexOfAny(_pieces);
        if (at < 0) return text;
        var shown = new StringBuilder(text.Length);
        var copied = 0;
        while (at >= 0)
        {
            var end = at + _length;
            while (end < text.Length && _isPiece.Contains(text.AsSpan(end + 1 - _length, _length))) end++;
            var start = at;
            if (_length == Shortest)
            {
                while (start > copied && at - start < Edge && IsBase64(text[start - 1])) start--;
                for (var i = 0; end < text.Length && (i < Edge ? IsBase64(text[end]) : text[end] == '='); i++) end++;
            }
            shown.Append(text, copied, start - copied).Append(Hidden);
            copied = end;
            at = text.AsSpan(copied).IndexOfAny(_pieces) is var next and >= 0 ? copied + next : -1;
        }
        return shown.Append(text, copied, text.Length - copied).ToString();
    }

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToHexString(bytes);
        for (var offset = 0; offset < 3; offset++)
        {
            var whole = (bytes.Length - offset) / 3 * 3;
            var base64 = Convert.ToBase64String(bytes, offset, whole);
            yield return base64;
            yield return base64.Replace('+', '-').Replace('/', '_');
        }
    }

    private static IEnumerable<string> Pieces(string form)
    {
        for (var start = 0; start + Shortest <= form.Length; start++) yield return form.Substring(start, Shortest);
    }

    private static bool IsBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_' or '=';
}
