using System.Runtime.CompilerServices;
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
    private readonly ConditionalWeakTable<Circuit, Tab> _tabs = [];
    private readonly Lock _gate = new();
    private int _count;

    /// <summary>Tabs without a connection now.</summary>
    public int Count => Volatile.Read(ref _count);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var tab = _tabs.GetOrCreateValue(circuit);
            if (!tab.HasEnded && tab.Losses++ == 0) _count++;
        }
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_gate) Found(_tabs.GetOrCreateValue(circuit));
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var tab = _tabs.GetOrCreateValue(circuit);
            // Whatever ends is first told that its connection is lost. Told twice, it had been lost before.
            if (tab.Losses > 1 && _count > options.Value.DisconnectedCircuits) LimitMetric.Met("disconnected_circuits");
            Found(tab);
            tab.HasEnded = true;
        }
        return Task.CompletedTask;
    }

    private void Found(Tab tab)
    {
        if (tab.Losses > 0) _count--;
        tab.Losses = 0;
    }

    private sealed class Tab
    {
        public int Losses { get; set; }

        public bool HasEnded { get; set; }
    }
}
