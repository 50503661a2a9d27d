using ExecutionDashboard.Simulator.Api;
using ExecutionDashboard.Simulator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Simulator;

/// <summary>Hosts a simulated Expanso control plane.</summary>
public static class SimulatorHosting
{
    /// <summary>Path of the API.</summary>
    private const string BasePath = "/simulator/api/v1";

    /// <summary>Names of all settings of the simulator, such as <c>Simulator:Seed</c>.</summary>
    public static IReadOnlyList<string> Settings { get; } =
        [.. typeof(SimulatorOptions).GetProperties().Where(property => property.CanWrite).Select(property => $"{SimulatorOptions.Section}:{property.Name}")];

    /// <summary>
    /// Registers the simulator with the settings under <c>Simulator</c>, which are checked at start; an error names the setting. Uses the registered
    /// <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddSimulator(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<SimulatorOptions>, SimulatorOptionsValidator>();
        services.AddOptions<SimulatorOptions>().Bind(configuration.GetSection(SimulatorOptions.Section)).ValidateOnStart();
        services.AddSingleton<FleetPersistence>();
        services.AddSingleton(provider => provider.GetRequiredService<FleetPersistence>().Engine);
        services.AddSingleton<Replies>();
        services.AddHostedService<SimulatorClock>();
        return services;
    }

    /// <summary>Maps the API under <c>/simulator/api/v1</c>, in both generations.</summary>
    public static IEndpointRouteBuilder MapSimulator(this IEndpointRouteBuilder endpoints)
    {
        var replies = endpoints.ServiceProvider.GetRequiredService<Replies>();
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<SimulatorOptions>>().Value;
        var api = endpoints.MapGroup(BasePath);
        api.MapExecutions(replies, options);
        api.MapNodes(replies);
        api.MapJobs(replies, options);
        if (options.Face == Generation.Deployment) api.MapDeployments(replies);
        api.MapStatus(replies);
        api.MapLogs(replies);
        api.Map("/{**rest}", Replies.NoSuchPage);
        return endpoints;
    }
}
