using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.Groups;

/// <summary>An entity of a short list, and the group that it is in.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Key">Its group: the value that is filtered by.</param>
/// <param name="Name">The value for people.</param>
/// <param name="State">Its state, which the group is counted by.</param>
public readonly record struct GroupedEntity(string Id, string Key, string Name, string State);

/// <summary>A group of a short list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ids">Its entities, in the order of the list.</param>
/// <param name="States">Its entities by state, most first.</param>
public sealed record EntityGroup(string Key, string Name, IReadOnlyList<string> Ids, IReadOnlyList<(string State, int Count)> States);

/// <summary>The groups of a short list, the largest first. Never changes, so that viewers share it.</summary>
public sealed class ListGroups
{
    private readonly Dictionary<string, EntityGroup> _byKey;

    private ListGroups(IEnumerable<EntityGroup> groups)
    {
        All = [.. groups.OrderByDescending(g => g.Ids.Count).ThenBy(g => g.Name, NaturalOrder.Instance).ThenBy(g => g.Key, StringComparer.Ordinal)];
        _byKey = All.ToDictionary(g => g.Key, StringComparer.Ordinal);
    }

    /// <summary>No groups.</summary>
    public static ListGroups None { get; } = new([]);

    /// <summary>The groups.</summary>
    public IReadOnlyList<EntityGroup> All { get; }

    /// <summary>The groups of entities.</summary>
    public static ListGroups Of(IEnumerable<GroupedEntity> entities) => new(entities.GroupBy(e => e.Key, StringComparer.Ordinal).Select(g => new EntityGroup(
        g.Key, g.First().Name, [.. g.Select(e => e.Id)],
        [.. g.CountBy(e => e.State).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value))])));

    /// <summary>A group by its key; null when it is empty.</summary>
    public EntityGroup? Find(string key) => _byKey.GetValueOrDefault(key);
}

/// <summary>A line of a short list in groups: a head, a row, or what is left out of a long group.</summary>
/// <typeparam name="TRow">A row.</typeparam>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Head">The group whose head it is; null for a row.</param>
/// <param name="Row">The row; null for a head, and for one that was removed.</param>
/// <param name="More">Where the rest of a long group is listed; empty for all other lines.</param>
public sealed record ListLine<TRow>(int Index, ListGroup? Head, TRow? Row, string More = "") where TRow : class;
