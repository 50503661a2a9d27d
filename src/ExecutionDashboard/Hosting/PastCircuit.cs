using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ExecutionDashboard.Hosting;

/// <summary>Tells a tab that shows the past when a person does something in it, and when its connection is lost: when memory is short, a tab that nobody uses gives its moment up.</summary>
internal sealed class PastCircuit(VisibleFleet fleet) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => activity =>
    {
        fleet.OpenPast?.Use();
        return next(activity);
    };

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        fleet.OpenPast?.SetConnected(false);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        fleet.OpenPast?.SetConnected(true);
        return Task.CompletedTask;
    }
}
