namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A part of a line for rendering.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Css">Its CSS classes; with <c>found</c> for a search hit.</param>
public readonly record struct SpecPart(string Text, string Css);

/// <summary>Splits a line into coloured parts and search hits.</summary>
public static class SpecParts
{
    /// <summary>The parts of a line, in order, without gaps.</summary>
    public static IEnumerable<SpecPart> Of(SpecLine line, SpecSyntax syntax, string sought)
    {
        var text = line.Text;
        var found = sought.Length == 0 ? -1 : text.IndexOf(sought, StringComparison.OrdinalIgnoreCase);
        foreach (var token in SpecColours.Of(line, syntax))
        {
            var at = token.Start;
            while (found >= 0 && found < token.End && at < token.End)
            {
                if (found > at) yield return new(text[at..found], token.Css);
                var from = Math.Max(at, found);
                var end = Math.Min(found + sought.Length, token.End);
                if (end > from) yield return new(text[from..end], token.Css + " found");
                at = Math.Max(at, end);
                // The hit continues in the next token; look for the next hit only after it ends.
                if (found + sought.Length > token.End) break;
                found = text.IndexOf(sought, found + sought.Length, StringComparison.OrdinalIgnoreCase);
            }
            if (at < token.End) yield return new(text[at..token.End], token.Css);
        }
    }
}
