using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine;

/// <summary>The life of nodes: going silent, being missed, coming back.</summary>
internal sealed class NodeLife(World world, ExecutionLife executions)
{
    /// <summary>Time between heartbeats.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SettlesAfter = TimeSpan.FromSeconds(5);

    /// <summary>Called when executions can be placed on a node again.</summary>
    public Action<SimNode>? Opened { get; set; }

    /// <summary>Time of a node's last heartbeat, UTC ticks. Computed, so that a hundred thousand healthy nodes cost nothing.</summary>
    public static long LastHeartbeat(SimNode node, long now)
    {
        var every = Heartbeat.Ticks;
        var phase = (long)(SeededRandom.Mix((ulong)node.Ordinal) % (ulong)every);
        var at = node.SilentSince != 0 ? node.SilentSince : now;
        var last = (at - phase) / every * every + phase;
        return Math.Max(last, Math.Min(node.ConnectedSince, at));
    }

    /// <summary>Makes a node silent; it comes back after a while (0 ticks for never).</summary>
    public void Silence(SimNode node, long returnsAfter)
    {
        if (node.SilentSince != 0 || node.Deleted) return;
        node.SilentSince = world.Now;
        node.ReturnsAt = returnsAfter == 0 ? 0 : world.Now + returnsAfter;
        var missed = world.Now + world.Span(world.DisconnectedAfter);
        PlanNext(node, NodePlan.Disconnect, missed);
    }

    /// <summary>Does the planned step of a node.</summary>
    public void Advance(SimNode node)
    {
        var plan = node.Plan;
        node.Plan = NodePlan.None;
        node.Due = 0;
        world.Soil(node);
        if (node.Deleted) return;
        switch (plan)
        {
            case NodePlan.Disconnect:
                node.Connection = Connection.Disconnected;
                node.DisconnectedSince = world.Now;
                node.Message = $"No heartbeat since {TimeOf(LastHeartbeat(node, world.Now))}";
                world.Touch(node);
                foreach (var execution in node.Current.ToArray())
                    if (execution.Job.IsOneShot && !execution.IsTerminal) executions.LoseNode(execution, ActualState.Failed, Report.NodeDisconnected);
                PlanNext(node, NodePlan.Lose, world.Now + world.Span(world.LostAfter));
                break;
            case NodePlan.Lose:
                node.Connection = Connection.Lost;
                node.Message = $"Node lost: no heartbeat since {TimeOf(LastHeartbeat(node, world.Now))}";
                world.Touch(node);
                foreach (var execution in LiveOn(node)) executions.LoseNode(execution, ActualState.Lost, Report.NodeLost);
                PlanNext(node, NodePlan.None, 0);
                break;
            case NodePlan.Return: Return(node); break;
            case NodePlan.Settle:
                node.Connection = Connection.Connected;
                node.ConnectedSince = world.Now;
                node.DisconnectedSince = 0;
                node.Message = "";
                world.Touch(node);
                Opened?.Invoke(node);
                break;
            default: break;
        }
    }

    /// <summary>The executions on a node that have not ended, including replaced ones.</summary>
    public List<SimExecution> LiveOn(SimNode node)
    {
        List<SimExecution> live = [];
        foreach (var current in node.Current)
            for (var execution = current; execution is not null; execution = world.Executions.Find(execution.Previous))
                if (!execution.IsTerminal) live.Add(execution);
                else if (!ReferenceEquals(execution, current)) break;
        return live;
    }

    private void Return(SimNode node)
    {
        node.SilentSince = 0;
        node.ReturnsAt = 0;
        // Report now what happened on the node in the meantime; a start that was lost stays lost.
        foreach (var execution in LiveOn(node))
            if (execution.Plan != ExecutionPlan.None) world.Plan(execution, execution.Plan, world.Seconds(0.2, 2));
        if (node.Connection == Connection.Connected) return;
        node.Connection = Connection.Connecting;
        node.Message = "Reconnected, waiting until it is stable";
        world.Touch(node);
        world.Plan(node, NodePlan.Settle, world.Now + world.Span(SettlesAfter));
    }

    private void PlanNext(SimNode node, NodePlan plan, long due)
    {
        if (node.ReturnsAt != 0 && (plan == NodePlan.None || node.ReturnsAt <= due)) world.Plan(node, NodePlan.Return, node.ReturnsAt);
        else world.Plan(node, plan, due);
    }

    private static string TimeOf(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
