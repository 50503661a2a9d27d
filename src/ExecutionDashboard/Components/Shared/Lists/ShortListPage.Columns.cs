using ExecutionDashboard.Fleet.Store.Queries;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>A short list with columns that a person can order, hide and size. The address has them.</summary>
/// <typeparam name="TRow">A row.</typeparam>
/// <typeparam name="TColumn">A column of the list.</typeparam>
public abstract class ShortListPage<TRow, TColumn> : ShortListPage<TRow>
    where TRow : class
    where TColumn : struct, Enum
{
    private const string ColumnsKey = "cols";
    private string? _text;

    /// <summary>The columns without any in the address. The first of them has the links of the rows.</summary>
    protected abstract IReadOnlyList<TColumn> Standard { get; }

    /// <summary>The columns shown.</summary>
    protected ListColumns<TColumn> Columns { get; private set; } = null!;

    // Other columns are no other list: rows stay, and what is new waits.
    /// <inheritdoc/>
    protected override string ListIn(string address) => Without(base.ListIn(address), ColumnsKey);

    /// <inheritdoc/>
    protected override void ReadLook(string address)
    {
        var text = ColumnsIn(address);
        if (Columns is not null && text == _text) return;
        (_text, Columns) = (text, ListColumns<TColumn>.Parse(text, Standard));
    }

    /// <inheritdoc/>
    protected override string WithColumns(string own) => WithColumns(own, Columns);

    /// <summary>A kept address as this page writes it, and in words.</summary>
    /// <param name="address">The address.</param>
    /// <param name="own">What it lists, as this page writes it.</param>
    /// <param name="words">What it lists, in words.</param>
    protected ViewWords Look(string address, string own, params IEnumerable<string> words)
    {
        var (group, columns) = (GroupIn(address), ListColumns<TColumn>.Parse(ColumnsIn(address), Standard));
        var grouped = WithGroup(own, group);
        var whole = WithColumns(grouped, columns);
        var said = string.Join(", ", words.Append(group.Length > 0 ? "by " + group : "").Where(w => w.Length > 0));
        return new(whole, said.Length > 0 ? said : whole != grouped ? "other columns" : whole != Path ? "sorted" : "");
    }

    /// <summary>Shows a column, or hides it.</summary>
    protected void ToggleColumn(TColumn column)
    {
        if (!column.Equals(Standard[0])) Show(Columns.Toggle(column));
    }

    /// <summary>Gives a column another place.</summary>
    protected void MoveColumn((TColumn Column, int Place) move) => Show(Columns.Move(move.Column, move.Place));

    /// <summary>Gives a column a width in pixels, or its own when that is no number.</summary>
    protected void SizeColumn((TColumn Column, string? Width) size) => Show(Columns.Size(size.Column, size.Width));

    /// <summary>The edge of a column was drawn in the browser.</summary>
    protected void SizeDrawn(ChangeEventArgs change)
    {
        if (Columns.SizeDrawn(change.Value?.ToString()) is { } columns) Show(columns);
    }

    private void Show(ListColumns<TColumn> columns)
    {
        // The address comes back a moment later; the next click may be sooner.
        Columns = columns;
        Navigation.NavigateTo(WithColumns(Without(Here, ColumnsKey), columns), replace: true);
    }

    private string WithColumns(string own, ListColumns<TColumn> columns) =>
        ColumnText.ToUrl(columns.Shown, columns.Widths, Standard) is { } text ? $"{own}{(own.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{ColumnsKey}={text}" : own;

    private static string ColumnsIn(string address) => QueryText.OfAddress(address).LastOrDefault(pair => pair.Key == ColumnsKey).Value ?? "";
}
