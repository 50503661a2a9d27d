using System.Globalization;
using System.Text;

namespace ExecutionDashboard.Fleet.Store.Queries;

public sealed partial record ExecutionQuery
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";

    /// <summary>Reads a query from the query string of a URL (with or without <c>?</c>). Unknown parts are ignored; never fails.</summary>
    /// <remarks>
    /// A list repeats its key (<c>state=failed&amp;state=lost</c>); an empty value matches the empty text (<c>node=</c> are the executions without a
    /// node). Sort is <c>sort=node</c> ascending, <c>sort=-node</c> descending.
    /// </remarks>
    public static ExecutionQuery Parse(string? queryString)
    {
        if (string.IsNullOrEmpty(queryString)) return All;
        List<ExecutionState> states = [], desired = [];
        List<string> jobs = [], nodes = [], deployments = [], namespaces = [], types = [], labels = [];
        List<int> versions = [];
        List<QueryPair> odd = [];
        var query = new ExecutionQuery();
        foreach (var (key, value) in QueryText.Pairs(queryString))
        {
            switch (key)
            {
                case "state": states.Add(ExecutionState.Parse(value)); break;
                case "desired": desired.Add(ExecutionState.Parse(value)); break;
                case "job": jobs.Add(value); break;
                case "version": if (ReadNumber(value) is { } version) versions.Add(version); else odd.Add(new(key, value)); break;
                case "node": nodes.Add(value); break;
                case "deployment": deployments.Add(value); break;
                case "namespace": namespaces.Add(value); break;
                case "type": types.Add(value); break;
                case "label": labels.Add(value); break;
                case "of" when value is "current" or "replaced": query = query with { Scope = value == "current" ? ExecutionScope.Current : ExecutionScope.Replaced }; break;
                case "drift" when value is "yes" or "no": query = query with { Drift = value == "yes" }; break;
                case "q": query = query with { Text = value }; break;
                case "created_from" when ReadTime(value) is { } time: query = query with { CreatedFrom = time }; break;
                case "created_to" when ReadTime(value) is { } time: query = query with { CreatedTo = time }; break;
                case "updated_from" when ReadTime(value) is { } time: query = query with { UpdatedFrom = time }; break;
                case "updated_to" when ReadTime(value) is { } time: query = query with { UpdatedTo = time }; break;
                case "of" or "drift" or "created_from" or "created_to" or "updated_from" or "updated_to": odd.Add(new(key, value)); break;
                case "sort": query = query.SortedBy(value); break;
            }
        }
        return query with
        {
            States = states, Desired = desired, Jobs = jobs, Versions = versions, Nodes = nodes, Deployments = deployments,
            Namespaces = namespaces, Types = types, Labels = labels, NotUnderstood = odd,
        };
    }

    /// <summary>The query string without <c>?</c>, in a fixed order; empty for <see cref="All"/>. <see cref="Parse"/> reads it.</summary>
    public string ToUrl()
    {
        var url = new StringBuilder();
        foreach (var state in States) Append(url, "state", state.Name);
        foreach (var state in Desired) Append(url, "desired", state.Name);
        if (Scope != ExecutionScope.All) Append(url, "of", Scope == ExecutionScope.Current ? "current" : "replaced");
        if (Drift is { } drift) Append(url, "drift", drift ? "yes" : "no");
        foreach (var job in Jobs) Append(url, "job", job);
        foreach (var version in Versions) Append(url, "version", version.ToString(CultureInfo.InvariantCulture));
        foreach (var node in Nodes) Append(url, "node", node);
        foreach (var deployment in Deployments) Append(url, "deployment", deployment);
        foreach (var name in Namespaces) Append(url, "namespace", name);
        foreach (var type in Types) Append(url, "type", type);
        foreach (var label in Labels) Append(url, "label", label);
        if (Text.Length > 0) Append(url, "q", Text);
        AppendTime(url, "created_from", CreatedFrom);
        AppendTime(url, "created_to", CreatedTo);
        AppendTime(url, "updated_from", UpdatedFrom);
        AppendTime(url, "updated_to", UpdatedTo);
        foreach (var (key, value) in NotUnderstood) Append(url, key, value);
        if (Sort != ExecutionSort.Updated || Ascending) Append(url, "sort", (Ascending ? "" : "-") + Sort.ToString().ToLowerInvariant());
        return url.ToString();
    }

    /// <summary>Equal when every part is, lists by their entries in order.</summary>
    public bool Equals(ExecutionQuery? other) =>
        other is not null && Sort == other.Sort && Ascending == other.Ascending && Scope == other.Scope && Drift == other.Drift && Text == other.Text
        && CreatedFrom == other.CreatedFrom && CreatedTo == other.CreatedTo && UpdatedFrom == other.UpdatedFrom && UpdatedTo == other.UpdatedTo
        && States.SequenceEqual(other.States) && Desired.SequenceEqual(other.Desired) && Versions.SequenceEqual(other.Versions)
        && Texts.Same(Jobs, other.Jobs) && Texts.Same(Nodes, other.Nodes) && Texts.Same(Deployments, other.Deployments)
        && Texts.Same(Namespaces, other.Namespaces) && Texts.Same(Types, other.Types) && Texts.Same(Labels, other.Labels)
        && NotUnderstood.SequenceEqual(other.NotUnderstood);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Sort);
        hash.Add(Ascending);
        hash.Add(Scope);
        hash.Add(Drift);
        hash.Add(Text, StringComparer.Ordinal);
        foreach (var state in States) hash.Add(state);
        foreach (var job in Jobs) hash.Add(job, StringComparer.Ordinal);
        foreach (var node in Nodes) hash.Add(node, StringComparer.Ordinal);
        foreach (var deployment in Deployments) hash.Add(deployment, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    private ExecutionQuery SortedBy(string value)
    {
        var descending = value.StartsWith('-');
        var name = descending ? value[1..] : value;
        foreach (var sort in Enum.GetValues<ExecutionSort>())
            if (name.Equals(sort.ToString(), StringComparison.OrdinalIgnoreCase)) return this with { Sort = sort, Ascending = !descending };
        return this;
    }

    private static void Append(StringBuilder url, string key, string value) => QueryText.Append(url, key, value);

    private static void AppendTime(StringBuilder url, string key, DateTimeOffset? time)
    {
        // A colon is legal in a query string, and times are easier to read with it.
        if (time is { } value) QueryText.AppendRaw(url, key, value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
    }

    private static int? ReadNumber(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? ReadTime(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;
}
