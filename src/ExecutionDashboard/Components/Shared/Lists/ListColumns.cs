using System.Globalization;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>The columns that a list shows, in order. A change gives other columns; <see cref="ColumnText"/> is their text in an address.</summary>
/// <param name="Shown">The columns.</param>
/// <param name="Widths">Widths that the person gave columns, pixels; the others have their own.</param>
public sealed record ListColumns<T>(IReadOnlyList<T> Shown, IReadOnlyDictionary<T, int> Widths) where T : struct, Enum
{
    private readonly IReadOnlyDictionary<T, string>? _styles = Widths.Count == 0 ? null : Widths.ToDictionary(
        width => width.Key, width => string.Create(CultureInfo.InvariantCulture, $"width:{width.Value}px;min-width:{width.Value}px;max-width:{width.Value}px"));

    /// <summary>Reads the columns of an address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="standard">The columns without a text. The first of them has the links of the rows, and is always shown.</param>
    public static ListColumns<T> Parse(string? text, IReadOnlyList<T> standard)
    {
        var (shown, widths) = ColumnText.Parse(text, standard);
        if (!shown.Contains(standard[0])) shown = [standard[0], .. shown];
        return new(shown.SequenceEqual(standard) ? standard : shown, widths);
    }

    /// <summary>Without a column that is shown, with one that is not.</summary>
    public ListColumns<T> Toggle(T column) => new(Shown.Contains(column) ? [.. Shown.Except([column])] : ColumnText.With(Shown, column), Widths);

    /// <summary>With a column at another place.</summary>
    public ListColumns<T> Move(T column, int place)
    {
        var shown = Shown.Except([column]).ToList();
        shown.Insert(Math.Clamp(place, 0, shown.Count), column);
        return new(shown, Widths);
    }

    /// <summary>With a column as wide as the text says in pixels, or as wide as it is by itself when that is no number.</summary>
    public ListColumns<T> Size(T column, string? width)
    {
        var widths = Widths.Where(pair => !pair.Key.Equals(column)).ToDictionary();
        if (double.TryParse(width, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pixels)) widths[column] = (int)Math.Clamp(Math.Round(pixels), ColumnText.Narrowest, ColumnText.Widest);
        return new(Shown, widths);
    }

    /// <summary>With a column as wide as its edge was drawn in the browser, which says <c>job 240</c>; null when that makes no sense.</summary>
    public ListColumns<T>? SizeDrawn(string? said) =>
        (said ?? "").Split(' ') is [var name, var width] && Shown.Where(column => column.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).Take(1).ToList() is [var column] ? Size(column, width) : null;

    /// <summary>Style of the head and the cells of a column that has a width, in a table whose columns are as wide as their content; null without one.</summary>
    public string? Style(T column) => _styles?.GetValueOrDefault(column);
}
