using System.Globalization;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>Columns of a list in an address, in order, with the widths that a person gave them in pixels: <c>state,job.240,node</c>.</summary>
public static class ColumnText
{
    /// <summary>Narrowest and widest column, pixels.</summary>
    public const int Narrowest = 40, Widest = 1_200;

    /// <summary>Reads columns as <see cref="ToUrl"/> writes them. What is no column is left out; the standard ones where none is left.</summary>
    /// <param name="text">The text.</param>
    /// <param name="standard">Returned itself when the columns are those.</param>
    public static (IReadOnlyList<T> Columns, IReadOnlyDictionary<T, int> Widths) Parse<T>(string? text, IReadOnlyList<T> standard) where T : struct, Enum
    {
        var (columns, widths) = (new List<T>(), new Dictionary<T, int>());
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, width) = part.Split('.', 2) is [var first, var second] ? (first, second) : (part, "");
            // Enum reads numbers, too.
            if (name.Length == 0 || !char.IsLetter(name[0]) || !Enum.TryParse<T>(name, ignoreCase: true, out var column) || !Enum.IsDefined(column) || columns.Contains(column)) continue;
            columns.Add(column);
            if (int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels)) widths[column] = Math.Clamp(pixels, Narrowest, Widest);
        }
        return (columns.Count == 0 || columns.SequenceEqual(standard) ? standard : columns, widths);
    }

    /// <summary>The columns for an address; null for the standard ones in their own widths.</summary>
    public static string? ToUrl<T>(IReadOnlyList<T> columns, IReadOnlyDictionary<T, int> widths, IReadOnlyList<T> standard) where T : struct, Enum =>
        columns.SequenceEqual(standard) && !columns.Any(widths.ContainsKey) ? null
        : string.Join(',', columns.Select(column => widths.TryGetValue(column, out var width) ? string.Create(CultureInfo.InvariantCulture, $"{column}.{width}") : column.ToString())).ToLowerInvariant();

    /// <summary>Style of the head of a column that has a width; null without one.</summary>
    public static string? Style<T>(IReadOnlyDictionary<T, int> widths, T column) where T : struct, Enum => widths.TryGetValue(column, out var width) ? string.Create(CultureInfo.InvariantCulture, $"width:{width}px") : null;

    /// <summary>The columns with one more, where it is among those that are always in this order.</summary>
    public static IReadOnlyList<T> With<T>(IReadOnlyList<T> columns, T added) where T : struct, Enum
    {
        var before = columns.TakeWhile(column => Comparer<T>.Default.Compare(column, added) < 0).Count();
        return [.. columns.Take(before), added, .. columns.Skip(before)];
    }
}
