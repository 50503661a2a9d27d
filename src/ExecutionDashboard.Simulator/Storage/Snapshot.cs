using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Fleet;

namespace ExecutionDashboard.Simulator.Storage;

/// <summary>Converts a world to rows and back.</summary>
internal static class Snapshot
{
    /// <summary>Version of the row format; files with another one are discarded.</summary>
    public const int Schema = 1;
    public const string World = "world", Node = "node", Job = "job", Version = "version", Deployment = "deployment", Execution = "execution", Event = "event";
    /// <summary>Most versions of a job, numbered from 1; the size of a job's id range.</summary>
    private const long VersionsPerJob = 1_000_000;

    private static readonly JsonSerializerOptions Compact = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The settings that identify a fleet.</summary>
    public static StoredIdentity IdentityOf(SimulatorOptions options) =>
        new(Schema, options.Seed, options.Nodes, options.Jobs, options.Executions, options.Face, options.Scenario.Length > 0 ? options.Scenario.ToLowerInvariant() : null);

    /// <summary>All changes since the last call, as consistent rows. The engine's lock must be held.</summary>
    public static List<Row> Take(SimulatorEngine engine)
    {
        var world = engine.World;
        var dirty = world.TakeDirty();
        var rows = new List<Row>(dirty.Length + 1);
        foreach (var what in dirty)
            rows.Add(what switch
            {
                SimExecution e => new(Execution, e.Ordinal, Text(Of(e))),
                SimNode n => new(Node, n.Ordinal, Text(Of(n))),
                SimJob j => new(Job, j.Ordinal, Text(Of(j))),
                SimJobVersion v => new(Version, v.Job.Ordinal * VersionsPerJob + v.Number,
                    Text(new StoredVersion(v.Job.Ordinal, v.Number, Encoding.UTF8.GetString(v.Spec), v.CreatedAt, v.FailureRate))),
                SimDeployment d => new(Deployment, d.Ordinal, Text(Of(d))),
                _ => throw new InvalidOperationException($"A {what.GetType().Name} cannot be stored."),
            });
        foreach (var ordinal in world.Dropped) rows.Add(new(Execution, ordinal, null));
        foreach (var (job, told) in world.NewEvents) rows.Add(new(Event, told.Sequence, Text(new StoredEvent(job.Ordinal, told))));
        foreach (var sequence in world.OldEvents) rows.Add(new(Event, sequence, null));
        world.Dropped.Clear();
        world.NewEvents.Clear();
        world.OldEvents.Clear();
        rows.Add(new(World, 0, Text(new StoredWorld(IdentityOf(world.Options), world.Now, world.Random.State, world.Sequence, world.Change, world.Evaluation,
            world.HistoryPerExecution, world.MostExecutions, world.Executions.End, engine.Story.Next))));
        return rows;
    }

    /// <summary>Restores the engine from rows.</summary>
    public static SimulatorEngine Restore(SimulatorOptions options, StoredWorld stored, Func<string, IEnumerable<string>> rowsOf)
    {
        var world = new World(options)
        {
            Now = stored.Now, Sequence = stored.Sequence, Change = stored.Change, Evaluation = stored.Evaluation, HistoryPerExecution = stored.HistoryPerExecution,
            MostExecutions = stored.MostExecutions,
        };
        world.Random.State = stored.Random;
        world.Executions.Reserve(stored.NextOrdinal);
        var engine = new SimulatorEngine(world);
        stored.Story.CopyTo(engine.Story.Next, 0);
        var nodes = RestoreNodes(world, rowsOf(Node));
        RestoreJobs(world, Read<StoredJob>(rowsOf(Job)), Read<StoredVersion>(rowsOf(Version)), Read<StoredDeployment>(rowsOf(Deployment)), nodes);
        foreach (var deployment in world.Deployments) engine.Rollouts.Adopt(deployment);
        RestoreExecutions(world, Read<StoredExecution>(rowsOf(Execution)), nodes);
        foreach (var told in Read<StoredEvent>(rowsOf(Event))) world.Jobs[told.Job].History.Enqueue(told.Event);
        return engine;
    }

