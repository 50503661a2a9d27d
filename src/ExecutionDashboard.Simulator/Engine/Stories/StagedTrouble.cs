using System.Text.Json.Nodes;
using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Fleet;

namespace ExecutionDashboard.Simulator.Engine.Stories;

/// <summary>Makes a scenario's trouble, and mends it.</summary>
internal sealed class StagedTrouble
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10), CredentialLeft = TimeSpan.FromDays(2);

    private readonly World _world;
    private readonly ExecutionLife _executions;
    private readonly NodeLife _nodes;
    private readonly JobCommands _commands;
    private readonly Trouble? _trouble;
    private SimNode[] _meant = [];
    private long _begins, _ends;

    public StagedTrouble(World world, ExecutionLife executions, NodeLife nodes, JobCommands commands)
    {
        (_world, _executions, _nodes, _commands, _trouble) = (world, executions, nodes, commands, world.Scenario?.Trouble);
        // From the start of the process on, and so after a restart too.
        if (_trouble is not null) _begins = world.Now + world.Span(_trouble.First);
    }

    /// <summary>It is on.</summary>
    public bool IsOn => _ends != 0;

    /// <summary>The control plane answers nothing.</summary>
    public bool IsSilent => IsOn && _trouble!.Kind == TroubleKind.Silence;

    /// <summary>Lists of executions have an entry that cannot be read.</summary>
    public bool IsUnreadable => IsOn && _trouble!.Kind == TroubleKind.Unreadable;

    /// <summary>The present was moved on without living through the time between.</summary>
    public void Skip(long gap)
    {
        _begins += gap;
        if (IsOn) _ends += gap;
    }

    /// <summary>Begins, holds or mends it when its time has come.</summary>
    public void Advance()
    {
        if (_trouble is null) return;
        if (IsOn && _world.Now >= _ends)
        {
            _ends = 0;
            foreach (var node in _meant) Mend(node);
            if (_trouble.Kind == TroubleKind.NoMatch) Deploy(matches: true);
            if (_trouble.Kind == TroubleKind.Pause && Job.Deployment is { State: DeploymentState.Paused } paused) _commands.Resume(paused, "deployment");
        }
        else if (!IsOn && _world.Now >= _begins && (_trouble.Kind != TroubleKind.Pause || Job.Deployment is { State: DeploymentState.InProgress, CurrentWave: 2 })) Begin(_trouble);
        if (IsOn)
            foreach (var node in _meant) Hold(node);
    }

    private SimJob Job => _world.Jobs.Find(job => job.LeftAlone)!;

    private void Begin(Trouble trouble)
    {
        _begins = _world.Now + _world.Span(trouble.Every);
        _ends = _world.Now + _world.Span(trouble.Lasts);
        // A node on which every job fails tells more the more jobs it has.
        _meant = [.. _world.Nodes.Where(node => node.IsOpen && node.CurrentOf(Job) is not null)
            .OrderByDescending(node => trouble.Kind == TroubleKind.BadNode ? node.Current.Count : 0).Take(trouble.Nodes)];
        foreach (var node in _meant) Begin(trouble.Kind, node);
        if (trouble.Kind == TroubleKind.NoMatch) Deploy(matches: false);
        if (trouble.Kind == TroubleKind.Pause) _commands.Pause(Job.Deployment, "deployment", "Paused to look at the first waves");
    }

    private void Begin(TroubleKind kind, SimNode node)
    {
        var current = node.CurrentOf(Job)!;
        switch (kind)
        {
            case TroubleKind.LostStart: OpeningScenes.LoseStart(_world, _executions, current); break;
            case TroubleKind.StartOnSilentNode:
                _nodes.Silence(node, _ends - _world.Now);
                _executions.Create(current.Version, node, null, "Restarted: the agent was updated");
                break;
            case TroubleKind.SlowStart or TroubleKind.SlowValidation: _executions.Create(current.Version, node, null, "Restarted: the agent was updated"); break;
            case TroubleKind.SlowStop or TroubleKind.IgnoredStop: _executions.Stop(current, "Stopped on request"); break;
            case TroubleKind.Degraded: _executions.Degrade(current, Faults.Passing(_world.Random, current), 0); break;
            case TroubleKind.Failure:
                _executions.Fail(current, Faults.Fatal(_world.Random, current));
                _world.Plan(current, ExecutionPlan.None, 0);
                break;
            case TroubleKind.BadNode:
                node.FailureRate = 1;
                foreach (var execution in node.Current.ToArray())
                    if (!execution.IsTerminal) _executions.Fail(execution, Faults.Fatal(_world.Random, execution));
                break;
            case TroubleKind.OldVersion: _executions.Create(Job.Versions[^2], node, null, "Started again from the node's cache"); break;
            case TroubleKind.FullDisk: node.DiskPercent = 97; break;
            case TroubleKind.FullMemory: node.MemoryPercent = 98; break;
            case TroubleKind.EndingCredential: node.CredentialUntil = _world.Now + CredentialLeft.Ticks; break;
            case TroubleKind.FastClock: node.ClockAhead = Ahead.Ticks; break;
            case TroubleKind.OldAgent: node.AgentVersion = "1.4.2"; break;
            default: break;
        }
        _world.Touch(node);
    }

    /// <summary>Keeps what is stuck from going on.</summary>
    private void Hold(SimNode node)
    {
        if (node.CurrentOf(Job) is not { } current) return;
        switch (_trouble!.Kind)
        {
            case TroubleKind.SlowStart when current is { Actual: ActualState.Starting, Plan: ExecutionPlan.Run }:
            case TroubleKind.SlowRollout when current is { Actual: ActualState.Starting, Plan: ExecutionPlan.Run }:
            case TroubleKind.SlowValidation when current is { Actual: ActualState.Validating, Plan: ExecutionPlan.Stabilise }:
            case TroubleKind.SlowStop when current is { Actual: ActualState.Stopping, Plan: ExecutionPlan.Stopped }:
            case TroubleKind.IgnoredStop when current is { Plan: ExecutionPlan.Stop }:
                _world.Plan(current, ExecutionPlan.None, 0);
                break;
            case TroubleKind.RestartLoop when current is { Actual: ActualState.Running or ActualState.Validating }:
                current.Attempt = 0;
                _executions.Fail(current, Faults.Fatal(_world.Random, current));
                _world.Plan(current, ExecutionPlan.Replace, _world.Seconds(0.5, 1));
                break;
            default: break;
        }
    }

    private void Mend(SimNode node)
    {
        (node.DiskPercent, node.MemoryPercent, node.CredentialUntil, node.ClockAhead) = (null, null, 0, 0);
        if (_trouble!.Kind == TroubleKind.OldAgent) node.AgentVersion = "2.1.21";
        if (_trouble.Kind == TroubleKind.BadNode) node.FailureRate = 0;
        _world.Touch(node);
        foreach (var current in node.Current.ToArray()) Mend(current);
    }

    private void Mend(SimExecution current)
    {
        if (current.Actual == ActualState.Failed && _trouble!.Kind == TroubleKind.BadNode) _world.Plan(current, ExecutionPlan.Replace, 0);
        if (current.Job != Job || current.Plan != ExecutionPlan.None) return;
        ExecutionPlan plan = current.Actual switch
        {
            ActualState.Failed => ExecutionPlan.Replace,
            ActualState.Stopping => ExecutionPlan.Stopped,
            _ when current is { IsTerminal: false, Desired: DesiredState.Stopped } => ExecutionPlan.Stop,
            ActualState.Pending => ExecutionPlan.Start,
            ActualState.Starting => ExecutionPlan.Run,
            ActualState.Validating => ExecutionPlan.Stabilise,
            ActualState.Degraded => ExecutionPlan.Recover,
            _ => ExecutionPlan.None,
        };
        if (plan != ExecutionPlan.None) _world.Plan(current, plan, 0);
        else if (_trouble!.Kind == TroubleKind.OldVersion && current.Version != Job.Version) _executions.Create(Job.Version, current.Node, null, $"Replaced by version {Job.Version.Number}");
    }

    private void Deploy(bool matches) => _commands.Put(JsonNode.Parse($$"""
        {"name":"frame-scoring","namespace":"production","type":"pipeline","labels":{"team":"vision"},
         "selector":{"match_labels":{"region":"us-east"},"match_expressions":["tier in (edge,gateway)"{{(matches ? "" : ",\"accelerator=h100\"")}}]},
         "config":{"input":{"generate":{"interval":"1s"} },"output":{"stdout":{} } } }
        """)!.AsObject(), null, force: false, dryRun: false);
}
