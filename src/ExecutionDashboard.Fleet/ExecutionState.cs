using System.Text.Json.Serialization;
using ExecutionDashboard.Fleet.Json;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Fleet;

/// <summary>The states of an execution that this product knows. Servers may send others: see <see cref="ExecutionState"/>.</summary>
public enum KnownExecutionState : byte
{
    /// <summary>Any other state; <see cref="ExecutionState.Name"/> is the text that the server sent.</summary>
    Other = 0,
    /// <summary>Created and placed on a node, not yet started there.</summary>
    Pending,
    /// <summary>The node is starting it.</summary>
    Starting,
    /// <summary>Running, but not yet accepted as healthy (rollout generation only).</summary>
    Validating,
    /// <summary>Running.</summary>
    Running,
    /// <summary>Running, but unhealthy: output refused, retries, error rate.</summary>
    Degraded,
    /// <summary>Ended successfully. Servers send <c>complete</c> or <c>completed</c>.</summary>
    Completed,
    /// <summary>Ended with an error.</summary>
    Failed,
    /// <summary>The node is lost, so the state there is unknown.</summary>
    Lost,
    /// <summary>Stop requested, not yet stopped.</summary>
    Stopping,
    /// <summary>Stopped on request.</summary>
    Stopped,
}

/// <summary>The state of an execution: a known one, or any other text that a server sends. States are equal when their names are.</summary>
[JsonConverter(typeof(ExecutionStateJson))]
public readonly record struct ExecutionState
{
    private static readonly string[] Names =
        ["", "pending", "starting", "validating", "running", "degraded", "completed", "failed", "lost", "stopping", "stopped"];

    private readonly string? _name;

    private ExecutionState(KnownExecutionState known, string name)
    {
        Known = known;
        _name = name;
    }

    /// <summary>The known state, or <see cref="KnownExecutionState.Other"/>.</summary>
    public KnownExecutionState Known { get; }

    /// <summary>The state's name: normalised for known states (<c>complete</c> is <c>completed</c>), else as sent. Empty when none was sent.</summary>
    public string Name => _name ?? "";

    /// <summary>Whether no state was sent.</summary>
    public bool IsNone => Name.Length == 0;

    /// <summary>Whether it has ended: completed, failed, lost or stopped.</summary>
    public bool IsTerminal => Known is KnownExecutionState.Completed or KnownExecutionState.Failed or KnownExecutionState.Lost or KnownExecutionState.Stopped;

    /// <summary>Order by urgency: 0 is the most urgent state, and no state comes last.</summary>
    public int Rank => NodeStates.Rank(this);

    /// <summary>All known states, in the order in which an execution passes through them.</summary>
    public static IReadOnlyList<ExecutionState> All { get; } =
        [.. Enum.GetValues<KnownExecutionState>().Where(k => k != KnownExecutionState.Other).Select(Of)];

    /// <summary>The state for a known value. <see cref="KnownExecutionState.Other"/> gives the state without a name.</summary>
    public static ExecutionState Of(KnownExecutionState known) => new(known, Names[(int)known]);

    /// <summary>Reads a state as a server sends it. Never fails; ignores white space, and case for known names.</summary>
    public static ExecutionState Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return default;
        var name = text.Trim();
        for (var i = 1; i < Names.Length; i++)
            if (name.Equals(Names[i], StringComparison.OrdinalIgnoreCase)) return Of((KnownExecutionState)i);
        return name.ToLowerInvariant() switch
        {
            "complete" => Of(KnownExecutionState.Completed),
            "run" => Of(KnownExecutionState.Running),
            "stop" => Of(KnownExecutionState.Stopped),
            _ => new(KnownExecutionState.Other, name),
        };
    }

    /// <inheritdoc/>
    public bool Equals(ExecutionState other) => Known == other.Known && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Known == KnownExecutionState.Other ? Name.GetHashCode(StringComparison.Ordinal) : (int)Known;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
