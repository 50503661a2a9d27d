using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Live.Scopes;

/// <summary>
/// What of the fleet its viewers see. The replica has no more than that; this is asked before anybody else is (the feed for histories, the control plane for details, logs and commands), so
/// that what is not seen is answered like what does not exist.
/// </summary>
/// <param name="replica">The copy of what they see.</param>
/// <param name="scope">What that is; null for the whole fleet, of which anything may be asked.</param>
/// <param name="past">What they see of the past; null for those who look at now.</param>
public sealed class FleetSight(Replica replica, FleetScope? scope = null, TabPast? past = null)
{
    /// <summary>What is told of what only now is known of.</summary>
    public const string NotRecorded = "Not recorded: only the control plane has it, and only as it is now. Go back to live to see it.";

    /// <summary>Why no command can be given in the past.</summary>
    public const string CommandsOff = "This shows the past: commands are off. Go back to live first.";

    /// <summary>The moment of the past that is seen, UTC; null for now. What came later is not told.</summary>
    public DateTimeOffset? At => past?.At;

    /// <summary>Whether labels, names, versions and waves are those of what is seen: always now, and in the past where the log has them.</summary>
    public bool HasFacts => past is null || past.Now.Shown?.HasFacts == true;

    /// <summary>What an id that is not seen and one that does not exist are answered.</summary>
    public const string None = "There is none with this id.";

    /// <summary>What is told of something of which other nodes have a part.</summary>
    public const string InPart = "Not shown: your role is limited to some nodes, and this is about all nodes of the job.";

    /// <summary>What is told of something about the whole fleet.</summary>
    public const string OfTheWhole = "Not shown: this is about the whole fleet, and your role is limited to a part of it.";

    /// <summary>The whole fleet is seen.</summary>
    public bool IsWhole => scope is null;

    /// <summary>Whether an execution is seen.</summary>
    public bool SeesExecution(string id) => IsWhole || replica.Store.FindExecution(id) is not null;

    /// <summary>Whether a node is seen.</summary>
    public bool SeesNode(string id) => IsWhole || replica.Store.FindNode(id) is not null;

    /// <summary>Whether a job is seen, on all nodes or on some.</summary>
    public bool SeesJob(string id) => IsWhole || replica.Store.FindJob(id) is not null;

    /// <summary>Whether a deployment is seen.</summary>
    public bool SeesDeployment(string id) => IsWhole || replica.Store.FindDeployment(id) is not null;

    /// <summary>Whether what is said of a job as a whole may be told.</summary>
    public bool SeesWholeJob(string id) => scope is null || scope.SeesWhole(replica.Store.FindJob(id));

    /// <summary>Whether what is said of a deployment as a whole may be told.</summary>
    public bool SeesWholeDeployment(string id) => IsWhole || (replica.Store.FindDeployment(id) is { } deployment && SeesWholeJob(deployment.JobId));

    /// <summary>Whether the executions of a job on a node are seen, those that ended and are no longer listed too.</summary>
    public bool Sees(string jobId, string nodeId) => scope is null || scope.Sees(replica.Store.FindJob(jobId), replica.Store.FindNode(nodeId));

    /// <summary>Whether the target of a command is seen: the id of an execution, a job or a deployment.</summary>
    public bool SeesTarget(string id) => IsWhole || SeesJob(id) || SeesDeployment(id) || SeesExecution(id);
}
