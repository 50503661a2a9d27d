namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>
/// What clicks on a row do. A handler that is the same object from one drawing to the next costs nothing; one made anew is sent to the browser anew,
/// for every row at every tick.
/// </summary>
internal sealed class RowClicks(Action<ExecutionRow> open, Action<string> check)
{
    private ExecutionRow? _row;

    /// <summary>The same clicks, for the row as it is drawn now.</summary>
    public RowClicks On(ExecutionRow row)
    {
        _row = row;
        return this;
    }

    /// <summary>Opens the row beside the list.</summary>
    public void Open()
    {
        if (_row is { } row) open(row);
    }

    /// <summary>Checks or unchecks the row.</summary>
    public void Check()
    {
        if (_row?.Execution is { } execution) check(execution.Id);
    }
}
