using System.Collections.Concurrent;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>
/// Counts the tabs whose connection is lost and that are kept for it to come back. The framework keeps <c>Limits:DisconnectedCircuits</c> of them, and gives the others up
/// without a word.
/// </summary>
internal sealed class DisconnectedCircuits(IOptions<LimitsOptions> options) : CircuitHandler
{
    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);

    /// <summary>Tabs without a connection now.</summary>
    public int Count => _lost.Count;

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // A circuit that ends is told of a lost connection first: the closed tab of someone who left counts for a moment only.
        if (_lost.TryAdd(circuit.Id, true) && _lost.Count > options.Value.DisconnectedCircuits) LimitMetric.Met("disconnected_circuits");
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Remove(circuit);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => Remove(circuit);

    private Task Remove(Circuit circuit)
    {
        _lost.TryRemove(circuit.Id, out _);
        return Task.CompletedTask;
    }
}
