namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>Everything the emulated control plane knows. Not safe for threads: <see cref="SimulatorEngine"/> guards it.</summary>
internal sealed class World(SimulatorOptions options)
{
    /// <summary>Events kept of one job.</summary>
    public const int JobHistory = 500;

    private readonly HashSet<object> _dirty = new(ReferenceEqualityComparer.Instance);

    public SimulatorOptions Options { get; } = options;
    public Generation Face { get; } = options.Face;
    /// <summary>The scenario that is played, or null.</summary>
    public Fleet.Scenario? Scenario { get; } = Fleet.Scenarios.Find(options.Scenario);
    public SeededRandom Random { get; } = new(SeededRandom.Mix((ulong)options.Seed));
    public Identifiers ExecutionIds { get; } = new(options.Seed, 1);
    public Identifiers DeploymentIds { get; } = new(options.Seed, 2);
    public Identifiers EvaluationIds { get; } = new(options.Seed, 3);

    /// <summary>Silence after which a node is disconnected.</summary>
    public TimeSpan DisconnectedAfter => Scenario?.Outage?.DisconnectedAfter ?? Scenario?.Breakdown?.DisconnectedAfter ?? Scenario?.Trouble?.DisconnectedAfter ?? Options.DisconnectedAfter;
    /// <summary>Time disconnected after which a node is lost.</summary>
    public TimeSpan LostAfter => Scenario?.Outage?.LostAfter ?? Scenario?.Breakdown?.LostAfter ?? Options.LostAfter;

    /// <summary>The present, UTC ticks.</summary>
    public long Now;
    /// <summary>When the control plane started, UTC ticks.</summary>
    public long StartedAt;
    /// <summary>Number of the last history event.</summary>
    public long Sequence;
    /// <summary>Number of the last change of an execution.</summary>
    public long Change;
    /// <summary>Number of the last evaluation.</summary>
    public int Evaluation;
    /// <summary>Events kept of one execution.</summary>
    public int HistoryPerExecution = 64;
    /// <summary>Executions above which the oldest ended ones are dropped.</summary>
    public int MostExecutions = 20_000;

    /// <summary>By name.</summary>
    public List<SimNode> Nodes { get; } = [];
    public Dictionary<string, SimNode> NodesById { get; } = new(StringComparer.Ordinal);
    /// <summary>In the order of creation, deleted ones included.</summary>
    public List<SimJob> Jobs { get; } = [];
    public Dictionary<string, SimJob> JobsById { get; } = new(StringComparer.Ordinal);
    /// <summary>In the order of creation.</summary>
    public List<SimDeployment> Deployments { get; } = [];
    public ExecutionTable Executions { get; } = new();
    public RecencyList Recency { get; } = new();
    /// <summary>Executions that have not ended, in no order.</summary>
    public List<SimExecution> Live { get; } = [];
    /// <summary>Ended executions, the first that ended first.</summary>
    public Queue<SimExecution> Ended { get; } = new();
    public Schedule Schedule { get; } = new();
    /// <summary>Executions by state.</summary>
    public int[] Counts { get; } = new int[StateNames.Count];
    /// <summary>Executions dropped since they were last stored.</summary>
    public List<int> Dropped { get; } = [];
    /// <summary>Job events since they were last stored.</summary>
    public List<(SimJob Job, JobEvent Event)> NewEvents { get; } = [];

    /// <summary>Numbers of job events dropped since they were last stored.</summary>
    public List<long> OldEvents { get; } = [];

    /// <summary>Ticks of a time span at the chosen speed.</summary>
    public long Span(TimeSpan span) => (long)(span.Ticks / Options.Speed);

    /// <summary>Ticks of a random time between two, in seconds, at the chosen speed.</summary>
    public long Seconds(double least, double most) => Span(Random.Seconds(least, most));

    /// <summary>Puts a new execution into every list.</summary>
    public void Add(SimExecution execution)
    {
        Executions.Add(execution);
        Counts[(int)execution.Actual]++;
        execution.Change = ++Change;
        Recency.MoveToFront(execution);
        if (execution.IsTerminal) Ended.Enqueue(execution);
        else Enliven(execution);
    }

    /// <summary>Changes an execution's actual state: the lists, counts, revision, times and history follow.</summary>
    public void Move(SimExecution execution, ActualState to, Report report)
    {
        // Its past is worked out from its present: before that changes.
        execution.History ??= History.PastOf(execution);
        var from = execution.Actual;
        execution.Actual = to;
        execution.Report = report;
        Counts[(int)from]--;
        Counts[(int)to]++;
        if (!StateNames.IsTerminal(from)) execution.Job.Live[(int)from]--;
        if (!StateNames.IsTerminal(to)) execution.Job.Live[(int)to]++;
        if (StateNames.IsTerminal(to) && execution.LiveIndex >= 0)
        {
            Live[^1].LiveIndex = execution.LiveIndex;
            Live[execution.LiveIndex] = Live[^1];
            Live.RemoveAt(Live.Count - 1);
            execution.LiveIndex = -1;
            Ended.Enqueue(execution);
        }
        execution.Job.Unsettled = true;
        Touch(execution);
        Remember(execution, from, to, report);
    }

