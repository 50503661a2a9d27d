using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Counts the tabs whose connection is lost and that the framework keeps for it to come back: <c>Limits:DisconnectedCircuits</c> at most.</summary>
internal sealed class DisconnectedCircuits : CircuitHandler
{
    // What ends is also told that its connection is lost, in either order: an ended tab is remembered as such until it is forgotten itself.
    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Circuit, object> _ended = [];

    /// <summary>Tabs without a connection now.</summary>
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
