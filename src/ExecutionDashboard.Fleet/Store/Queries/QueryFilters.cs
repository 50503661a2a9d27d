using System.Text;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>The filter language in addresses: <c>filter=-job:sync for:&gt;10m</c>.</summary>
internal static class QueryFilters
{
    /// <summary>The key.</summary>
    public const string Key = "filter";

    // Shorter than the longest value of an address that is read, even when escaped.
    private const int Longest = QueryText.LongestValue / 2;

    /// <summary>The conditions of a text, and the parts that cannot be read, as pairs of an address.</summary>
    public static (Filter Filter, IReadOnlyList<QueryPair> NotUnderstood) Read(string text, FilterVocabulary vocabulary)
    {
        var (filter, problems) = FilterParser.Parse(text, vocabulary);
        return (filter, [.. problems.Select(p => new QueryPair(Key, p.Text))]);
    }

    /// <summary>The text of a query's filters.</summary>
    public static string Text(Filter filter, IReadOnlyList<QueryPair> notUnderstood) =>
        string.Join(' ', filter.Select(c => c.ToString()).Concat(notUnderstood.Select(p => p.Key == Key ? p.Value : $"{p.Key}:{FilterText.Value(p.Value)}")));

    /// <summary>Adds conditions to an address: in one pair, unless they are too long for it.</summary>
    public static void Append(StringBuilder url, IEnumerable<FilterCondition> conditions)
    {
        var text = new StringBuilder();
        foreach (var term in conditions.Select(c => c.ToString()))
        {
            if (text.Length > 0 && text.Length + term.Length >= Longest) Flush();
            text.Append(text.Length > 0 ? " " : "").Append(term);
        }
        Flush();

        void Flush()
        {
            if (text.Length > 0) QueryText.Append(url, Key, text.ToString());
            text.Clear();
        }
    }
}
