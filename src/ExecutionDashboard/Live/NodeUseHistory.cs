using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Live;

/// <summary>A node's resource usage over the last half hour. Values are by time and may have gaps.</summary>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC.</param>
/// <param name="Cpu">CPU, 0–1.</param>
/// <param name="Memory">Memory, bytes.</param>
/// <param name="Disk">Disk, bytes.</param>
public sealed record NodeUse(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<MetricPoint> Cpu, IReadOnlyList<MetricPoint> Memory, IReadOnlyList<MetricPoint> Disk);

/// <summary>
/// Requests the resource usage of nodes from the control plane. It replies for all nodes at once, so one reply serves all viewers of nodes for some seconds; without
/// viewers nothing is requested.
/// </summary>
public sealed class NodeUseHistory(IControlPlane controlPlane, Replica replica, TimeProvider time)
{
    /// <summary>Largest fleet for which it is requested, because each reply has a series for every node.</summary>
    public const int MostNodes = 5_000;

    private const int FineNodes = 500;
    // It depends on how many nodes there are that are not seen.
    private const string NotKnown = "The use of this node is not known.";
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private DateTimeOffset _askedAt;
    private Task<Answer>? _answer;
    private NodeUseHistory? _all;
    private Func<string, bool> _sees = _ => true;

    /// <summary>The same for people who see some nodes: of others they learn nothing, and nothing more is requested.</summary>
    /// <param name="sees">Whether they see a node. Called on any thread.</param>
    public NodeUseHistory SeenBy(Func<string, bool> sees) => new(controlPlane, replica, time) { _all = this, _sees = sees };

    /// <summary>The usage of a node, or why it is unknown.</summary>
    public async Task<(NodeUse? Use, string? Problem)> OfAsync(string nodeId, CancellationToken cancel)
    {
        if (_all is not null) return _sees(nodeId) && await _all.OfAsync(nodeId, cancel) is { Use: { } use } ? (use, null) : (null, NotKnown);
        if (replica.Store.NodeCount > MostNodes)
            return (null, FormattableString.Invariant($"The control plane answers for all nodes at once: with more than {MostNodes:#,0} of them it is not asked."));
        var answer = await Ask().WaitAsync(cancel);
        if (answer.Problem is { } problem) return (null, problem);
        return (new NodeUse(answer.From, answer.To, Of(answer.Cpu), Of(answer.Memory), Of(answer.Disk)), null);

        IReadOnlyList<MetricPoint> Of(MetricSeries? series) => series?.ByNode.GetValueOrDefault(nodeId) ?? [];
    }

    private Task<Answer> Ask()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_answer is null || now - _askedAt >= Kept) (_answer, _askedAt) = (AskAsync(now), now);
            return _answer;
        }
    }

    private async Task<Answer> AskAsync(DateTimeOffset now)
    {
        var step = TimeSpan.FromSeconds(replica.Store.NodeCount <= FineNodes ? 15 : 60);
        var asked = new[] { NodeMetric.Cpu, NodeMetric.Memory, NodeMetric.Disk }.Select(m => controlPlane.GetNodeMetricAsync(m, now - Span, now, step)).ToArray();
        var results = await Task.WhenAll(asked);
        var problem = Array.TrueForAll(results, r => !r.Succeeded) ? results[0].Failure!.Message : null;
        return new(now - Span, now, results[0].Value, results[1].Value, results[2].Value, problem);
    }

    private sealed record Answer(DateTimeOffset From, DateTimeOffset To, MetricSeries? Cpu, MetricSeries? Memory, MetricSeries? Disk, string? Problem);
}
