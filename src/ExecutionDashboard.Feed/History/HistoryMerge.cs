using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Feed.History;

/// <summary>Makes one history of what was watched and what was told.</summary>
internal static class HistoryMerge
{
    // The feed dates a step by the execution's last change, which may be a moment after the step itself.
    private static readonly TimeSpan SameStep = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Steps in order of time, then number, each from the state before it. A told step that was watched too is left out; so is one to the
    /// state that it was in already. The first watched row is only where the feed came in: if the state had been told before, it is no step.
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

    /// <summary>An event of the server as a step; null when it tells of no state.</summary>
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

    // Either named in the details, or the word after "Execution" ("Execution degraded: output connection refused").
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
        // Masked first: what is cut off may be the name that makes a secret of what follows.
        var message = SecretMask.MaskText(told);
        var colon = message.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? message : message[(colon + 2)..];
    }
}
