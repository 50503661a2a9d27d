namespace ExecutionDashboard.Fleet.Past;

/// <summary>
/// Entities as they were at a moment, from what is known of them and the last change that the log has of them by then. What a change does not have is told by <see cref="FormerFacts"/>. Of moments before the
/// log had those it is as now where it seldom changes (names, labels, the strategy of a deployment), and not known otherwise: a past value is never made up, and one of now that would be wrong then is left out.
/// </summary>
public static class PastEntities
{
    /// <summary>Whether a change left its entity there: one to no state removed it, unless it had none before either. The time of a removal is that at which it was seen, since no server sends one.</summary>
    public static bool Exists(StateChange was) => was.To.Length > 0 || was.From.Length == 0 || was.At != was.SeenAt;

    /// <summary>An execution after a change.</summary>
    /// <param name="now">As it is now; of a removed one what is known of it.</param>
    /// <param name="was">Its last change by then.</param>
    /// <param name="isReplaced">Whether another one had replaced it by then.</param>
    /// <param name="specHash">Hash of the spec of the version then, where it was another one than now; empty when it is not known.</param>
    public static Execution Of(Execution now, StateChange was, bool isReplaced, string specHash) => now with
    {
        JobId = was.JobId, JobVersion = was.JobVersion, NodeId = was.NodeId, DeploymentId = was.DeploymentId, SpecHash = was.JobVersion == now.JobVersion && now.SpecHash.Length > 0 ? now.SpecHash : specHash,
        Desired = new(ExecutionState.Parse(was.Desired)), Actual = new(ExecutionState.Parse(was.To), was.Message),
        Details = was.ErrorCode.Length > 0 ? new Dictionary<string, string> { ["error_code"] = was.ErrorCode } : null,
        NextId = isReplaced ? now.NextId : "", Revision = was.Revision, UpdatedAt = was.At, StableAt = now.StableAt <= was.At ? now.StableAt : null,
    };

    /// <summary>A node after a change. Its labels, agent and system are those that are known; its load and its heartbeat are not.</summary>
    public static Node Of(Node now, StateChange was)
    {
        var then = now with { Connection = was.To, Message = was.Message, Revision = was.Revision, UpdatedAt = was.At };
        // Only a change of the connection has its time.
        var since = was.From != was.To ? was.At : then.IsConnected == now.IsConnected ? (then.IsConnected ? now.ConnectedSince : now.DisconnectedSince) : null;
        if (since > was.At) since = null;
        return Of(then with { ConnectedSince = then.IsConnected ? since : null, DisconnectedSince = then.IsConnected ? null : since });
    }

    /// <summary>A node that has not changed since: without what heartbeats told, which the log does not have.</summary>
    public static Node Of(Node now) => now with { LastHeartbeat = null, Resources = null, LastEdgeSequence = 0, LastOrchestratorSequence = 0 };

    /// <summary>A job after a change.</summary>
    /// <param name="now">As it is now; of a removed one what is known of it.</param>
    /// <param name="was">Its last change by then.</param>
    /// <param name="specHash">Hash of the spec of the version then, where it was another one than now; empty when it is not known.</param>
    public static Job Of(Job now, StateChange was, string specHash) => now with
    {
        State = was.To, Message = was.Message, Version = was.JobVersion, SpecHash = was.JobVersion == now.Version ? now.SpecHash : specHash, DeploymentId = was.DeploymentId,
        Details = was.ErrorCode.Length > 0 ? new Dictionary<string, string> { ["error_code"] = was.ErrorCode } : null, Revision = was.Revision, UpdatedAt = was.At,
    };

    /// <summary>A deployment after a change.</summary>
    /// <param name="now">As it is known.</param>
    /// <param name="was">Its last change by then.</param>
    /// <param name="isRecorded">Whether what is known is of then; else its waves and the server's own counts are not known, and executions tell how far it was.</param>
    public static Deployment Of(Deployment now, StateChange was, bool isRecorded = false)
    {
        var then = now with { JobId = was.JobId, State = was.To, Message = was.Message, Revision = was.Revision, UpdatedAt = was.At };
        return isRecorded ? then : then with
        {
            CurrentWave = null, UpdatedNodes = null, FailedNodes = null, HealthDeadline = null,
            LastProgressAt = now.LastProgressAt <= was.At ? now.LastProgressAt : null,
            CompletedAt = then.IsOpen ? null : now.CompletedAt <= was.At ? now.CompletedAt : was.At,
            // It is promoted once: not yet is known, that it was may have come later.
            CanaryPromoted = now.CanaryPromoted == true && then.IsOpen ? null : now.CanaryPromoted,
        };
    }
}
