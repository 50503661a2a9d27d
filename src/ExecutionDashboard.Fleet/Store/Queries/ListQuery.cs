using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>Filters of a list, as its address has them. Each list adds its sort and what else it lists by.</summary>
public abstract record ListQuery
{
    /// <summary>The conditions, all of which must be met.</summary>
    public Filter Filter { get; init; } = Filter.None;

    /// <summary>Filters of the address that cannot be read. They filter nothing and are shown.</summary>
    public IReadOnlyList<QueryPair> NotUnderstood { get; init; } = [];

    /// <summary>How the list's filters are written.</summary>
    public abstract FilterAddress Address { get; }

    /// <summary>Whether nothing is filtered; the sort does not count.</summary>
    public virtual bool IsUnfiltered => Filter.Count == 0;

    /// <summary>The filters as a text of the filter language, those that cannot be read included.</summary>
    public string Terms => QueryFilters.Text(Filter, NotUnderstood);

    /// <summary>Whether both have the same filters.</summary>
    protected bool HasFiltersOf(ListQuery other) => Filter.Equals(other.Filter) && NotUnderstood.SequenceEqual(other.NotUnderstood);
}

/// <summary>Other filters for a list.</summary>
public static class ListQueryFilters
{
    /// <summary>The same list with the filters of a text. Parts that cannot be read are in <see cref="ListQuery.NotUnderstood"/>.</summary>
    public static TQuery WithTerms<TQuery>(this TQuery query, string text) where TQuery : ListQuery
    {
        var (filter, odd) = QueryFilters.Read(text, query.Address.Vocabulary);
        return query with { Filter = filter, NotUnderstood = odd };
    }

    /// <summary>The same list without one part of the address that cannot be read.</summary>
    public static TQuery Without<TQuery>(this TQuery query, QueryPair odd) where TQuery : ListQuery =>
        query with { NotUnderstood = [.. query.NotUnderstood.Where(p => p != odd)] };
}
