using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Lists;

// The list in groups. Counts are those of now and shared between viewers; groups and rows keep their places until the list is made again.
public abstract partial class ShortListPage<TRow>
{
    private const string GroupKey = "group";
    // More rows of a group are listed by its filter.
    private const int MostInGroup = 200;

    private readonly GroupTree<IReadOnlyList<string>> _tree = new(ids => Math.Min(ids.Count, MostInGroup) + (ids.Count > MostInGroup ? 1 : 0));
    private ListGroups _held = ListGroups.None, _now = ListGroups.None;

    [Inject]
    private FilteredCounts Filtered { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <summary>Starts bulk runs.</summary>
    [Inject]
    protected BulkOperations Bulk { get; set; } = null!;

    /// <summary>What the list is grouped by, as in the address; empty for nothing.</summary>
    protected string Grouping { get; private set; } = "";

    /// <summary>What it can be grouped by: as in the address, and in words.</summary>
    protected virtual IEnumerable<(string Code, string Word)> Groupings => [];

    /// <summary>The groups; null when nothing is grouped.</summary>
    protected IGroupTree? Tree => Grouping.Length == 0 ? null : _tree;

    /// <summary>The rendered lines of the groups.</summary>
    protected IReadOnlyList<ListLine<TRow>> Lines { get; private set; } = [];

    /// <summary>Id of the line that the keyboard is at, for a table that is a tree; null for none.</summary>
    protected string? LineAtCursor => Tree is not null && Cursor >= 0 ? GroupHead.LineId(Cursor) : null;

    /// <summary>What is listed, where that is not the store's.</summary>
    protected virtual object? Source => null;

    /// <summary>Ids of what matches now, in order, for counting groups.</summary>
    protected virtual IEnumerable<string> MatchesNow(FleetStore store) => Find(store);

    /// <summary>Gives the group of an entity by its id, null when there is no such entity; null when the list cannot be grouped by this.</summary>
    protected virtual Func<string, GroupedEntity?>? GrouperOf(FleetStore store, string grouping) => null;

    /// <summary>The part of a group that is in a state.</summary>
    protected virtual GroupPart PartOf(string state, int count) => new("", default, state, count);

    /// <summary>Address of the list with a group of the grouping as a filter.</summary>
    protected virtual string Narrowed(EntityGroup group) => Path;

    /// <summary>The executions that a bulk run of a group's entities is for.</summary>
    protected virtual BulkTarget TargetOf(FleetStore store, IReadOnlyList<string> ids) => new(null, []);

    /// <summary>Opens the dialog of a bulk run of a group as it is now.</summary>
    protected Task BulkGroupAsync(string key)
    {
        var (store, group) = (Replica.Store, _held.Find(key));
        return group is null ? Task.CompletedTask : Dialogs.AskForBulkAsync(Navigation, TargetOf(store, GroupsNow(store).Find(key)?.Ids ?? []), Narrowed(group));
    }

    /// <summary>Id of a row's element; null in a list without groups.</summary>
    protected string? LineIdOf(int index) => Tree is null ? null : GroupHead.LineId(index);

    /// <summary>The address of the list with another grouping.</summary>
    protected string GroupedBy(string own, string grouping) => ViewAddress.Keep(WithColumns(WithGroup(own, grouping)), Here);

    /// <summary>The list's own address with its grouping and its columns.</summary>
    protected string WithLook(string own) => WithColumns(WithGroup(own, Grouping));

    /// <summary>The address with the columns that are shown.</summary>
    protected virtual string WithColumns(string own) => own;

    /// <summary>The grouping of an address; empty for none.</summary>
    protected static string GroupIn(string address) => QueryText.OfAddress(address).LastOrDefault(pair => pair.Key == GroupKey).Value ?? "";

    /// <summary>The address with a grouping.</summary>
    protected static string WithGroup(string own, string grouping) => grouping.Length == 0 ? own : $"{own}{(own.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{GroupKey}={Uri.EscapeDataString(grouping)}";

    /// <summary>The address with one value of a key, whatever it had.</summary>
    protected static string With(string own, string key, string value)
    {
        var other = Without(own, key);
        return $"{other}{(other.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{key}={Uri.EscapeDataString(value)}";
    }

    /// <summary>The address without a key.</summary>
    protected static string Without(string own, string key)
    {
        var rest = string.Join('&', QueryText.QueryOf(own).Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith(key + "=", StringComparison.Ordinal)));
        return rest.Length > 0 ? $"{own.Split('?')[0]}?{rest}" : own.Split('?')[0];
    }

