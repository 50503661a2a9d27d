namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>One execution. Kept small: there may be millions.</summary>
internal sealed class SimExecution
{
    /// <summary>Grows in the order of creation; its id is made from it.</summary>
    public required int Ordinal { get; init; }
    /// <summary>The version of the job it runs.</summary>
    public required SimJobVersion Version { get; init; }
    /// <summary>Where it runs.</summary>
    public required SimNode Node { get; init; }
    /// <summary>What created it.</summary>
    public SimDeployment? Deployment { get; init; }
    /// <summary>The evaluation that created it.</summary>
    public int Evaluation { get; init; }
    /// <summary>UTC ticks.</summary>
    public required long CreatedAt { get; init; }

    public DesiredState Desired;
    public ActualState Actual;
    public ExecutionPlan Plan;
    /// <summary>0 not counted in its deployment yet, 1 as healthy, 2 as failed.</summary>
    public byte Settled;
    /// <summary>It passed its health check, or needed none.</summary>
    public bool Stable;
    /// <summary>How often in a row it failed and was placed again.</summary>
    public byte Attempt;
    public Report Report = Report.Placed;
    /// <summary>Why it should be as desired; empty mostly.</summary>
    public string DesiredMessage = "";
    /// <summary>Ordinals of its neighbours in the chain; -1 is none.</summary>
    public int Previous = -1, Next = -1;
    public int Revision = 1;
    /// <summary>UTC ticks; 0 is never.</summary>
    public long UpdatedAt, StableAt, Due;
    /// <summary>Number of its last change: unique, and in the order of <see cref="UpdatedAt"/>.</summary>
    public long Change;
    /// <summary>Place in <see cref="World.Live"/>; -1 when it has ended.</summary>
    public int LiveIndex = -1;
    public SimExecution? Newer, Older;
    /// <summary>Its past; null for one that was part of the fleet's past from the start: see <see cref="History"/>.</summary>
    public List<HistoryEntry>? History;

    /// <summary>The job.</summary>
    public SimJob Job => Version.Job;
    /// <summary>It will not change again by itself.</summary>
    public bool IsTerminal => StateNames.IsTerminal(Actual);
}

/// <summary>A step of an execution.</summary>
/// <param name="Sequence">Number over the whole server.</param>
/// <param name="At">UTC ticks.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="Report">What was said.</param>
internal readonly record struct HistoryEntry(long Sequence, long At, ActualState From, ActualState To, Report Report);
