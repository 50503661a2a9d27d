using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Specs;

/// <summary>Which share of the fleet runs which spec of each job, and which nodes lag; live.</summary>
public sealed partial class SpecsPage
{
    private const int PageSize = 100;
    private const int MostNodes = 60;

    private static readonly IReadOnlyList<ExecutionState> Running = [.. ExecutionState.All.Where(state => !state.IsTerminal)];

    private SpecsUrl _url = new();
    private IReadOnlyList<SpecSkew> _skews = [];
    private IReadOnlyList<Execution> _behind = [];
    private Dictionary<string, int> _places = [];
    private int _most = PageSize;
    private string _text = "";

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private SpecSkews Skews { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IReadOnlyList<SpecSkew> Rows { get; set; } = [];

    private string Sentence
    {
        get
        {
            var (nodes, behind) = (_skews.Sum(s => (long)s.Nodes), _skews.Sum(s => (long)s.Behind));
            if (nodes == 0) return _skews.Count == 0 ? "" : "No job runs anywhere now.";
            return behind == 0
                ? $"Every node runs the present spec of each of its jobs ({Format.Count(nodes, "placement")})."
                : $"{Format.Count(behind)} of {Format.Count(nodes, "placement")} {(behind == 1 ? "runs" : "run")} an old spec ({Format.Percent(behind, nodes)}), of {Format.Count(_skews.Count(s => s.Behind > 0), "job")}.";
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
        Watch(Topics.Executions | Topics.Jobs | Topics.Nodes | Topics.Status, _ =>
        {
            var before = (_skews, _behind.Count);
            Take();
            return !ReferenceEquals(before._skews, _skews) || before.Count != _behind.Count || _skews.Count == 0;
        });
    }

    private void Take()
    {
        _skews = Skews.Now();
        // Rows hold their places while counts move: what comes stands at the end.
        foreach (var skew in _skews) _places.TryAdd(skew.Job.Id, _places.Count);
        Rows = [.. _skews.Where(_url.Matches).OrderBy(skew => _places[skew.Job.Id])];
        _behind = _url.Open.Length > 0 && Replica.Store.FindJob(_url.Open) is { } job ? SpecSkew.BehindOf(Replica.Store, job) : [];
    }

    private void FollowUrl()
    {
        var url = SpecsUrl.Parse(Navigation.Uri);
        if (url with { Open = "" } != _url with { Open = "" } || _skews.Count == 0) _places = [];
        _url = url;
        _text = _url.Text;
        Take();
    }

    private void Go(SpecsUrl url) => Navigation.NavigateTo(url.ToString());

    private static string Words(SpecSkew skew) => string.Join(" · ", skew.Shares.Select(share => Words(share, skew)));

    private static string Words(SpecShare share, SpecSkew skew) =>
        $"v{share.Version} on {Format.Count(share.Nodes)} ({Format.Percent(share.Nodes, skew.Nodes)}){(share.LastKnown > 0 ? $", {Format.Count(share.LastKnown)} offline" : "")}";

    private string NodeName(Execution execution) => Replica.Store.FindNode(execution.NodeId)?.DisplayName ?? execution.NodeId;

    private bool IsSilent(Execution execution) => Replica.Store.FindNode(execution.NodeId) is { IsConnected: false };

    private static ExecutionQuery BehindQuery(SpecSkew skew) =>
        new() { Jobs = [skew.Job.Id], Versions = [.. skew.Shares.Where(s => s.IsOld).Select(s => s.Version).Distinct()], States = Running };
}
