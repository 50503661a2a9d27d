using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.Telemetry;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Live.UserData;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Operations.Undo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Hosting;

public class FleetViewsTests
{
    // They have the whole fleet, and show nothing of it to anybody who does not see it.
    private static readonly Type[] OfTheProgram =
    [
        typeof(FeedConnection), typeof(AttentionWatch), typeof(ProblemExchange), typeof(DashboardMetrics), typeof(ScopedFleets), typeof(OperationFollow),
        // Limited for who sees a part.
        typeof(OperationLog), typeof(NodeUseHistory),
        // Asked by the id of something that is seen.
        typeof(OperationWatch), typeof(DelayedCommands),
        // Ask it for its status and signals alone.
        typeof(UserDataCopy), typeof(UserDataExchange),
        // Asked by CommandPresence, which leaves out what is not seen.
        typeof(OpenCommands),
        // Bulk runs are shown to who sees the whole fleet alone.
        typeof(BulkExchange), typeof(BulkDriver), typeof(BulkRuns),
    ];

    [Fact]
    public void Services_ThatHoldTheFleet_AreOfEachPartOrOfTheProgramAlone()
    {
        var services = new ServiceCollection().AddDashboard(new ConfigurationBuilder().Build());
        // A service that is made once gets the whole fleet: a page that asks it would show all of it to everyone.
        var whole = services.Where(service => service.Lifetime == ServiceLifetime.Singleton)
            .Select(service => service.IsKeyedService ? service.KeyedImplementationType : service.ImplementationType)
            .Where(type => type?.Assembly == typeof(FleetViews).Assembly && HoldsTheFleet(type));

        Assert.Equal("", string.Join(", ", whole.Except(OfTheProgram).Select(type => type!.Name)));
    }

    private static bool HoldsTheFleet(Type type) => type.GetConstructors().SelectMany(made => made.GetParameters()).Any(needs => FleetViews.Kinds.Contains(needs.ParameterType) || needs.ParameterType == typeof(FleetSight));
}
