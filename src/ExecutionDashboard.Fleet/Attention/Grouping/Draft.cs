using ExecutionDashboard.Fleet.Attention.Rules;
using ExecutionDashboard.Fleet.Deployments;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>A problem before it is put in words: its cause and all that it explains.</summary>
/// <param name="cause">The cause.</param>
/// <param name="key">What it is about; with the cause's code it is the problem's id.</param>
internal sealed class Draft(ProblemCause cause, string key)
{
    public ProblemCause Cause { get; set; } = cause;

    public string Id => $"{ProblemCauses.CodeOf(Cause)}/{key}";

    /// <summary>The executions in trouble.</summary>
    public List<Finding> Executions { get; } = [];

    /// <summary>The nodes in trouble by themselves.</summary>
    public List<ContactFinding> Contacts { get; } = [];

    /// <summary>Number of the job whose problem it is; -1 when it is of none, or of several.</summary>
    public int Job { get; init; } = -1;

    /// <summary>The job's version.</summary>
    public int Version { get; init; }

    public Outage? Outage { get; init; }

    public JobVerdict? Verdict { get; init; }

    public CommonTrait? Trait { get; init; }

    /// <summary>Number of the node that is at fault; -1 when it is none, or several.</summary>
    public int Node { get; init; } = -1;
}
