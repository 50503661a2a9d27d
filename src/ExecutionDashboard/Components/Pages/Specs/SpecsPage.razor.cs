using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Specs;

/// <summary>The distribution of each job's specs over the fleet, and the nodes with outdated specs; live.</summary>
public sealed partial class SpecsPage
{
    private const int PageSize = 100;

    private SpecsUrl _url = new();
    private IReadOnlyList<SpecSkew> _skews = [];
    private IReadOnlyList<Execution> _behind = [];
    private Dictionary<string, int> _places = [];
    // Changes when a displayed node is renamed.
    private long _names;
    private readonly Dictionary<string, ElementReference> _links = new(StringComparer.Ordinal);
    private string _cursor = "";
    private int _most = PageSize;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private SpecSkews Skews { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    private IReadOnlyList<SpecSkew> Rows { get; set; } = [];

    private string Sentence
    {
        get
        {
            var (nodes, behind) = (_skews.Sum(s => (long)s.Nodes), _skews.Sum(s => (long)s.Behind));
            if (nodes == 0 && !Replica.Freshness.IsLoaded) return "";
            if (nodes == 0) return _skews.Count == 0 ? "" : "No job is running.";
            return behind == 0
                ? $"Every node runs the current spec of each of its jobs ({Format.Count(nodes, "placement")})."
                : $"{Format.Count(behind)} of {Format.Count(nodes, "placement")} {(behind == 1 ? "runs" : "run")} an outdated spec ({Format.Percent(behind, nodes)}), of {Format.Count(_skews.Count(s => s.Behind > 0), "job")}.";
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        WatchAddress(SpecsUrl.Path, () =>
        {
            FollowUrl();
            return Task.FromResult(true);
        });
        FollowUrl();
        WatchKeys(PressAsync);
        Watch(Topics.Executions | Topics.Jobs | Topics.Nodes | Topics.Status, _ =>
        {
            var (skews, behind, names) = (_skews, _behind, _names);
            Take();
            return !ReferenceEquals(skews, _skews) || !ReferenceEquals(behind, _behind) || names != _names || _skews.Count == 0;
        });
    }

    private void Take()
    {
        var skews = Skews.Now();
        if (!ReferenceEquals(skews, _skews)) Put(skews);
        _behind = _url.Open.Length > 0 && Replica.Store.FindJob(_url.Open) is { } job ? Skews.BehindOf(job) : [];
        _names = _behind.Count > 0 ? Replica.Store.NodeTraitsEdition : 0;
    }

    private void Put(IReadOnlyList<SpecSkew> skews)
    {
        _skews = skews;
        // Rows keep their places while counts change; new ones are appended.
        foreach (var skew in _skews) _places.TryAdd(skew.Job.Id, _places.Count);
        Rows = [.. _skews.Where(_url.Matches).OrderBy(skew => _places[skew.Job.Id])];
    }

    private void FollowUrl()
    {
        var url = SpecsUrl.Parse(Navigation.Uri);
        _most = ListLength.Of(Navigation.Uri, PageSize);
        if (url with { Open = "" } != _url with { Open = "" } || _skews.Count == 0) _places = [];
        _url = url;
        Put(Skews.Now());
        Take();
    }

    private async Task PressAsync(string key)
    {
        if (key is not ("j" or "k") || Math.Min(Rows.Count, _most) is not (> 0 and var shown)) return;
        var at = Rows.ToList().FindIndex(skew => skew.Job.Id == _cursor);
        _cursor = Rows[at < 0 ? 0 : Math.Clamp(at + (key == "j" ? 1 : -1), 0, shown - 1)].Job.Id;
        StateHasChanged();
        // The focus scrolls the row into view, and Enter opens its link.
        if (_links.TryGetValue(_cursor, out var link)) await link.FocusAsync();
    }

    private void Go(SpecsUrl url, bool replace = false) => Navigation.NavigateTo(url.ToString(), replace: replace);
}
