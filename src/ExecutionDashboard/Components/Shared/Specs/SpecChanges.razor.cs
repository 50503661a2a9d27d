using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>What differs between two specs, line by line, what is the same folded; the same piece wherever specs are compared.</summary>
public sealed partial class SpecChanges
{
    private const int PageSize = 400;

    private readonly HashSet<int> _opened = [];
    private SpecComparison? _drawn;
    private IReadOnlyList<CompareRow> _rows = [];
    private bool _all;
    private int _most = PageSize;

    /// <summary>The comparison.</summary>
    [Parameter, EditorRequired]
    public SpecComparison Comparison { get; set; } = null!;

    /// <summary>Both sides beside each other, instead of one under the other.</summary>
    [Parameter]
    public bool SideBySide { get; set; }

    /// <summary>More buttons in the head.</summary>
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
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_drawn, Comparison)) return;
        _drawn = Comparison;
        _opened.Clear();
        _most = PageSize;
        Draw();
    }

    private void Draw() => _rows = CompareRows.Of(Comparison, _opened, _all);

    private bool IsOpen(CompareRow row) => _all || _opened.Contains(row.Fold);

    private void Toggle(CompareRow row)
    {
        if (_all || !_opened.Remove(row.Fold)) _opened.Add(row.Fold);
        _all = false;
        Draw();
    }

    private void ToggleAll()
    {
        _all = !_all;
        _opened.Clear();
        Draw();
    }
}
