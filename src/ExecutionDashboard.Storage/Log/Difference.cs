using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>A difference between a known and a read entity: its new value, and the state change for the log.</summary>
/// <param name="Change">The new value.</param>
/// <param name="Step">The state change, without its number.</param>
/// <param name="Place">Its place in the log; default for an entity that is not in the log.</param>
/// <param name="Before">The previous value of an execution; null for other kinds and new executions.</param>
internal sealed record Difference(FleetChange Change, StateChange Step, Place Place = default, Execution? Before = null)
{
    /// <summary>What it replaces of what the step does not tell: see <see cref="Fleet.Past.FormerFacts.Of"/>.</summary>
    public byte[] Former { get; init; } = [];
}

/// <summary>Place of an entity in the log.</summary>
/// <param name="Key">Its key; 0 when the log does not have it.</param>
/// <param name="Last">Sequence number of its newest change.</param>
internal readonly record struct Place(long Key, long Last);