    /// <summary>Reads the row of the world.</summary>
    public static StoredWorld? ReadWorld(string? data) => data is null ? null : JsonSerializer.Deserialize<StoredWorld>(data, Compact);

    private static Dictionary<int, SimNode> RestoreNodes(World world, IEnumerable<string> rows)
    {
        var nodes = new Dictionary<int, SimNode>();
        foreach (var s in Read<StoredNode>(rows))
        {
            var node = new SimNode
            {
                Ordinal = s.Ordinal, Id = s.Id, Name = s.Name, Hostname = s.Hostname, Class = NodeSeeds.Classes[s.Class], AgentVersion = s.AgentVersion, Labels = s.Labels,
                CreatedAt = s.CreatedAt, FailureRate = s.FailureRate, Connection = s.Connection, Plan = s.Plan, Deleted = s.Deleted, SilentSince = s.SilentSince,
                ReturnsAt = s.ReturnsAt, ConnectedSince = s.ConnectedSince, DisconnectedSince = s.DisconnectedSince, UpdatedAt = s.UpdatedAt, Due = s.Due,
                Revision = s.Revision, Message = s.Message ?? "",
            };
            nodes.Add(node.Ordinal, node);
            world.Nodes.Add(node);
            if (node.Plan != NodePlan.None) world.Schedule.Add(node, node.Due);
        }
        world.Nodes.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var node in world.Nodes) world.NodesById.Add(node.Id, node);
        return nodes;
    }

    private static void RestoreJobs(
        World world, IEnumerable<StoredJob> jobs, IEnumerable<StoredVersion> versions, IEnumerable<StoredDeployment> deployments, Dictionary<int, SimNode> nodes)
    {
        var stored = jobs.OrderBy(j => j.Ordinal).ToList();
        foreach (var s in stored)
        {
            var job = new SimJob
            {
                Ordinal = s.Ordinal, Id = s.Id, Name = s.Name, Namespace = s.Namespace, Type = s.Type, CreatedAt = s.CreatedAt, LastGood = s.LastGood, Stopped = s.Stopped,
                Deleted = s.Deleted, LeftAlone = s.LeftAlone, State = s.State, Message = s.Message ?? "", Revision = s.Revision, UpdatedAt = s.UpdatedAt,
            };
            world.Jobs.Add(job);
            world.JobsById.Add(job.Id, job);
        }
        foreach (var s in versions.OrderBy(v => v.Number))
        {
            var spec = Encoding.UTF8.GetBytes(s.Spec);
            using var document = JsonDocument.Parse(spec);
            var job = world.Jobs[s.Job];
            job.Versions.Add(new()
            {
                Job = job, Number = s.Number, Spec = spec, Reading = SpecReading.Of(document.RootElement, world.Face), CreatedAt = s.CreatedAt, FailureRate = s.FailureRate,
            });
        }
        foreach (var s in deployments.OrderBy(d => d.Ordinal))
            world.Deployments.Add(new()
            {
                Ordinal = s.Ordinal, Job = world.Jobs[s.Job], Kind = s.Kind, From = s.From, To = world.Jobs[s.Job].Versions[s.To - 1], CreatedAt = s.CreatedAt,
                RollbackTo = s.RollbackTo, State = s.State, Message = s.Message ?? "", Targets = [.. (s.Targets ?? []).Select(t => nodes[t])], Cursor = s.Cursor,
                WaveStart = s.WaveStart, CanarySize = s.CanarySize, WaveSize = s.WaveSize, CurrentWave = s.CurrentWave, TotalWaves = s.TotalWaves,
                CanaryPromoted = s.CanaryPromoted, AwaitsPromotion = s.AwaitsPromotion, Outstanding = s.Outstanding, Updated = s.Updated, Failed = s.Failed,
                HealthDeadline = s.HealthDeadline, LastProgressAt = s.LastProgressAt, UpdatedAt = s.UpdatedAt, CompletedAt = s.CompletedAt, Revision = s.Revision,
            });
        foreach (var s in stored)
        {
            world.Jobs[s.Ordinal].Version = world.Jobs[s.Ordinal].Versions[s.Version - 1];
            if (s.Deployment >= 0) world.Jobs[s.Ordinal].Deployment = world.Deployments[s.Deployment];
        }
    }

    private static void RestoreExecutions(World world, IEnumerable<StoredExecution> rows, Dictionary<int, SimNode> nodes)
    {
        var changes = new List<(long Change, SimExecution Execution)>();
        foreach (var s in rows)
        {
            var execution = new SimExecution
            {
                Ordinal = s.Ordinal, Version = world.Jobs[s.Job].Versions[s.Version - 1], Node = nodes[s.Node], Deployment = s.Deployment < 0 ? null : world.Deployments[s.Deployment],
                Evaluation = s.Evaluation, CreatedAt = s.CreatedAt, Desired = s.Desired, Actual = s.Actual, Plan = s.Plan, Settled = s.Settled, Stable = s.Stable,
                Attempt = s.Attempt, Report = s.Report, DesiredMessage = s.DesiredMessage ?? "", Previous = s.Previous, Next = s.Next, Revision = s.Revision,
                UpdatedAt = s.UpdatedAt, StableAt = s.StableAt, Due = s.Due, History = s.History,
            };
            changes.Add((s.Change, execution));
        }
        changes.Sort((a, b) => a.Change.CompareTo(b.Change));
        var last = world.Change;
        foreach (var (change, execution) in changes)
        {
            world.Add(execution);
            execution.Change = change;
            if (execution.Plan != ExecutionPlan.None) world.Schedule.Add(execution, execution.Due);
        }
        world.Change = last;
        foreach (var execution in world.Executions.From(0, descending: false))
        {
            if (execution.Node.CurrentOf(execution.Job) is { } earlier) execution.Node.Current.Remove(earlier);
            execution.Node.Current.Add(execution);
        }
    }

    private static StoredExecution Of(SimExecution e) => new(
        e.Ordinal, e.Job.Ordinal, e.Version.Number, e.Node.Ordinal, e.Deployment?.Ordinal ?? -1, e.Evaluation, e.CreatedAt, e.Desired, e.Actual, e.Plan, e.Settled,
        e.Stable, e.Attempt, e.Report, e.DesiredMessage, e.Previous, e.Next, e.Revision, e.UpdatedAt, e.StableAt, e.Due, e.Change, e.History);

    private static StoredNode Of(SimNode n) => new(
        n.Ordinal, n.Id, n.Name, n.Hostname, NodeSeeds.Classes.Index().First(c => ReferenceEquals(c.Item, n.Class)).Index, n.AgentVersion, n.Labels, n.CreatedAt,
        n.FailureRate, n.Connection, n.Plan, n.Deleted, n.SilentSince, n.ReturnsAt, n.ConnectedSince, n.DisconnectedSince, n.UpdatedAt, n.Due, n.Revision, n.Message);

    private static StoredJob Of(SimJob j) => new(
        j.Ordinal, j.Id, j.Name, j.Namespace, j.Type, j.CreatedAt, j.Version.Number, j.Deployment?.Ordinal ?? -1, j.LastGood, j.Stopped, j.Deleted, j.LeftAlone,
        j.State, j.Message, j.Revision, j.UpdatedAt);

    private static StoredDeployment Of(SimDeployment d) => new(
        d.Ordinal, d.Job.Ordinal, d.Kind, d.From, d.To.Number, d.CreatedAt, d.RollbackTo, d.State, d.Message, [.. d.Targets.Select(t => t.Ordinal)], d.Cursor,
        d.WaveStart, d.CanarySize, d.WaveSize, d.CurrentWave, d.TotalWaves, d.CanaryPromoted, d.AwaitsPromotion, d.Outstanding, d.Updated, d.Failed, d.HealthDeadline,
        d.LastProgressAt, d.UpdatedAt, d.CompletedAt, d.Revision);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Compact);

    private static IEnumerable<T> Read<T>(IEnumerable<string> rows) => rows.Select(r => JsonSerializer.Deserialize<T>(r, Compact)!);
}
