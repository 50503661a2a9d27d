using System.Globalization;
using System.Text;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Fleet.Audit;

/// <summary>Which acts are wanted: the filters of the list, of its exports and of the feed's API, as an address has them.</summary>
public sealed record AuditQuery
{
    /// <summary>Text in the person's name or address; empty for all.</summary>
    public string Who { get; init; } = "";
    /// <summary>Actions; none for all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];
    /// <summary>How far the acts came; none for all.</summary>
    public IReadOnlyList<AuditOutcome> Outcomes { get; init; } = [];
    /// <summary>Id of what was acted on; empty for all.</summary>
    public string Target { get; init; } = "";
    /// <summary>Text in the id or name of what was acted on, the reason or an answer; empty for all.</summary>
    public string Text { get; init; } = "";
    /// <summary>When they began.</summary>
    public TimeRange Range { get; init; } = TimeRange.All;
    /// <summary>Opened by a row before this number; 0 for the newest.</summary>
    public long Before { get; init; }

    /// <summary>Whether no filter is set.</summary>
    public bool IsUnfiltered => this with { Before = 0 } is { Who: "", Actions: [], Outcomes: [], Target: "", Text: "", Range.IsAll: true };

    /// <summary>Reads a query string; unknown parts are ignored.</summary>
    public static AuditQuery Parse(string? queryString)
    {
        var query = new AuditQuery();
        List<string> actions = [];
        List<AuditOutcome> outcomes = [];
        string? from = null, to = null;
        foreach (var (key, value) in QueryText.Pairs(queryString))
        {
            switch (key)
            {
                case "who": query = query with { Who = value }; break;
                case "action" when !actions.Contains(value): actions.Add(value); break;
                case "outcome" when OutcomeOf(value) is { } outcome && !outcomes.Contains(outcome): outcomes.Add(outcome); break;
                case "target": query = query with { Target = value }; break;
                case "q": query = query with { Text = value }; break;
                case "from": from = value; break;
                case "to": to = value; break;
                case "before" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var before): query = query with { Before = before }; break;
            }
        }
        return query with { Actions = actions, Outcomes = outcomes, Range = TimeRange.Parse(from, to) };
    }

    /// <summary>The query string, without a question mark.</summary>
    public string ToUrl()
    {
        var url = new StringBuilder();
        if (Who.Length > 0) QueryText.Append(url, "who", Who);
        foreach (var action in Actions) QueryText.Append(url, "action", action);
        foreach (var outcome in Outcomes) QueryText.Append(url, "outcome", NameOf(outcome));
        if (Target.Length > 0) QueryText.Append(url, "target", Target);
        if (Text.Length > 0) QueryText.Append(url, "q", Text);
        if (Before > 0) QueryText.AppendRaw(url, "before", Before.ToString(CultureInfo.InvariantCulture));
        return QueryText.Join(url.ToString(), Range.ToUrl());
    }

    /// <summary>The word for an outcome in rows, files and addresses, such as <c>not_seen</c>.</summary>
    public static string NameOf(AuditOutcome outcome) => outcome == AuditOutcome.NotSeen ? "not_seen" : outcome.ToString().ToLowerInvariant();

    /// <summary>The outcome of a word; null when there is none.</summary>
    public static AuditOutcome? OutcomeOf(string name)
    {
        foreach (var outcome in Enum.GetValues<AuditOutcome>())
            if (NameOf(outcome) == name) return outcome;
        return null;
    }

    /// <summary>Equal when every part is, lists by their entries.</summary>
    public bool Equals(AuditQuery? other) => other is not null && ToUrl() == other.ToUrl();

    /// <inheritdoc/>
    public override int GetHashCode() => ToUrl().GetHashCode(StringComparison.Ordinal);
}
