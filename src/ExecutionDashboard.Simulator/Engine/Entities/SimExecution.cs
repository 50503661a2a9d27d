namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>One execution. Kept small: there may be millions.</summary>
internal sealed class SimExecution
{
    /// <summary>Increases with each creation; the id is made from it.</summary>
    public required int Ordinal { get; init; }
    /// <summary>The version of its job.</summary>
    public required SimJobVersion Version { get; init; }
    /// <summary>Its node.</summary>
    public required SimNode Node { get; init; }
    /// <summary>The deployment that created it.</summary>
    public SimDeployment? Deployment { get; init; }
    /// <summary>The evaluation that created it.</summary>
    public int Evaluation { get; init; }
    /// <summary>UTC ticks.</summary>
    public required long CreatedAt { get; init; }

    public DesiredState Desired;
    public ActualState Actual;
    public ExecutionPlan Plan;
    /// <summary>0 not counted in its deployment yet, 1 counted as healthy, 2 as failed.</summary>
    public byte Settled;
    /// <summary>Whether it passed its health check, or needed none.</summary>
    public bool Stable;
    /// <summary>Number of consecutive failures with a restart.</summary>
    public byte Attempt;
    public Report Report = Report.Placed;
    /// <summary>Message of the desired state; usually empty.</summary>
    public string DesiredMessage = "";
    /// <summary>Ordinals of its neighbours in the chain; -1 for none.</summary>
    public int Previous = -1, Next = -1;
    public int Revision = 1;
    /// <summary>UTC ticks; 0 for never.</summary>
    public long UpdatedAt, StableAt, Due;
    /// <summary>Number of its last change: unique, and in the order of <see cref="UpdatedAt"/>.</summary>
    public long Change;
    /// <summary>Index in <see cref="World.Live"/>; -1 after it ended.</summary>
    public int LiveIndex = -1;
    public SimExecution? Newer, Older;
    /// <summary>Its history; null for an execution that was seeded: see <see cref="History"/>.</summary>
    public List<HistoryEntry>? History;

    /// <summary>The job.</summary>
    public SimJob Job => Version.Job;
    /// <summary>Whether it has ended.</summary>
    public bool IsTerminal => StateNames.IsTerminal(Actual);
}

/// <summary>A state change of an execution.</summary>
/// <param name="Sequence">Sequence number over the whole server.</param>
/// <param name="At">UTC ticks.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="Report">The report of the node.</param>
internal readonly record struct HistoryEntry(long Sequence, long At, ActualState From, ActualState To, Report Report);
