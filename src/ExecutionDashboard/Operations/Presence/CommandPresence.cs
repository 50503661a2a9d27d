using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Risk;

namespace ExecutionDashboard.Operations.Presence;

/// <summary>What operators see of each other: who is about to give a command, for what. Of one tab.</summary>
public sealed class CommandPresence(OpenCommands all, Replica replica, FleetSight sight, ICurrentUser user) : IDisposable
{
    /// <summary>Jobs that one command for many is told of.</summary>
    public const int MostJobs = 50;

    /// <summary>Says to the others that this tab is about to give a command, until the result is disposed.</summary>
    public IDisposable Open(OperationKind kind, FleetKind target, string id) => Open(this, kind, target, id);

    /// <summary>
    /// The same for a command for many: of each while they are few, else of each job that they are of. Of more than <see cref="MostJobs"/> jobs only so many are told, since others share the room.
    /// </summary>
    public IDisposable Open(OperationKind kind, FleetKind target, IReadOnlyList<string> ids)
    {
        if (ids.Count <= CommandRisks.Few) return new Several([.. ids.Select(id => Open(kind, target, id))]);
        var jobs = ids.Select(id => JobOf(target, id)).Where(job => job.Length > 0).Distinct(StringComparer.Ordinal).Take(MostJobs);
        return new Several([.. jobs.Select(job => Open(kind, FleetKind.Job, job))]);
    }

    /// <summary>The same for a command that outlives the tab.</summary>
    /// <param name="owner">What keeps it.</param>
    /// <param name="kind">The command.</param>
    /// <param name="target">Kind of what it is for.</param>
    /// <param name="id">Its id.</param>
    public IDisposable Open(object owner, OperationKind kind, FleetKind target, string id) =>
        all.Open(owner, new IntendedCommand { Id = "", By = user.Now.Name, Command = kind.ToString(), Kind = target, TargetId = id, JobId = JobOf(target, id) });

    /// <summary>
    /// Who else is about to give a command for something, or for the job that it is of; of a job also those for its deployments. Oldest first. Nothing that this person may not see: this is the
    /// one place that decides it.
    /// </summary>
    public IReadOnlyList<IntendedCommand> Others(FleetKind target, string id) => Others(target, [id]);

    /// <summary>The same for any of several.</summary>
    public IReadOnlyList<IntendedCommand> Others(FleetKind target, IReadOnlyList<string> ids)
    {
        // What is about to happen is no part of the past.
        if (user.Now.Role < AccessRole.Viewer || sight.At is not null) return [];
        var others = all.Except(this);
        if (others.Count == 0) return [];
        // Whoever may see the target sees what is about to happen to it.
        var seen = ids.Where(sight.SeesTarget).ToHashSet(StringComparer.Ordinal);
        var jobs = seen.Select(id => JobOf(target, id)).Where(job => job.Length > 0).ToHashSet(StringComparer.Ordinal);
        return [.. others.Where(c => sight.SeesTarget(c.TargetId) && ((c.Kind == target && seen.Contains(c.TargetId))
            || (jobs.Contains(c.JobId) && (c.Kind == FleetKind.Job || (target == FleetKind.Job && c.Kind == FleetKind.Deployment)))))];
    }

    /// <summary>The tab lost its connection, or has it again.</summary>
    public void SetConnected(bool connected) => all.SetConnected(this, connected);

    private string JobOf(FleetKind target, string id) => target switch
    {
        FleetKind.Job => id,
        FleetKind.Deployment => replica.Store.FindDeployment(id)?.JobId ?? "",
        FleetKind.Execution => replica.Store.FindExecution(id)?.JobId ?? "",
        _ => "",
    };

    /// <summary>The tab is gone, and its dialogs with it.</summary>
    public void Dispose() => all.Forget(this);

    private sealed class Several(IReadOnlyList<IDisposable> open) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in open) one.Dispose();
        }
    }
}
