using ExecutionDashboard.Operations.Presence;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ExecutionDashboard.Hosting;

/// <summary>A tab that lost its connection is about to give no command: its dialogs are kept for minutes, but nobody can press their buttons.</summary>
internal sealed class PresenceCircuit(CommandPresence presence) : CircuitHandler
{
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.SetConnected(false);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.SetConnected(true);
        return Task.CompletedTask;
    }
}