    /// <summary>Unfolds a group, or folds it.</summary>
    protected void FoldGroup(int place)
    {
        _tree.Fold(place, !_tree.IsOpen(place), IdsOf);
        Cursor = _tree.HeadOf(place);
        DrawLines(Replica.Store);
    }

    /// <summary>Handles a key of the tree.</summary>
    protected void PressTree(string key)
    {
        if (Lines.Count == 0) return;
        var (group, row) = Cursor < 0 ? (-1, -1) : _tree.At(Cursor);
        var isHead = group >= 0 && row < 0;
        switch (key)
        {
            case "ArrowDown": MoveLine(1); break;
            case "ArrowUp": MoveLine(-1); break;
            case "PageDown": MoveLine(10); break;
            case "PageUp": MoveLine(-10); break;
            case "Home": MoveLine(-Lines.Count); break;
            case "End": MoveLine(Lines.Count); break;
            case "ArrowRight" when isHead && !_tree.IsOpen(group):
            case "ArrowLeft" when isHead && _tree.IsOpen(group):
            case "Enter" when isHead:
                FoldGroup(group);
                break;
            case "ArrowRight" when isHead: MoveLine(1); break;
            case "ArrowLeft" when group >= 0: Cursor = _tree.HeadOf(group); break;
        }
    }

    private void MoveLine(int by) => Cursor = Math.Clamp(Cursor < 0 ? (by > 0 ? 0 : Lines.Count - 1) : Cursor + by, 0, Lines.Count - 1);

    private void TakeGrouping(FleetStore store)
    {
        var grouping = GroupIn(Navigation.Uri);
        if (GrouperOf(store, grouping) is null) grouping = "";
        if (grouping != Grouping) _tree.Clear();
        Grouping = grouping;
    }

    private void HoldGroups(FleetStore store)
    {
        if (Tree is null) return;
        _held = _now = GroupsNow(store);
        _tree.Hold(_held.All.Select(g => g.Key), IdsOf);
        Cursor = Math.Min(Cursor, _tree.Count - 1);
    }

    private IReadOnlyList<string> IdsOf(string key) => _held.Find(key)!.Ids;

    private ListGroups GroupsNow(FleetStore store) => Filtered.Of(store, (Path, ListIn(Navigation.Uri), Source), () =>
    {
        var grouper = GrouperOf(store, Grouping)!;
        return ListGroups.Of(MatchesNow(store).Select(grouper).OfType<GroupedEntity>());
    });

    private void DrawLines(FleetStore store)
    {
        if (Tree is null) return;
        _now = GroupsNow(store);
        var stretches = _tree.Stretches(0, _most).ToList();
        var rows = new Dictionary<string, TRow>(StringComparer.Ordinal);
        foreach (var row in RowsOf(store, stretches.Where(s => s.Row >= 0).SelectMany(s => _tree.RowsOf(s.Group)!.Take(Math.Min(s.Count, MostInGroup))))) rows[IdOf(row)] = row;
        var lines = new List<ListLine<TRow>>();
        foreach (var (group, first, count) in stretches)
        {
            if (first < 0) lines.Add(new(lines.Count, Head(group), null));
            else
                foreach (var place in Enumerable.Range(first, count))
                    lines.Add(place < MostInGroup ? new(lines.Count, null, rows.GetValueOrDefault(_tree.RowsOf(group)![place])) : new(lines.Count, null, null, Narrowed(_held.Find(_tree.KeyOf(group))!)));
        }
        Lines = lines;
    }

    private ListGroup Head(int place)
    {
        var key = _tree.KeyOf(place);
        var (held, now) = (_held.Find(key)!, _now.Find(key));
        return new(key, held.Name, key, now?.Ids.Count ?? 0, [.. (now?.States ?? []).Select(s => PartOf(s.State, s.Count))], place, _tree.Groups, _tree.IsOpen(place), Narrowed(held));
    }
}
