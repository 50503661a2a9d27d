using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// Keeps the deployments up to date: from their list if the server has one, else one by one as jobs and executions refer to them, else (rollout generation) from the
/// jobs.
/// </summary>
internal sealed class DeploymentWatch(
    PageIntake<Deployment> intake, ListWatch<Deployment> list, IControlPlane server, FleetMirror mirror, ChangeCommitter committer, Func<TimeSpan> every, TimeProvider time)
{
    private const int ReadsAStep = 20;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(10);

    private readonly Queue<string> _named = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private DateTimeOffset _listAgainAt = DateTimeOffset.MinValue, _openDue = DateTimeOffset.MinValue;
    private string _oneByOneProblem = "";
    private int _next;

    /// <summary>Problems, as a sentence; empty without any.</summary>
    public string Problem => IsListed ? list.Problem : _oneByOneProblem;

    private bool IsListed => time.GetUtcNow() >= _listAgainAt;

    /// <summary>A job or an execution refers to a deployment.</summary>
    public void Note(string id)
    {
        if (id.Length > 0 && _seen.Add(id)) _named.Enqueue(id);
    }

    /// <summary>Adds the deployments that are made from jobs.</summary>
    public Task TakeAsync(FleetPage<Job> jobs, long askedAt, CancellationToken cancel)
    {
        foreach (var deployment in jobs.Deployments) _told.Add(deployment.Id);
        foreach (var job in jobs.Items)
            if (!_told.Contains(job.DeploymentId)) Note(job.DeploymentId);
        return jobs.Deployments.Count == 0 ? Task.CompletedTask
            : intake.TakeAsync(new FleetPage<Deployment> { Items = jobs.Deployments }, new(askedAt, 0), cancel);
    }

    /// <summary>Ends the rollouts that no job reports any more, after all jobs were read; the job has the result. They would stay "in progress" otherwise.</summary>
    public async Task EndUntoldAsync(CancellationToken cancel)
    {
        var ended = mirror.Deployments.All().Select(k => k.Value)
            .Where(d => d.IsRollout && d.IsOpen && !_told.Contains(d.Id)).Select(d => Ended(d, mirror.Jobs.Find(d.JobId))).ToList();
        _told.Clear();
        if (ended.Count > 0) await intake.TakeAsync(new FleetPage<Deployment> { Items = ended }, new(committer.Commits, 0), cancel);
    }

    /// <summary>Does a limited part of the pending work.</summary>
    public async Task StepAsync(CancellationToken cancel)
    {
        if (IsListed)
        {
            if (!list.IsDue) return;
            await list.StepAsync(cancel);
            if (list.Failure is not { Error: ControlPlaneError.NotOffered or ControlPlaneError.NotFound }) return;
            _listAgainAt = time.GetUtcNow() + AskAgainAfter;
            list.Hurry();
        }
        await ReadOneByOneAsync(cancel);
    }

    private async Task ReadOneByOneAsync(CancellationToken cancel)
    {
        var due = new List<string>();
        while (due.Count < ReadsAStep && _named.TryDequeue(out var id)) due.Add(id);
        // Open deployments take turns.
        if (time.GetUtcNow() >= _openDue)
        {
            // A timer may fire a little early; the next turn must not be left out for it.
            _openDue = time.GetUtcNow() + every() * 0.9;
            AddOpen(due);
        }
        foreach (var id in due.Distinct())
        {
            var askedAt = committer.Commits;
            var result = await server.GetDeploymentAsync(id, cancel);
            if (result.Succeeded)
            {
                _oneByOneProblem = "";
                await intake.TakeAsync(new FleetPage<Deployment> { Items = [result.Value.Value] }, new(askedAt, 0), cancel);
            }
            else if (result.Failure.Error is not (ControlPlaneError.NotFound or ControlPlaneError.NotOffered or ControlPlaneError.Invalid))
            {
                _oneByOneProblem = $"A deployment could not be read: {result.Failure.Message}";
                _named.Enqueue(id);
                return;
            }
            else if (mirror.Deployments.TryGet(id, out var known))
            {
                await intake.RemoveAsync([known], cancel);
            }
        }
    }

    private void AddOpen(List<string> due)
    {
        var open = mirror.Deployments.All().Select(k => k.Value).Where(d => d is { IsRollout: false, IsOpen: true }).Select(d => d.Id).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < open.Count && due.Count < ReadsAStep; i++) due.Add(open[_next++ % open.Count]);
    }

    private static Deployment Ended(Deployment deployment, Job? job)
    {
        var (state, message) = job switch
        {
            null => ("canceled", "The job is gone."),
            _ when job.Version != deployment.ToVersion => ("superseded", $"The job went on to version {job.Version}."),
            { State: "running" or "degraded" or "completed" } => ("completed", job.Message),
            { State: "rollout_failed" or "failed" } => ("failed", job.Message),
            { State: "stopped" or "deleted" } => ("canceled", job.Message),
            _ => ("ended", job.Message),
        };
        return deployment with { State = state, Message = message, Revision = deployment.Revision + 1, UpdatedAt = job?.UpdatedAt ?? deployment.UpdatedAt, CompletedAt = job?.UpdatedAt };
    }
}
