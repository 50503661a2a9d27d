using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>
/// Markup from an interpolated text: <c>Markup.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>. Every hole is encoded, for text and for attributes within quotes
/// alike, unless it is markup itself. A list of many rows draws with it: the browser is sent one piece instead of a tree for each viewer.
/// </summary>
public static class Markup
{
    /// <summary>No markup.</summary>
    public static MarkupString None { get; } = new("");

    /// <summary>The markup.</summary>
    public static MarkupString Of(ref MarkupText text) => new(text.ToString());

    /// <summary>Pieces one after another.</summary>
    public static MarkupString All(IEnumerable<MarkupString> pieces) => new(string.Concat(pieces.Select(p => p.Value)));
}

/// <summary>Encodes the holes of an interpolated text: see <see cref="Markup"/>.</summary>
/// <param name="literals">Characters outside of the holes.</param>
/// <param name="holes">How many holes.</param>
[InterpolatedStringHandler]
public readonly ref struct MarkupText(int literals, int holes)
{
    private const int ExpectedHole = 24;
    // Quotes, ampersands and angle brackets are encoded whatever the ranges; letters of all alphabets need not be.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(literals + holes * ExpectedHole);

    /// <summary>What stands in the source.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>A text, which is encoded.</summary>
    public void AppendFormatted(string? text)
    {
        if (!string.IsNullOrEmpty(text)) _text.Append(Encoder.Encode(text));
    }

    /// <summary>A number.</summary>
    public void AppendFormatted(long number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

    /// <summary>Markup, as it is.</summary>
    public void AppendFormatted(MarkupString markup) => _text.Append(markup.Value);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
