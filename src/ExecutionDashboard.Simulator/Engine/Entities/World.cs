namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>The state of the simulated control plane. Not safe for concurrent use: <see cref="SimulatorEngine"/> locks it.</summary>
internal sealed class World(SimulatorOptions options)
{
    /// <summary>Events kept per job.</summary>
    public const int JobHistory = 500;

    private readonly HashSet<object> _dirty = new(ReferenceEqualityComparer.Instance);

    public SimulatorOptions Options { get; } = options;
    public Generation Face { get; } = options.Face;
    /// <summary>The running scenario, or null.</summary>
    public Fleet.Scenario? Scenario { get; } = Fleet.Scenarios.Find(options.Scenario);
    public SeededRandom Random { get; } = new(SeededRandom.Mix((ulong)options.Seed));
    public Identifiers ExecutionIds { get; } = new(options.Seed, 1);
    public Identifiers DeploymentIds { get; } = new(options.Seed, 2);
    public Identifiers EvaluationIds { get; } = new(options.Seed, 3);

    /// <summary>Silence after which a node is disconnected.</summary>
    public TimeSpan DisconnectedAfter => Scenario?.Outage?.DisconnectedAfter ?? Scenario?.Breakdown?.DisconnectedAfter ?? Scenario?.Trouble?.DisconnectedAfter ?? Options.DisconnectedAfter;
    /// <summary>Time disconnected after which a node is lost.</summary>
    public TimeSpan LostAfter => Scenario?.Outage?.LostAfter ?? Scenario?.Breakdown?.LostAfter ?? Options.LostAfter;

    /// <summary>The current time, UTC ticks.</summary>
    public long Now;
    /// <summary>When the control plane started, UTC ticks.</summary>
    public long StartedAt;
    /// <summary>Sequence number of the last history event.</summary>
    public long Sequence;
    /// <summary>Number of the last change of an execution.</summary>
    public long Change;
    /// <summary>Number of the last evaluation.</summary>
    public int Evaluation;
    /// <summary>Events kept per execution.</summary>
    public int HistoryPerExecution = 64;
    /// <summary>Most executions; beyond it the oldest ended ones are dropped.</summary>
    public int MostExecutions = 20_000;

    /// <summary>Sorted by name.</summary>
    public List<SimNode> Nodes { get; } = [];
    public Dictionary<string, SimNode> NodesById { get; } = new(StringComparer.Ordinal);
    /// <summary>In order of creation, including deleted ones.</summary>
    public List<SimJob> Jobs { get; } = [];
    public Dictionary<string, SimJob> JobsById { get; } = new(StringComparer.Ordinal);
    /// <summary>In order of creation.</summary>
    public List<SimDeployment> Deployments { get; } = [];
    public ExecutionTable Executions { get; } = new();
    public RecencyList Recency { get; } = new();
    /// <summary>Executions that have not ended, unordered.</summary>
    public List<SimExecution> Live { get; } = [];
    /// <summary>Ended executions in order of their end.</summary>
    public Queue<SimExecution> Ended { get; } = new();
    public Schedule Schedule { get; } = new();
    /// <summary>Executions by state.</summary>
    public int[] Counts { get; } = new int[StateNames.Count];
    /// <summary>Executions dropped since the last save.</summary>
    public List<int> Dropped { get; } = [];
    /// <summary>Job events since the last save.</summary>
    public List<(SimJob Job, JobEvent Event)> NewEvents { get; } = [];

    /// <summary>Numbers of job events dropped since the last save.</summary>
    public List<long> OldEvents { get; } = [];

    /// <summary>Ticks of a time span at the configured speed.</summary>
    public long Span(TimeSpan span) => (long)(span.Ticks / Options.Speed);

    /// <summary>Ticks of a random time between two, in seconds, at the configured speed.</summary>
    public long Seconds(double least, double most) => Span(Random.Seconds(least, most));

    /// <summary>Adds a new execution to all lists.</summary>
    public void Add(SimExecution execution)
    {
        Executions.Add(execution);
        Counts[(int)execution.Actual]++;
        execution.Change = ++Change;
        Recency.MoveToFront(execution);
        if (execution.IsTerminal) Ended.Enqueue(execution);
        else Enliven(execution);
    }

    /// <summary>Changes an execution's actual state, and updates lists, counts, revision, times and history.</summary>
    public void Move(SimExecution execution, ActualState to, Report report)
    {
        // Derive its history from the present state before that changes.
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

    /// <summary>Counts a change of an execution without a new state.</summary>
    public void Touch(SimExecution execution)
    {
        execution.Revision++;
        execution.UpdatedAt = Now;
        execution.Change = ++Change;
        Recency.MoveToFront(execution);
        Soil(execution);
    }

    /// <summary>Changes the report of an execution, not its state.</summary>
    public void Say(SimExecution execution, Report report)
    {
        execution.History ??= History.PastOf(execution);
        execution.Report = report;
        Touch(execution);
        Remember(execution, execution.Actual, execution.Actual, report);
    }

    /// <summary>Plans the next step of an execution.</summary>
    public void Plan(SimExecution execution, ExecutionPlan plan, long delay)
    {
        execution.Plan = plan;
        execution.Due = plan == ExecutionPlan.None ? 0 : Now + delay;
        if (plan != ExecutionPlan.None) Schedule.Add(execution, execution.Due);
        Soil(execution);
    }

    /// <summary>Plans the next step of a node.</summary>
    public void Plan(SimNode node, NodePlan plan, long due)
    {
        node.Plan = plan;
        node.Due = plan == NodePlan.None ? 0 : due;
        if (plan != NodePlan.None) Schedule.Add(node, due);
        Soil(node);
    }

    /// <summary>Whether the state is stored.</summary>
    public bool IsStored => Options.Database.Length > 0;

    /// <summary>Marks something as changed for the next save.</summary>
    public void Soil(object what)
    {
        if (IsStored) _dirty.Add(what);
    }

    /// <summary>Returns what changed since the last save, and resets it.</summary>
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

    /// <summary>Counts a change of a deployment, and of its job.</summary>
    public void Touch(SimDeployment deployment)
    {
        deployment.Revision++;
        deployment.UpdatedAt = Now;
        deployment.Job.Unsettled = true;
        Soil(deployment);
    }

    /// <summary>Drops the oldest ended executions while there are too many.</summary>
    public void Trim()
    {
        while (Executions.Count > MostExecutions && Ended.TryDequeue(out var oldest))
        {
            // Keep the newest execution of a job on its node, even after it ended.
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
