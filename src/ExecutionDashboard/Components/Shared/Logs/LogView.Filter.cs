using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live.Logs;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Logs;

// What of the log is shown. The address of the page has it, whichever page that is.
public sealed partial class LogView
{
    // Lines of the same millisecond belong together.
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private LogQuery _query = LogQuery.All;
    private Func<LogEntry, bool>? _matches;
    private FilterList _filters = LogFilterList.List;
    private string _page = "";

    /// <summary>How the keys of the address begin: <see cref="LogQuery.InPanel"/> beside a list, which has keys of the same names.</summary>
    [Parameter]
    public string Prefix { get; set; } = "";

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    private string Here => Navigation.Here;

    private void BeginFilters()
    {
        _filters = LogFilterList.Of(level => _levels[(int)level], NodeChoices);
        (_query, _page) = (LogQuery.Parse(Here, Prefix), PageOf(Here));
        _matches = MatcherNow();
        Navigation.Changed += OnAddressChanged;
    }

    private static string PageOf(string address) => address.Split('?', '#')[0];

    // While another page is opened, this one is still told of its address.
    private void OnAddressChanged() => _ = InvokeAsync(() =>
    {
        if (Gone.IsCancellationRequested || PageOf(Here) != _page) return;
        if (LogQuery.Parse(Here, Prefix) is var query && query.Equals(_query)) return;
        Take(query);
        StateHasChanged();
    });

    private void Go(LogQuery query, bool replace = true) => Navigation.NavigateTo(query.In(Here, Prefix), replace: replace);

    private void Typed(TypedText typed) => Go(_query.WithTerms(typed.Text), typed.Continues);

    private void ChooseRange(TimeRange range) => Go(_query with { Range = range });

    private void ChooseNode(string id) => Go(_query with { Node = id });

    private void Toggle(LogLevelName level) => Go(_query.Toggle(level));

    private void ChooseFrom(DateTimeOffset at)
    {
        var end = _query.Range.To is { IsRelative: false } to ? to : (Moment?)null;
        ChooseRange(end is { Time: { } last } && last <= at ? TimeRange.Of(Moment.At(last - Instant), Moment.At(at + Instant)) : TimeRange.Of(Moment.At(at), end));
    }

    private void ChooseUntil(DateTimeOffset at)
    {
        var begin = _query.Range.From is { IsRelative: false } from ? from : (Moment?)null;
        ChooseRange(begin is { Time: { } first } && first > at ? TimeRange.Of(Moment.At(at), Moment.At(first + Instant)) : TimeRange.Of(begin, Moment.At(at + Instant)));
    }

    private Func<LogEntry, bool>? MatcherNow() => _query.Matcher(Replica.Store, Time.GetUtcNow());

    private void Take(LogQuery query)
    {
        _query = query;
        _matches = MatcherNow();
        // A filter applies to all kept lines: a paused view shows the matches up to now.
        var (lines, total) = _tail?.Look(ring => (ring.Lines(_matches), ring.Total)) ?? ([], 0);
        Show(lines);
        (_pausedAt, _waiting, _toEnd) = (total, 0, true);
    }

    private IEnumerable<FilterChoice> NodeChoices()
    {
        KeyValuePair<string, int>[] wrote = _tail?.Look(ring => ring.ByNode.ToArray()) ?? [];
        return wrote.OrderByDescending(node => node.Value).Select(node => new FilterChoice(NodeName(node.Key), "", node.Value));
    }
}
