using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Feed.History;

/// <summary>Merges the changes that the feed saw with those in the server's history.</summary>
internal static class HistoryMerge
{
    // The feed uses the execution's last change as time, which may be slightly after the state change.
    private static readonly TimeSpan SameStep = TimeSpan.FromSeconds(2);

    /// <summary>
    /// State changes by time, then number, each with the previous state. A server event that the feed saw too is dropped, and so is one that does not change the
    /// state. The first change that the feed saw is dropped if the server's history has the same state before it.
    /// </summary>
    public static IReadOnlyList<StateChange> Merge(IReadOnlyList<StateChange> watched, IReadOnlyList<StateChange> told)
    {
        var unseen = told.Where(t => !watched.Skip(1).Any(w => w.To == t.To && (w.At - t.At).Duration() <= SameStep));
        var merged = new List<StateChange>();
        foreach (var step in watched.Concat(unseen).OrderBy(s => s.At).ThenBy(s => s.Sequence))
        {
            var before = merged.Count > 0 ? merged[^1].To : "";
            if (merged.Count > 0 && step.To == before) continue;
            merged.Add(step with { From = before.Length > 0 ? before : step.From });
        }
        return merged;
    }

    /// <summary>A server event as a state change; null when it has no state.</summary>
    public static StateChange? Read(HistoryEvent told, StateChange of)
    {
        var (state, message) = StateIn(told);
        if (state.Length == 0 || told.At is not { } at) return null;
        return new StateChange
        {
            Kind = FleetKind.Execution,
            Id = of.Id,
            From = StateOf(told.Details.GetValueOrDefault("old_state", "")),
            To = state,
            Message = message,
            ErrorCode = told.Details.GetValueOrDefault("error_code", ""),
            JobId = told.JobId.Length > 0 ? told.JobId : of.JobId,
            JobVersion = told.JobVersion != 0 ? told.JobVersion : of.JobVersion,
            NodeId = told.Details.GetValueOrDefault("node_id", of.NodeId),
            DeploymentId = of.DeploymentId,
            At = at,
            SeenAt = at,
            Source = ChangeSource.History,
        };
    }

    private static string StateOf(string word) => ExecutionState.Parse(SecretMask.MaskText(word)).Name;

    // In the details, or the word after "Execution" ("Execution degraded: output connection refused").
    private static (string State, string Message) StateIn(HistoryEvent told)
    {
        if (told.Details.TryGetValue("new_state", out var named) && named.Length > 0)
            return (StateOf(named), AfterColon(told.Message));
        const string start = "Execution ";
        if (!told.Message.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return ("", "");
        var rest = told.Message[start.Length..];
        var end = rest.IndexOfAny([' ', ':', ',', '.']);
        var state = ExecutionState.Parse(end < 0 ? rest : rest[..end]);
        return state.Known == KnownExecutionState.Other ? ("", "") : (state.Name, AfterColon(told.Message));
    }

    private static string AfterColon(string told)
    {
        // Mask before cutting: the part that is cut off may be the name of a secret.
        var message = SecretMask.MaskText(told);
        var colon = message.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? message : message[(colon + 2)..];
    }
}
