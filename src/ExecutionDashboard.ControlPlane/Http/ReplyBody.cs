using System.Buffers;
using System.Text;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>The body of a reply, in a rented array that is returned on disposal. Never longer than the limit.</summary>
internal sealed class ReplyBody : IDisposable
{
    private const int UnknownSize = 16 * 1024;

    // Up to this size the Content-Length is trusted; more is rented as it arrives.
    private const int TrustedSize = 4 * 1024 * 1024;

    // A pool of its own: the shared one keeps arrays for each thread and core, which came to fifty of 2 MB after a first load.
    private static readonly ArrayPool<byte> Arrays = ArrayPool<byte>.Create(TrustedSize, maxArraysPerBucket: 2);

    private byte[] _bytes;

    private ReplyBody(byte[] bytes) => _bytes = bytes;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Whether it looks like an HTML page of a proxy or login.</summary>
    public bool IsHtml => Bytes.Span.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];

    public bool IsBlank => Bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>The body as text, at most <paramref name="max"/> characters.</summary>
    public string Text(int max)
    {
        var text = Encoding.UTF8.GetString(Bytes.Span[..Math.Min(Length, max * 4)]);
        return text.Length <= max ? text : text[..max];
    }

    /// <summary>Reads a reply's body; null when it is longer than <paramref name="limit"/> bytes.</summary>
    public static async Task<ReplyBody?> ReadAsync(HttpContent content, long limit, CancellationToken cancel)
    {
        if (content.Headers.ContentLength > limit) return null;
        var size = Math.Min(content.Headers.ContentLength + 1 ?? UnknownSize, TrustedSize);
        var body = new ReplyBody(Arrays.Rent((int)size));
        var whole = false;
        try
        {
            var stream = await content.ReadAsStreamAsync(cancel);
            await using (stream)
            {
                whole = await body.FillAsync(stream, limit, cancel);
            }
            return whole ? body : null;
        }
        finally
        {
            if (!whole) body.Dispose();
        }
    }

    private async Task<bool> FillAsync(Stream stream, long limit, CancellationToken cancel)
    {
        while (true)
        {
            if (Length == _bytes.Length) Grow();
            var read = await stream.ReadAsync(_bytes.AsMemory(Length), cancel);
            if (read == 0) return true;
            Length += read;
            if (Length > limit) return false;
        }
    }

    private void Grow()
    {
        var larger = Arrays.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, Length).CopyTo(larger);
        Arrays.Return(_bytes);
        _bytes = larger;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) Arrays.Return(_bytes);
        (_bytes, Length) = ([], 0);
    }
}
