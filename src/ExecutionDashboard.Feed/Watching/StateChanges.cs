using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>Builds the state change of an entity from its known and its new value.</summary>
internal static class StateChanges
{
    private static readonly string[] ErrorCodeNames = ["error_code", "errorCode", "code"];

    public static StateChange Of(Execution? before, Execution? now, DateTimeOffset seenAt)
    {
        var thing = now ?? before!;
        return new StateChange
        {
            Kind = FleetKind.Execution,
            Id = thing.Id,
            From = before?.Actual.State.Name ?? "",
            To = now?.Actual.State.Name ?? "",
            Desired = now?.Desired.State.Name ?? "",
            Message = now?.Actual.Message ?? "",
            ErrorCode = now is null ? "" : ErrorCodeOf(now.Details) ?? ErrorCodeOf(now.Actual.Details) ?? "",
            JobId = thing.JobId,
            JobVersion = thing.JobVersion,
            NodeId = thing.NodeId,
            DeploymentId = thing.DeploymentId,
            Revision = thing.Revision,
            At = now?.UpdatedAt ?? seenAt,
            SeenAt = seenAt,
        };
    }

    public static StateChange Of(Node? before, Node? now, DateTimeOffset seenAt) => new()
    {
        Kind = FleetKind.Node,
        Id = (now ?? before!).Id,
        From = before?.Connection ?? "",
        To = now?.Connection ?? "",
        Message = now?.Message ?? "",
        NodeId = (now ?? before!).Id,
        Revision = (now ?? before!).Revision,
        At = ConnectionSince(before, now) ?? now?.UpdatedAt ?? seenAt,
        SeenAt = seenAt,
        Source = before is null && now is not null && ConnectionSince(before, now) is not null ? ChangeSource.Derived : ChangeSource.Watched,
    };

    // A node reports when it connected and disconnected; of several changes after that (disconnected, then lost) only the first has a time.
    private static DateTimeOffset? ConnectionSince(Node? before, Node? now) =>
        now is null || before?.Connection == now.Connection ? null
        : now.IsConnected ? now.ConnectedSince
        : before is null or { IsConnected: true } ? now.DisconnectedSince
        : null;

    public static StateChange Of(Job? before, Job? now, DateTimeOffset seenAt) => new()
    {
        Kind = FleetKind.Job,
        Id = (now ?? before!).Id,
        From = before?.State ?? "",
        To = now?.State ?? "",
        Message = now?.Message ?? "",
        ErrorCode = ErrorCodeOf(now?.Details) ?? "",
        JobId = (now ?? before!).Id,
        JobVersion = (now ?? before!).Version,
        DeploymentId = (now ?? before!).DeploymentId,
        Revision = (now ?? before!).Revision,
        At = now?.UpdatedAt ?? seenAt,
        SeenAt = seenAt,
    };

    public static StateChange Of(Deployment? before, Deployment? now, DateTimeOffset seenAt) => new()
    {
        Kind = FleetKind.Deployment,
        Id = (now ?? before!).Id,
        From = before?.State ?? "",
        To = now?.State ?? "",
        Message = now?.Message ?? "",
        JobId = (now ?? before!).JobId,
        JobVersion = (now ?? before!).ToVersion ?? 0,
        DeploymentId = (now ?? before!).Id,
        Revision = (now ?? before!).Revision,
        At = now?.UpdatedAt ?? seenAt,
        SeenAt = seenAt,
    };

    public static StateChange Of(JobSpec spec, DateTimeOffset seenAt) =>
        new() { Kind = FleetKind.Spec, Id = spec.Hash, At = seenAt, SeenAt = seenAt };

    private static string? ErrorCodeOf(IReadOnlyDictionary<string, string>? details)
    {
        if (details is null) return null;
        foreach (var name in ErrorCodeNames)
            if (details.TryGetValue(name, out var code) && code.Length > 0) return code.Length <= 200 ? code : code[..200];
        return null;
    }
}