    /// <summary>Counts a change of an execution that is none of its state.</summary>
    public void Touch(SimExecution execution)
    {
        execution.Revision++;
        execution.UpdatedAt = Now;
        execution.Change = ++Change;
        Recency.MoveToFront(execution);
        Soil(execution);
    }

    /// <summary>Changes what is said about an execution, not its state.</summary>
    public void Say(SimExecution execution, Report report)
    {
        execution.History ??= History.PastOf(execution);
        execution.Report = report;
        Touch(execution);
        Remember(execution, execution.Actual, execution.Actual, report);
    }

    /// <summary>Gives an execution its next step.</summary>
    public void Plan(SimExecution execution, ExecutionPlan plan, long delay)
    {
        execution.Plan = plan;
        execution.Due = plan == ExecutionPlan.None ? 0 : Now + delay;
        if (plan != ExecutionPlan.None) Schedule.Add(execution, execution.Due);
        Soil(execution);
    }

    /// <summary>Gives a node its next step.</summary>
    public void Plan(SimNode node, NodePlan plan, long due)
    {
        node.Plan = plan;
        node.Due = plan == NodePlan.None ? 0 : due;
        if (plan != NodePlan.None) Schedule.Add(node, due);
        Soil(node);
    }

    /// <summary>The state is kept over a restart.</summary>
    public bool IsStored => Options.Database.Length > 0;

    /// <summary>Notes that something is to be stored.</summary>
    public void Soil(object what)
    {
        if (IsStored) _dirty.Add(what);
    }

    /// <summary>Hands over what is to be stored, once.</summary>
    public object[] TakeDirty()
    {
        object[] taken = [.. _dirty];
        _dirty.Clear();
        return taken;
    }

    /// <summary>Adds an event to an execution's history.</summary>
    public void Remember(SimExecution execution, ActualState from, ActualState to, Report report)
    {
        var history = execution.History ??= new(4);
        if (history.Count >= HistoryPerExecution) history.RemoveAt(1);
        history.Add(new(++Sequence, Now, from, to, report));
    }

    /// <summary>Adds an event to a job's history.</summary>
    public void Tell(SimJob job, string message, params ReadOnlySpan<(string Key, string Value)> details)
    {
        var kept = new List<KeyValuePair<string, string>>();
        foreach (var (key, value) in details) kept.Add(new(key, value));
        var told = new JobEvent(++Sequence, Now, message, job.Version?.Number ?? 0, [.. kept]);
        job.History.Enqueue(told);
        while (job.History.Count > JobHistory)
        {
            var old = job.History.Dequeue();
            if (IsStored) OldEvents.Add(old.Sequence);
        }
        if (IsStored) NewEvents.Add((job, told));
    }

    /// <summary>Counts a change of a node.</summary>
    public void Touch(SimNode node)
    {
        node.Revision++;
        node.UpdatedAt = Now;
        Soil(node);
    }

    /// <summary>Counts a change of a job.</summary>
    public void Touch(SimJob job)
    {
        job.Revision++;
        job.UpdatedAt = Now;
        Soil(job);
    }

    /// <summary>Counts a change of a deployment, and of the job that shows it.</summary>
    public void Touch(SimDeployment deployment)
    {
        deployment.Revision++;
        deployment.UpdatedAt = Now;
        deployment.Job.Unsettled = true;
        Soil(deployment);
    }

    /// <summary>Drops the first ended executions while there are too many.</summary>
    public void Trim()
    {
        while (Executions.Count > MostExecutions && Ended.TryDequeue(out var oldest))
        {
            // The newest of its job on its node is its node's present, even when it has ended.
            if (oldest.Next < 0 && ReferenceEquals(oldest.Node.CurrentOf(oldest.Job), oldest)) oldest.Node.Current.Remove(oldest);
            Executions.Remove(oldest);
            Recency.Remove(oldest);
            Counts[(int)oldest.Actual]--;
            oldest.Plan = ExecutionPlan.None;
            _dirty.Remove(oldest);
            if (IsStored) Dropped.Add(oldest.Ordinal);
        }
    }

    private void Enliven(SimExecution execution)
    {
        execution.LiveIndex = Live.Count;
        Live.Add(execution);
        execution.Job.Live[(int)execution.Actual]++;
        execution.Job.Unsettled = true;
    }
}
