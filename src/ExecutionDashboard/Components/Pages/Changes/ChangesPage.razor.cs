using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Changes;

/// <summary>What changed between two moments. It stands still until it is asked for again: a report, not a live list.</summary>
public sealed partial class ChangesPage
{
    private const int MostLabels = 20;

    private readonly HashSet<(ChangeKind Kind, string Name)> _open = [];
    private readonly Dictionary<(ChangeKind Kind, string Name), ElementReference> _heads = [];
    private ChangesUrl _url = new(TimeRange.All, ChangeGrouping.Job);
    private Loaded<FleetChanges> _loaded = Loaded<FleetChanges>.None;
    private IReadOnlyList<string> _labels = [];
    private int _cursor = -1;

    [Inject]
    private FeedHistoryClient Feed { get; set; } = null!;

    [Inject]
    private SharedChanges Shared { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        _url = ChangesUrl.Parse(Navigation.Uri);
        WatchAddress(ChangesUrl.Path, TakeAddressAsync);
        WatchKeys(OnKeyAsync);
        _labels = LabelsNow();
        // The labels to group by come with the fleet.
        Watch(Topics.Nodes, _ => _labels.Count == 0 && (_labels = LabelsNow()).Count > 0);
        return LoadAsync();
    }

    private IReadOnlyList<string> LabelsNow() => [.. LabelChoices.Of(Replica.Store.NodeFacets, Replica.Store.NodeCount).Take(MostLabels)];

    private async Task<bool> TakeAddressAsync()
    {
        var before = _url;
        _url = ChangesUrl.Parse(Navigation.Uri);
        // A link to a section of the page changes nothing else.
        if (before == _url) return false;
        if (before.Range != _url.Range) _loaded = Loaded<FleetChanges>.None;
        _open.Clear();
        _cursor = -1;
        await LoadAsync();
        return true;
    }

    private Task LoadAsync()
    {
        var (from, to) = _url.Shown.Seen(Time.GetUtcNow());
        // What came after the moment of the past is not told.
        if (Sight.At is { } at && !(to < at)) to = at;
        var by = _url.By;
        return LoadAsync(() => _loaded, loaded => _loaded = loaded, async cancel =>
        {
            var (changes, problem) = await Shared.OfAsync(Feed, from ?? DateTimeOffset.UnixEpoch, to, by, cancel);
            return changes is null ? _loaded.Failed(problem!) : _loaded.With(changes);
        });
    }

    private void Go(ChangesUrl url) => Navigation.NavigateTo(url.ToString());

    private void Toggle((ChangeKind, string) group)
    {
        if (!_open.Remove(group)) _open.Add(group);
    }

    private async Task OnKeyAsync(string key)
    {
        if (key is not ("j" or "k") || _loaded.Value is not { } changes) return;
        var groups = changes.Sections.SelectMany(section => section.Groups.Select(group => (section.Kind, group.Name))).ToList();
        if (groups.Count == 0) return;
        _cursor = Math.Clamp(_cursor + (key == "j" ? 1 : -1), 0, groups.Count - 1);
        // The focus scrolls it into view, and Enter opens it.
        if (_heads.TryGetValue(groups[_cursor], out var head)) await WhileHereAsync(async () => await head.FocusAsync());
    }
}
