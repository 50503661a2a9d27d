using System.Buffers;
using System.Text.Json;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Simulator.Api.Json;
using ExecutionDashboard.Tests.Simulator;
using Generation = ExecutionDashboard.Simulator.Generation;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>The store of an emulated fleet, by way of the JSON that its API sends, and its problems as they are kept.</summary>
internal sealed class SimulatedStore(SimulatedFleet fleet, AttentionOptions? options = null)
{
    private readonly FleetStore _store = new();
    private readonly AttentionModel _model = new(options ?? new());
    private readonly SpecCache _specs = new();
    private long _change;
    private double _nodesRead = -60;

    /// <summary>Takes what changed, and gives the problems now, worst first.</summary>
    public Problem[] Look()
    {
        var world = fleet.World;
        var page = new PageReading(_specs);
        var (executions, jobs, nodes, deployments) = (new ExecutionJson(world), new JobJson(world), new NodeJson(world), new DeploymentJson(world));
        var changes = new List<FleetChange>();
        // Heartbeats come so often that one a minute is enough.
        if (fleet.Elapsed - _nodesRead >= 60) _nodesRead = fleet.Elapsed;
        if (_nodesRead == fleet.Elapsed)
            foreach (var node in world.Nodes.Where(n => !n.Deleted)) changes.Add(FleetChange.Of(Read(json => nodes.Write(json, node), element => NodeReader.Read(element, page))!));
        foreach (var job in world.Jobs)
        {
            var reading = Read(json => jobs.Write(json, job), element => JobReader.Read(element, page))!;
            changes.Add(FleetChange.Of(reading.Job));
            if (reading.Rollout is { } rollout) changes.Add(FleetChange.Of(rollout));
        }
        if (world.Face == Generation.Deployment)
            foreach (var deployment in world.Deployments) changes.Add(FleetChange.Of(Read(json => deployments.Write(json, deployment), DeploymentReader.Read)!));
        var newest = _change;
        for (var execution = world.Recency.Newest; execution is not null && execution.Change > _change; execution = execution.Older)
        {
            newest = Math.Max(newest, execution.Change);
            changes.Add(FleetChange.Of(Read(json => executions.Write(json, execution, withSpec: false), element => ExecutionReader.Read(element, page))!));
        }
        _change = newest;
        _store.Apply([.. page.Specs.Select(FleetChange.Of), .. changes]);
        _model.Update(_store, new DateTimeOffset(world.Now, TimeSpan.Zero));
        return [.. _model.Problems.Select(p => p.Problem)];
    }

    private static T Read<T>(Action<Utf8JsonWriter> write, Func<JsonElement, T> read)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return read(document.RootElement);
    }
}
