using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Hosting.Planes;

/// <summary>The clients of several control planes. Each has services of its own, with its own address, token, queue and what it learned of the server, so nothing of one plane reaches another.</summary>
/// <param name="program">The program's services, of which they share the clock, the log and the metrics.</param>
/// <param name="planes">The planes.</param>
internal sealed class PlaneServers(IServiceProvider program, IReadOnlyList<PlaneSetting> planes) : IDisposable
{
    private readonly Dictionary<string, ServiceProvider> _servers =
        planes.ToDictionary(plane => plane.Name, plane => ControlPlaneServices.OfPlane(program, plane.Options), StringComparer.Ordinal);

    /// <summary>A service of each plane's client, by the plane's name.</summary>
    public IReadOnlyDictionary<string, T> Get<T>() where T : notnull => _servers.ToDictionary(plane => plane.Key, plane => plane.Value.GetRequiredService<T>(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in _servers.Values) server.Dispose();
    }
}
