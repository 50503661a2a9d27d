using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Overview;

/// <summary>A count of current executions that leads to their list.</summary>
/// <param name="Word">What is counted, with its icon.</param>
/// <param name="Count">How many.</param>
/// <param name="Class">Classes of the tile.</param>
/// <param name="Address">Address of the list.</param>
/// <param name="Title">What the word means, where it does not go without saying.</param>
public sealed record CountTile(MarkupString Word, int Count, string Class, string Address, string? Title = null)
{
    private static readonly IReadOnlyList<CountTile> States =
    [
        .. ExecutionState.All.Select(s => new CountTile(
            Markup.Of($"{Icon.Of(StateStyle.Icon(s))}{s.Name}"), 0, StateStyle.Class(s), ExecutionListUrl.For(new() { Scope = ExecutionScope.Current, States = [s] }))),
    ];

    private static readonly CountTile Drifting = new(
        Markup.Of($"not in desired state"), 0, "", ExecutionListUrl.For(new() { Scope = ExecutionScope.Current, Drift = true }), "Desired and actual state differ");

    /// <summary>The count as shown; a dash while the fleet has not been loaded.</summary>
    public string Number { get; init; } = "";

    /// <summary>Classes of the tile; what there is none of steps back.</summary>
    public string Classes => Count == 0 ? $"count-tile {Class} zero" : $"count-tile {Class}";

    /// <summary>The tiles of a fleet: each state, those that this dashboard does not know, those not in their desired state, and those on unreachable nodes.</summary>
    /// <param name="counts">Its counts.</param>
    /// <param name="lastKnown">Address of the list of the last.</param>
    /// <param name="isLoaded">The fleet has been loaded.</param>
    public static IReadOnlyList<CountTile> Of(StateCounts counts, string lastKnown, bool isLoaded)
    {
        CountTile[] tiles =
        [
            .. States.Zip(ExecutionState.All, (tile, state) => tile with { Count = counts[state.Known] }),
            .. counts.Other.Select(o => new CountTile(
                Markup.Of($"{Icon.Of("other")}{(o.Key.Length > 0 ? o.Key : "unknown")}"), o.Value, "st-other", ExecutionListUrl.For(new() { Scope = ExecutionScope.Current, States = [ExecutionState.Parse(o.Key)] }))),
            Drifting with { Count = counts.Drifting },
            new(Markup.Of($"on unreachable nodes"), counts.LastKnown, "last-known", lastKnown, "Not ended, last known state"),
        ];
        return [.. tiles.Select(tile => tile with { Number = Format.Count(tile.Count, isLoaded) })];
    }
}
