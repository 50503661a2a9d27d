using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>Texts that look the same although their characters differ: composed and decomposed accents, zero-width characters, kinds of spaces.</summary>
public static class LookAlike
{
    /// <summary>Label for such texts.</summary>
    public const string Words = "look the same, differ in characters";

    /// <summary>Whether two texts look the same and are not.</summary>
    public static bool Are(string first, string second) =>
        !(Ascii.IsValid(first) && Ascii.IsValid(second)) && !string.Equals(first, second, StringComparison.Ordinal) && string.Equals(Seen(first), Seen(second), StringComparison.Ordinal);

    /// <summary>A normal form that is equal for all texts that look the same.</summary>
    public static string Seen(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune)) continue;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator) seen.Append(' ');
            else seen.Append(rune);
        }
        // Not string.Normalize: with InvariantGlobalization it returns its input.
        return ENSNormalize.NF.NFC(seen.ToString());
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0;
}
