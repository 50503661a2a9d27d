using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Presence;
using ExecutionDashboard.Tests.Operations.Access;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Operations.Presence;

/// <summary>Who sees a part of the fleet sees no dialogs for the rest, whatever is asked.</summary>
public sealed class ScopedPresenceTests
{
    [Fact]
    public void Others_OfAnotherPart_AreNotSeen()
    {
        using var rig = new ScopedRig(
            FleetChange.Of(new Job { Id = "a", Namespace = "prod" }), FleetChange.Of(new Job { Id = "b", Namespace = "test" }),
            FleetChange.Of(new Deployment { Id = "da", JobId = "a", Namespace = "prod" }), FleetChange.Of(new Deployment { Id = "db", JobId = "b", Namespace = "test" }));
        using IServiceScope admin = rig.Open(new AccessGrants(AccessRole.Admin, [])), part = rig.Open(AccessRole.Operator, "namespace=prod");
        var (all, own) = (admin.ServiceProvider.GetRequiredService<CommandPresence>(), part.ServiceProvider.GetRequiredService<CommandPresence>());
        all.Open(OperationKind.Promote, FleetKind.Deployment, "da");
        all.Open(OperationKind.Promote, FleetKind.Deployment, "db");
        all.Open(OperationKind.StopJob, FleetKind.Job, "b");
        own.Open(OperationKind.Promote, FleetKind.Deployment, "da");

        Assert.Single(own.Others(FleetKind.Deployment, "da"));
        Assert.Single(own.Others(FleetKind.Job, "a"));
        Assert.Empty(own.Others(FleetKind.Deployment, "db"));
        Assert.Empty(own.Others(FleetKind.Job, "b"));
        Assert.Single(all.Others(FleetKind.Deployment, "da"));
    }
}
