using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Counts the disconnected tabs whose state the framework keeps for a reconnect, at most <c>Limits:DisconnectedCircuits</c>.</summary>
internal sealed class DisconnectedCircuits : CircuitHandler
{
    // A closed circuit is also reported as disconnected, in either order, so it is remembered until both were reported.
    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Circuit, object> _ended = [];

    /// <summary>Number of disconnected tabs.</summary>
    public int Count => _lost.Count;

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (!_ended.TryGetValue(circuit, out _)) _lost[circuit.Id] = true;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _lost.TryRemove(circuit.Id, out _);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _ended.TryAdd(circuit, this);
        _lost.TryRemove(circuit.Id, out _);
        return Task.CompletedTask;
    }
}
