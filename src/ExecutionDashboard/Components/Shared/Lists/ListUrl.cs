using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>State of a live list page as its address has it. Each page adds its own parts.</summary>
/// <typeparam name="TQuery">Filters and sort.</typeparam>
/// <typeparam name="TColumn">A column of the list.</typeparam>
/// <param name="Query">Filters and sort.</param>
/// <param name="Columns">Columns shown, in order.</param>
public abstract record ListUrl<TQuery, TColumn>(TQuery Query, IReadOnlyList<TColumn> Columns)
    where TColumn : struct, Enum
{
    /// <summary>Widths that the person gave columns, pixels; the others have their own.</summary>
    public IReadOnlyDictionary<TColumn, int> Widths { get; init; } = NoWidths;

    /// <summary>Widths of a list whose columns have their own.</summary>
    protected static IReadOnlyDictionary<TColumn, int> NoWidths { get; } = new Dictionary<TColumn, int>();

    /// <summary>The columns for the address: see <see cref="ColumnText.ToUrl"/>.</summary>
    protected string? ColumnsIn(IReadOnlyList<TColumn> standard) => ColumnText.ToUrl(Columns, Widths, standard);

    /// <summary>The same without the rows that are open or selected: the view that the browser keeps.</summary>
    public abstract ListUrl<TQuery, TColumn> WithoutSelection { get; }

    /// <summary>Equal for addresses that list the same rows in the same order. The browser keeps the scroll position under it.</summary>
    public abstract string ListKey { get; }

    /// <summary>A short text of the filters, for example <c>failed, region=eu-west</c>.</summary>
    public abstract string Describe(FleetStore store);

    /// <summary>The address; the bare path for the default view.</summary>
    public abstract override string ToString();

    /// <summary>Joins the parts of an address that are not empty.</summary>
    protected static string Join(string path, params ReadOnlySpan<string> parts)
    {
        var query = string.Join('&', parts.ToArray().Where(p => p.Length > 0));
        return query.Length > 0 ? $"{path}?{query}" : path;
    }
}
