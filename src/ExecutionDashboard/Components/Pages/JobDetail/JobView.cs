using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.JobDetail;

/// <summary>What the page shows of a job at one point in time.</summary>
public sealed record JobView
{
    /// <summary>Most deployments shown.</summary>
    public const int MostDeployments = 8;

    private const int MostFailures = 20_000;

    private static readonly ExecutionQuery Failing = new() { Scope = ExecutionScope.Current, States = [ExecutionState.Of(KnownExecutionState.Failed), ExecutionState.Of(KnownExecutionState.Lost)] };

    // Results from all executions cost more than the rest, and nobody reads them five times a second.
    private static readonly TimeSpan JudgementPace = TimeSpan.FromSeconds(2);

    /// <summary>The job.</summary>
    public required Job Job { get; init; }
    /// <summary>Its current spec; null when not sent.</summary>
    public JobSpec? Spec { get; init; }
    /// <summary>Current executions by state.</summary>
    public required IReadOnlyList<(ExecutionState State, int Count)> Counts { get; init; }
    /// <summary>Replaced executions by state.</summary>
    public required StateCounts Replaced { get; init; }
    /// <summary>Its newest deployments, newest first, with the progress of open ones; at most <see cref="MostDeployments"/>.</summary>
    public IReadOnlyList<(Deployment Deployment, DeploymentProgress? Progress)> Deployments { get; init; } = [];
    /// <summary>Number of deployments.</summary>
    public int DeploymentCount { get; init; }
    /// <summary>Other jobs with the same name and namespace.</summary>
    public IReadOnlyList<Job> Namesakes { get; init; } = [];
    /// <summary>Where it runs.</summary>
    public required JobPlaces Places { get; init; }
    /// <summary>Failures of current executions by reason.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }

    private DateTimeOffset JudgedAt { get; init; }

    /// <summary>The view of a job. Expensive parts are taken from the previous view for a while.</summary>
    public static JobView Of(Job job, FleetStore store, RolloutSummaries summaries, DateTimeOffset now, JobView? before = null)
    {
        var deployments = store.Deployments.Where(d => d.JobId == job.Id).ToList();
        var keeps = before is not null && now - before.JudgedAt < JudgementPace;
        return new()
        {
            Job = job, Spec = job.SpecHash.Length > 0 ? store.FindSpec(job.SpecHash) : null, Counts = StateParts.Of(store.CountsOfJob(job.Id, ExecutionScope.Current)),
            Replaced = store.CountsOfJob(job.Id, ExecutionScope.Replaced),
            Deployments = [.. deployments.Take(MostDeployments).Select(d => (d, d.IsOpen ? summaries.Of(d).Bar : null))], DeploymentCount = deployments.Count,
            Namesakes = NamesakesOf(job, store),
            Places = keeps ? before!.Places : JobPlaces.Of(job.Id, store),
            Failures = keeps ? before!.Failures : FailureGroups.Of(store.Enumerate(Failing with { Jobs = [job.Id] }).Take(MostFailures)),
            JudgedAt = keeps ? before!.JudgedAt : now,
        };
    }

    /// <summary>Other jobs with the same name and namespace, which exist after a job was deleted and created again.</summary>
    public static IReadOnlyList<Job> NamesakesOf(Job job, FleetStore store) =>
        job.Name.Length == 0 ? [] : [.. store.Jobs.Where(j => j.Id != job.Id && j.Name == job.Name && j.Namespace == job.Namespace)];
}
