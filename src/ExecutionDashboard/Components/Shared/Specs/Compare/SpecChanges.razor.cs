using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Specs;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>The differences of two specs line by line, with equal parts folded.</summary>
public sealed partial class SpecChanges
{
    private const int PageSize = 400;

    private readonly HashSet<int> _opened = [];
    private SpecComparison? _drawn;
    private IReadOnlyList<CompareRow> _rows = [];
    private bool _all;
    private int _drawing;
    private int _most = PageSize;

    /// <summary>The comparison.</summary>
    [Parameter, EditorRequired]
    public SpecComparison Comparison { get; set; } = null!;

    /// <summary>Whether the sides are beside each other instead of below.</summary>
    [Parameter]
    public bool SideBySide { get; set; }

    /// <summary>More buttons for the head.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Words
    {
        get
        {
            var counts = Comparison.Counts;
            return string.Join(", ", new[] { (counts.Added, "added"), (counts.Removed, "removed"), (counts.Changed, "changed"), (counts.Moved, "moved"), (counts.NotCompared, "hidden and not compared") }
                .Where(c => c.Item1 > 0).Select(c => $"{Format.Count(c.Item1)} {c.Item2}"));
        }
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_drawn, Comparison)) return Task.CompletedTask;
        _drawn = Comparison;
        _rows = [];
        _opened.Clear();
        _most = PageSize;
        return DrawAsync();
    }

    // In the background: a hundred thousand lines would block the viewer's clicks.
    private async Task DrawAsync()
    {
        var drawing = ++_drawing;
        var (comparison, opened, all) = (Comparison, _opened.ToHashSet(), _all);
        var rows = await Task.Run(() => CompareRows.Of(comparison, opened, all));
        if (drawing == _drawing) _rows = rows;
    }

    private bool IsOpen(CompareRow row) => _all || _opened.Contains(row.Fold);

    private Task ToggleAsync(CompareRow row)
    {
        if (_all || !_opened.Remove(row.Fold)) _opened.Add(row.Fold);
        _all = false;
        return DrawAsync();
    }

    private Task ToggleAllAsync()
    {
        _all = !_all;
        _opened.Clear();
        return DrawAsync();
    }
}
