using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>
/// Builds markup from an interpolated string: <c>Markup.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>. Values are encoded, for text and quoted attributes, unless they are
/// markup themselves. Lists with many rows use it, because the browser gets one piece instead of a render tree per viewer.
/// </summary>
public static class Markup
{
    /// <summary>No markup.</summary>
    public static MarkupString None { get; } = new("");

    /// <summary>The markup.</summary>
    public static MarkupString Of(ref MarkupText text) => new(text.ToString());

    /// <summary>Joins pieces.</summary>
    public static MarkupString All(IEnumerable<MarkupString> pieces) => new(string.Concat(pieces.Select(p => p.Value)));
}

/// <summary>Encodes the values of an interpolated string: see <see cref="Markup"/>.</summary>
/// <param name="literals">Number of literal characters.</param>
/// <param name="holes">Number of values.</param>
[InterpolatedStringHandler]
public readonly ref struct MarkupText(int literals, int holes)
{
    private const int ExpectedHole = 24;
    // Quotes, ampersands and angle brackets are always encoded; letters of all alphabets need no encoding.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(literals + holes * ExpectedHole);

    /// <summary>A literal part.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>A text; it is encoded.</summary>
    public void AppendFormatted(string? text)
    {
        if (!string.IsNullOrEmpty(text)) _text.Append(Encoder.Encode(text));
    }

    /// <summary>A number.</summary>
    public void AppendFormatted(long number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

    /// <summary>Markup; it is not encoded.</summary>
    public void AppendFormatted(MarkupString markup) => _text.Append(markup.Value);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
