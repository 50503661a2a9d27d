using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.History;

/// <summary>The fleet at any point in time of the log. Safe for concurrent use.</summary>
internal sealed class FleetMoments(FeedLog feed, ChangeRing ring)
{
    /// <summary>The fleet at a point in time; null while the feed starts.</summary>
    /// <param name="at">The point in time.</param>
    /// <param name="nodes">Nodes to include; null for none, empty for all.</param>
    /// <param name="cancel">Cancels the query.</param>
    public FleetMoment? At(DateTimeOffset at, IReadOnlyList<string>? nodes, CancellationToken cancel)
    {
        if (!feed.IsReady) return null;
        var moment = new FleetMoment { At = at, KnownSince = feed.Reader.KnownSince() };
        if (MomentReader.At(feed.Reader, at, ring.End.Sequence, cancel) is not { } found) return moment;
        var (states, sequence) = found;
        var placements = feed.Log.Placements;
        var (executions, connections) = Count(states, placements);
        return moment with
        {
            Sequence = sequence,
            Executions = executions,
            Connections = connections,
            Nodes = nodes is null ? null : NodesOf(states, placements, nodes.Count == 0 ? placements.Nodes : nodes),
        };
    }

    /// <summary>Numbers of executions by state, those that were replaced with them, and of nodes by connection.</summary>
    internal static (Dictionary<string, int> Executions, Dictionary<string, int> Connections) Count(FleetStates states, Placements placements)
    {
        var codes = states.Codes;
        Span<int> all = stackalloc int[256], nodes = stackalloc int[256];
        all.Clear();
        nodes.Clear();
        foreach (var code in codes) all[code]++;
        foreach (var key in placements.NodeKeys)
            if (key < codes.Length) nodes[codes[(int)key]]++;
        var (executions, connections) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        for (var code = 1; code < 256; code++)
        {
            if (all[code] == 0) continue;
            var word = states.Word((byte)code).State;
            if (nodes[code] > 0) connections[word] = connections.GetValueOrDefault(word) + nodes[code];
            if (all[code] > nodes[code]) executions[word] = executions.GetValueOrDefault(word) + all[code] - nodes[code];
        }
        return (executions, connections);
    }

    private static NodeMoments NodesOf(FleetStates states, Placements placements, IReadOnlyList<string> nodes)
    {
        var codes = states.Codes;
        var words = new List<string>();
        Span<int> wordOf = stackalloc int[256];
        wordOf.Fill(-1);
        var (executions, connections) = (new long[nodes.Count], new int[nodes.Count]);
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var key in placements.Of(nodes[i]))
                if (key < codes.Length && codes[(int)key] is var code and not 0 && !states.Word(code).Replaced)
                    executions[i] |= 1L << WordOf(code, states, words, wordOf);
            var own = placements.KeyOf(nodes[i]);
            connections[i] = own > 0 && own < codes.Length && codes[(int)own] is var connection and not 0 ? WordOf(connection, states, words, wordOf) : -1;
        }
        return new NodeMoments { Ids = nodes, States = words, Executions = executions, Connections = connections };
    }

    private static int WordOf(byte code, FleetStates states, List<string> words, Span<int> wordOf)
    {
        if (wordOf[code] >= 0) return wordOf[code];
        var text = words.Count < NodeMoments.MostStates - 1 ? states.Word(code).State : "other";
        var place = words.IndexOf(text);
        if (place < 0)
        {
            place = words.Count;
            words.Add(text);
        }
        return wordOf[code] = place;
    }
}
