using System.Globalization;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Components.Pages.NodeDetail;

/// <summary>One node, live: its connection and how steady it is, what it uses, what runs and ran on it, and what it shares with others in trouble.</summary>
public sealed partial class NodeBoard
{
    private const int MostNames = 40;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private NodeSummary? _summary;
    private NodeHistory _history = NodeHistory.None;
    private NodeTrouble? _trouble;
    private IReadOnlyList<CommonTrait> _traits = [];
    private string _why = "";
    private Loaded<NodeUse> _use = Loaded<NodeUse>.None;
    private Connecting? _connecting;
    private string? _lanesProblem;
    private DateTimeOffset? _knownSince;
    private DateTimeOffset _lanesFrom, _lanesAt, _useAt;
    private FleetStore? _askedOf;
    private (FleetStore? Store, long At) _drawn;
    private bool _removed;
    private int _orphans;

    /// <summary>The node.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Inject]
    private IOptions<AttentionOptions> Attention { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private TroubledNodes Troubled { get; set; } = null!;

    [Inject]
    private NodeUseHistory Use { get; set; } = null!;

    [Inject]
    private FeedHistoryClient History { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    private bool IsPast => Sight.At is not null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Take();
        Watch(Topics.Executions | Topics.Nodes | Topics.Jobs | Topics.Status | Topics.Clock, async _ =>
        {
            var connection = _summary?.Connection;
            var changed = Take();
            var asked = await AskAsync(connection != _summary?.Connection);
            return changed || asked || _summary is null;
        });
        await AskAsync(true);
    }

    /// <summary>Reads the replica; false when nothing changed.</summary>
    private bool Take()
    {
        var store = Replica.Store;
        var at = (store, store.NodeChangedAt(Id));
        if (at == _drawn) return false;
        _drawn = at;
        var summary = store.FindSummary(Id);
        _removed = summary is null && _summary is not null;
        // At a moment at which there was none, there is nothing to show.
        if (summary is null && IsPast) (_summary, _removed) = (null, false);
        if (summary is null && _summary is null) _orphans = store.CountsOfNode(Id, ExecutionScope.All).Total;
        if (summary is null) return true;
        _summary = summary;
        _history = NodeHistory.Of(Id, store);
        _trouble = Troubled.Now;
        _why = NodeTrouble.WhyOf(summary.Node, store);
        _traits = [.. _trouble.Traits.Where(t => CommonTraits.Has(summary.Node, t))];
        return true;
    }

    /// <summary>Loads what is not in the replica, at intervals; true when it did.</summary>
    private async Task<bool> AskAsync(bool connectionChanged)
    {
        var now = Time.GetUtcNow();
        var asked = false;
        // Of another moment of the past, it is another hour.
        connectionChanged |= !ReferenceEquals(_askedOf, Replica.Store);
        _askedOf = Replica.Store;
        if (connectionChanged || now - _lanesAt >= Pace)
        {
            (_lanesAt, asked) = (now, true);
            await LoadLanesAsync(now);
        }
        if (now - _useAt >= Pace)
        {
            (_useAt, asked) = (now, true);
            await LoadAsync(() => _use, use => _use = use, async cancel =>
            {
                var (use, problem) = await Use.OfAsync(Id, cancel);
                return use is null ? _use.Failed(problem ?? "") : _use.With(use);
            });
        }
        return asked;
    }

    private async Task LoadLanesAsync(DateTimeOffset now)
    {
        try
        {
            var (timeline, problem) = await History.OfNodesAsync([Id], now - Hour, now, Gone);
            (_lanesFrom, _lanesProblem) = (now - Hour, problem);
            if (timeline is null) return;
            _knownSince = timeline.KnownSince;
            _connecting = Connecting.Of(timeline.Lanes.Count > 0 ? timeline.Lanes[0].Connection : [], now - Hour, now);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // the page was left
        }
    }

    private static double Top(long? capacity, IReadOnlyList<MetricPoint>? points) =>
        capacity is > 0 ? capacity.Value : points is { Count: > 0 } ? Math.Max(1, points.Max(p => p.Value)) : 1;

    private static string Bytes(long? used, long? capacity) => (used, capacity) switch
    {
        ({ } u, { } c) => $"{Bytes(u)} of {Bytes(c)}",
        ({ } u, null) => Bytes(u),
        _ => "",
    };

    private static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < units.Length - 1; unit++) value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }
}
