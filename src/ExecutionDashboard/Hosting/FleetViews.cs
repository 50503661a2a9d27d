using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.NodeDetail;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Components.Pages.Specs;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Hosting.Limits;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Targets;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Registers the services that hold the fleet, or what is worked out from it. A page that asks for one gets that of the part which its viewer sees, and shares it with all who see the same;
/// the program's own services, and who sees everything, get that of the whole fleet. So a page cannot show more than its viewer sees, whatever it asks.
/// </summary>
internal static class FleetViews
{
    /// <summary>The services that there are once for each part. What is worked out from the fleet and kept for several viewers belongs here, and nowhere else.</summary>
    public static IReadOnlySet<Type> Kinds { get; } = new HashSet<Type>
    {
        typeof(LiveSignals), typeof(Replica), typeof(Problems), typeof(SharedLanes), typeof(SharedChanges), typeof(SharedConvergence), typeof(DeploymentHistories), typeof(FleetOverviews), typeof(ProblemViews), typeof(ProblemRecords), typeof(FilteredCounts),
        typeof(DeploymentViews), typeof(RolloutSummaries), typeof(SpecSources), typeof(SpecSkews), typeof(NodeSets), typeof(TroubledNodes), typeof(WorstStates), typeof(OperationTargets), typeof(PageTime),
    };

    // What is the program's for the whole fleet, and says less to who sees a part.
    private static readonly Dictionary<Type, Func<FleetServices, IServiceProvider, object>> Limited = new()
    {
        [typeof(IControlPlane)] = (part, program) => new LimitedControlPlane(program.GetRequiredService<IControlPlane>(), part.GetRequiredService<FleetSight>()),
        [typeof(IJobLogs)] = (part, program) => new LimitedJobLogs(program.GetRequiredService<IJobLogs>(), part.GetRequiredService<FleetSight>()),
        [typeof(OperationLog)] = (part, program) => program.GetRequiredService<OperationLog>().SeenBy(part.GetRequiredService<FleetSight>().SeesTarget),
        [typeof(NodeUseHistory)] = (part, program) => program.GetRequiredService<NodeUseHistory>().SeenBy(part.GetRequiredService<FleetSight>().SeesNode),
    };

    // What knows only now. Commands and load are of now, too.
    private static readonly Dictionary<Type, Func<FleetServices, IServiceProvider, object>> Past = new()
    {
        [typeof(IControlPlane)] = (past, program) => new PastControlPlane(new LimitedControlPlane(program.GetRequiredService<IControlPlane>(), past.GetRequiredService<FleetSight>()), past.GetRequiredService<FleetSight>()),
        [typeof(IJobLogs)] = (_, _) => new PastJobLogs(),
        [typeof(NodeSets)] = (past, program) => past.GetRequiredService<FleetSight>().IsWhole ? program.GetRequiredService<NodeSets>() : new NodeSets(),
        [typeof(TimeProvider)] = (past, program) => new PageTime(program.GetRequiredService<TimeProvider>(), () => past.GetRequiredService<FleetSight>().At),
        [typeof(OperationLog)] = (_, program) => program.GetRequiredService<OperationLog>().SeenBy(_ => false),
        [typeof(NodeUseHistory)] = (_, program) => program.GetRequiredService<NodeUseHistory>().SeenBy(_ => false),
    };

    /// <summary>Registers them. The services that are limited for who sees a part must be registered before.</summary>
    public static void AddFleetViews(this IServiceCollection services)
    {
        services.AddSingleton(new FleetServiceKinds(Kinds, Limited, Past));
        services.AddSingleton<ScopedFleets>();
        services.AddSingleton(provider => new PastStores(
            provider.GetRequiredService<IPastFeed>(), provider.GetRequiredService<IOptions<AttentionOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IOptions<LimitsOptions>>()?.Value.PastExecutions ?? PastStores.MostExecutions));
        services.AddScoped<ViewedMoment>();
        services.AddScoped<VisibleFleet>();
        foreach (var kind in Kinds.Append(typeof(FleetSight))) services.AddTransient(kind, provider => Of(provider, provider.GetRequiredService<ScopedFleets>()).GetRequiredService(kind));
        foreach (var kind in Limited.Keys) Limit(services, kind);
    }

    // The program's own stays reachable to the program alone, by a key.
    private static void Limit(IServiceCollection services, Type kind)
    {
        if (services.LastOrDefault(service => service.ServiceType == kind && !service.IsKeyedService) is not { Lifetime: ServiceLifetime.Singleton } own) return;
        services.Remove(own);
        services.Add(own.ImplementationInstance is { } instance ? new(kind, nameof(FleetViews), instance)
            : own.ImplementationFactory is { } make ? new(kind, nameof(FleetViews), (provider, _) => make(provider), ServiceLifetime.Singleton)
            : new(kind, nameof(FleetViews), own.ImplementationType!, ServiceLifetime.Singleton));
        services.AddTransient(kind, provider => Of(provider, provider.GetRequiredService<ScopedFleets>()) is var seen && seen == provider.GetRequiredService<ScopedFleets>().Whole
            ? provider.GetRequiredKeyedService(kind, nameof(FleetViews)) : seen.GetRequiredService(kind));
    }

    private static FleetServices Of(IServiceProvider provider, ScopedFleets fleets) => fleets.IsProgram(provider) ? fleets.Whole : provider.GetRequiredService<VisibleFleet>().Services;
}
