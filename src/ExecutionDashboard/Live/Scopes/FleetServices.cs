using System.Collections.Concurrent;

namespace ExecutionDashboard.Live.Scopes;

/// <summary>
/// Which services exist once for each part of the fleet that somebody sees: those that hold the fleet, or what is worked out from it for all viewers. Everything else is the program's.
/// </summary>
/// <param name="Kinds">Those made by their constructor.</param>
/// <param name="Limited">Those that are made otherwise for a part than for the whole, by the services of the part and of the program; for the whole they are the program's.</param>
/// <param name="Past">Those that are made otherwise for what shows the past: they know only now.</param>
public sealed record FleetServiceKinds(IReadOnlySet<Type> Kinds, IReadOnlyDictionary<Type, Func<FleetServices, IServiceProvider, object>> Limited, IReadOnlyDictionary<Type, Func<FleetServices, IServiceProvider, object>> Past);

/// <summary>
/// The services of one part of the fleet, or of the whole: each made when first asked for, and shared by all who see the same. A service that is not of this kind comes from the program.
/// Safe for any thread.
/// </summary>
/// <param name="kinds">Which services these are.</param>
/// <param name="program">The program's services.</param>
/// <param name="sight">What is seen; null for the whole fleet.</param>
/// <param name="isPast">It is of the past.</param>
public sealed class FleetServices(FleetServiceKinds kinds, IServiceProvider program, Func<FleetServices, FleetSight>? sight = null, bool isPast = false) : IServiceProvider
{
    private readonly IReadOnlyDictionary<Type, Func<FleetServices, IServiceProvider, object>> _limited = isPast ? kinds.Past : kinds.Limited;
    private readonly ConcurrentDictionary<Type, Lazy<object>> _made = new();

    /// <inheritdoc/>
    public object? GetService(Type serviceType) =>
        serviceType == typeof(FleetSight) || kinds.Kinds.Contains(serviceType) || (sight is not null && _limited.ContainsKey(serviceType))
            ? _made.GetOrAdd(serviceType, type => new(() => Make(type))).Value
            : program.GetService(serviceType);

    private object Make(Type type) =>
        type == typeof(FleetSight) ? sight is null ? new FleetSight(this.GetRequiredService<Replica>()) : sight(this)
        : sight is not null && _limited.TryGetValue(type, out var limited) ? limited(this, program)
        : ActivatorUtilities.CreateInstance(this, type);
}
