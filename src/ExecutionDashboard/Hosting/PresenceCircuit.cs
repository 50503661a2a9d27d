using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Operations.Presence;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// A tab that lost its connection is about to give no command: its dialogs are kept for minutes, but nobody can press their buttons. Nobody looks at what changes in it either.
/// </summary>
internal sealed class PresenceCircuit(CommandPresence presence, ConnectedTabs tabs) : CircuitHandler
{
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.SetConnected(false);
        tabs.Set(this, connected: false);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.SetConnected(true);
        tabs.Set(this, connected: true);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        tabs.Set(this, connected: false);
        return Task.CompletedTask;
    }
}
