using ExecutionDashboard.Components.Shared.Things;

namespace ExecutionDashboard.Components.Shared.Keys;

/// <summary>A key that acts on the row at the cursor or under the mouse, or on what is open. Each has a button over the row that the mouse rests on.</summary>
/// <param name="Key">The key.</param>
/// <param name="Does">What it does.</param>
/// <param name="Icon">Its icon, without prefix.</param>
/// <param name="Kinds">The things that it is for. On other pages the key is free.</param>
public sealed record RowKey(string Key, string Does, string Icon, params IReadOnlyList<ThingKind> Kinds)
{
    /// <summary>All. Which action each does is said by <see cref="ThingAction.Key"/>.</summary>
    public static IReadOnlyList<RowKey> All { get; } =
    [
        new("s", "Stop", "stopped", ThingKind.Execution, ThingKind.Job), new("l", "Open logs", "executions", ThingKind.Execution, ThingKind.Job), new("r", "Restart", "play", ThingKind.Execution, ThingKind.Job),
        new("m", "Promote", "completed", ThingKind.Deployment), new("p", "Pause or resume", "pause", ThingKind.Deployment),
    ];

    /// <summary>The first parts of the addresses of its things, separated by spaces, for the browser.</summary>
    public string Folders => string.Join(' ', Kinds.Select(kind => kind == ThingKind.Execution ? "executions timeline" : new FleetThing(kind, "").Address.Split('/', '?')[0]));
}
