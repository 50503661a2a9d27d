namespace ExecutionDashboard.Fleet.Store.Grouping;

/// <summary>A group of a list.</summary>
public interface IKeyedGroup
{
    /// <summary>Distinguishes it from the other groups.</summary>
    string Key { get; }
}

/// <summary>The groups of a query, in order. Never changes, so that viewers share it.</summary>
/// <typeparam name="TGroup">A group.</typeparam>
public abstract class KeyedGroups<TGroup> where TGroup : class, IKeyedGroup
{
    private readonly Dictionary<string, TGroup> _byKey;

    private protected KeyedGroups(List<TGroup> groups, Comparison<TGroup> order)
    {
        groups.Sort(order);
        All = groups;
        _byKey = groups.ToDictionary(group => group.Key, StringComparer.Ordinal);
    }

    /// <summary>The groups that have rows, in order.</summary>
    public IReadOnlyList<TGroup> All { get; }

    /// <summary>A group by its key; null when it has no rows.</summary>
    public TGroup? Find(string key) => _byKey.GetValueOrDefault(key);
}
