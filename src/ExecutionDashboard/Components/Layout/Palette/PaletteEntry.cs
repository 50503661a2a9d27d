using ExecutionDashboard.Components.Shared.Things;
using ExecutionDashboard.Fleet.Search;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Layout.Palette;

/// <summary>One line of the palette.</summary>
/// <param name="Kind">What it is, in a word: <c>Job</c>, <c>Page</c>, <c>Action</c>.</param>
/// <param name="Icon">Its icon, without prefix.</param>
/// <param name="Title">Its name.</param>
public sealed record PaletteEntry(string Kind, string Icon, string Title)
{
    /// <summary>More about it, such as its id; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Its state, as markup.</summary>
    public MarkupString State { get; init; }

    /// <summary>The heading above it, where entries are in groups; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>What choosing it does.</summary>
    public required ThingAction Action { get; init; }

    /// <summary>The thing that it is, whose actions can be listed; null for another entry.</summary>
    public FleetThing? Thing { get; init; }

    /// <summary>The keys that do the same; empty for none.</summary>
    public string Keys { get; init; } = "";

    /// <summary>How well it matches what was typed.</summary>
    public MatchQuality Quality { get; init; }
}

/// <summary>What the palette lists.</summary>
/// <param name="Entries">Its lines, best first.</param>
/// <param name="Count">How many there are, in words, for the line below and for screen readers.</param>
public sealed record PaletteList(IReadOnlyList<PaletteEntry> Entries, string Count)
{
    /// <summary>Nothing.</summary>
    public static PaletteList None { get; } = new([], "");
}
