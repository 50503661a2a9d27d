using System.Text;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Live.Logs;

/// <summary>A log line, and the fleet that its node belongs to.</summary>
internal readonly record struct WrittenLine(LogEntry Entry, FleetStore Store)
{
    private string NodeName => Entry.NodeId.Length == 0 ? "" : Store.FindNode(Entry.NodeId)?.DisplayName ?? Entry.NodeId;

    public IEnumerable<(string Id, string Name)> Node => [(Entry.NodeId, NodeName)];

    public bool Has(string text) =>
        Entry.Text.Contains(text, StringComparison.OrdinalIgnoreCase) || Entry.NodeId.Contains(text, StringComparison.OrdinalIgnoreCase) || NodeName.Contains(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Filters of log lines. In the address its range of time is <c>from</c> and <c>to</c>, as on other pages; <see cref="Parse"/> and <see cref="In"/> round-trip it. Beside a list, whose
/// address has keys of the same names, its own begin with <see cref="InPanel"/>.
/// </summary>
public sealed record LogQuery : ListQuery
{
    /// <summary>How the keys begin where the log is in a panel beside a list.</summary>
    public const string InPanel = "log_";

    private const string From = "from", To = "to";

    private static readonly ListFilter<WrittenLine> TermsOfLines = new ListFilter<WrittenLine>("log lines", (line, text) => line.Has(text))
        .Words(FilterField.Level, "level: error, warn, info, debug or none",
            ("error", "", l => l.Entry.Level == LogLevelName.Error), ("warn", "", l => l.Entry.Level == LogLevelName.Warn), ("info", "", l => l.Entry.Level == LogLevelName.Info),
            ("debug", "", l => l.Entry.Level == LogLevelName.Debug), ("none", "no level was sent", l => l.Entry.Level == LogLevelName.None))
        .Entities(FilterField.Node, "node by name or id, such as edge-*", l => l.Node, (l, id) => l.Store.FindNode(id) is not null)
        .Words(FilterField.Has, "a field that has a value",
            ("level", "a level", l => l.Entry.Level != LogLevelName.None), ("node", "a node", l => l.Entry.NodeId.Length > 0), ("time", "a time", l => l.Entry.At is not null))
        .Time(FilterField.Time, "when it was written, such as <1h or a range of times", l => l.Entry.At);

    private static readonly FilterAddress InAddress = new(
        TermsOfLines.Vocabulary, new("level", FilterField.Level), new("node", FilterField.Node), new("q", FilterField.Text));

    private static readonly string[] Keys = ["level", "node", "q", "filter", From, To];

    /// <summary>All lines.</summary>
    public static LogQuery All { get; } = new();

    /// <summary>The terms of log lines.</summary>
    public static FilterVocabulary Vocabulary => TermsOfLines.Vocabulary;

    /// <inheritdoc/>
    public override FilterAddress Address => InAddress;

    /// <summary>The range of time. Lines without a time are in none.</summary>
    public TimeRange Range { get => FilterRange.Of(Filter, FilterField.Time); init => Filter = FilterRange.With(Filter, FilterField.Time, value); }

    /// <summary>The only node whose lines are shown; empty for all, and for filters that a picker of one node cannot show.</summary>
    public string Node { get => Filter.ValuesOf(FilterField.Node) is [var node] ? node : ""; init => Filter = Filter.WithValues(FilterField.Node, value.Length > 0 ? [value] : []); }

    /// <summary>The texts that lines have, to be marked in them.</summary>
    public IReadOnlyList<string> Texts => [.. Filter.Where(c => c is { Field: FilterField.Text, Not: false }).Select(c => c.Value)];

    /// <summary>Whether lines of a level can be shown.</summary>
    public bool Shows(LogLevelName level) => Filter.All(c => c.Field != FilterField.Level || c.Values.Contains(Word(level)) != c.Not);

    /// <summary>Shows lines of a level, or hides them.</summary>
    public LogQuery Toggle(LogLevelName level)
    {
        FilterValue[] hidden = [.. Enum.GetValues<LogLevelName>().OrderDescending().Where(l => Shows(l) == (l == level)).Select(l => new FilterValue(Word(l)))];
        var others = Filter.Where(c => c.Field != FilterField.Level);
        return this with { Filter = Filter.Of(hidden.Length > 0 ? others.Append(new(FilterField.Level, hidden, Not: true)) : others) };
    }

    /// <summary>A level as it is written.</summary>
    public static string Word(LogLevelName level) => level.ToString().ToLowerInvariant();

    /// <summary>The test of lines for these filters; null when all are shown. Notes always are, because missing lines may have matched.</summary>
    /// <param name="store">The fleet, for the names of nodes.</param>
    /// <param name="now">The time that spans are measured from.</param>
    public Func<LogEntry, bool>? Matcher(FleetStore store, DateTimeOffset now)
    {
        if (IsUnfiltered) return null;
        var matches = TermsOfLines.Compile(Filter, now);
        return entry => entry.IsGap || matches(new(entry, store));
    }

    /// <summary>Reads an address; other parts are left out. Never fails.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefix">How the keys begin.</param>
    public static LogQuery Parse(string address, string prefix = "")
    {
        (string Key, string Value)[] pairs = [.. QueryText.OfAddress(address).Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(p => (p.Key[prefix.Length..], p.Value))];
        var (filter, odd) = InAddress.Read(pairs);
        var range = TimeRange.Parse(Value(From), Value(To));
        return new()
        {
            Filter = Filter.Of([.. filter, .. FilterRange.With(Filter.None, FilterField.Time, range)]),
            NotUnderstood = [.. odd, .. QueryText.Pairs(range.Unread).Select(p => new QueryPair(p.Key, p.Value))],
        };

        string? Value(string key) => Array.Find(pairs, p => p.Key == key).Value;
    }

    /// <summary>An address with these filters in place of those that it has.</summary>
    public string In(string address, string prefix = "")
    {
        var others = QueryText.QueryOf(address).Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !Keys.Contains(QueryText.Unescape(part.Split('=', 2)[0]) is var key && key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : ""));
        var query = string.Join('&', others.Concat(ToUrl().Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => prefix + part)));
        var path = address.Split('?', '#')[0];
        return query.Length > 0 ? $"{path}?{query}" : path;
    }

    /// <summary>Equal when every part is.</summary>
    public bool Equals(LogQuery? other) => other is not null && HasFiltersOf(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Filter.GetHashCode();

    // Conditions on the time that are no range of from and to are terms like the others.
    private string ToUrl()
    {
        var (range, others) = (Range, Filter.Without(c => c.Field == FilterField.Time));
        var isRange = TimeRange.IsOrdered(range.From, range.To) && FilterRange.With(others, FilterField.Time, range).Equals(Filter) && !NotUnderstood.Any(p => p.Key is From or To);
        var url = new StringBuilder();
        InAddress.Append(url, isRange ? this with { Filter = others } : this);
        return QueryText.Join(isRange ? range.ToUrl() : "", url.ToString());
    }
}
