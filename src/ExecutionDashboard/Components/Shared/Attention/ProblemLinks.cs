using ExecutionDashboard.Components.Pages.Timeline;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Attention;

/// <summary>A page that tells more of a problem.</summary>
/// <param name="Text">What the link says.</param>
/// <param name="Address">Where it leads, relative to the base.</param>
public sealed record ProblemLink(string Text, string Address)
{
    // An address has its limits; these lanes fit on a screen.
    private const int MostNodes = 20;
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(10), After = TimeSpan.FromMinutes(20);

    /// <summary>Where to look: what it concerns, the timeline at the moment it began, and the two specs where it came with another one.</summary>
    public static IReadOnlyList<ProblemLink> Of(Problem problem, FleetStore store)
    {
        var links = new List<ProblemLink>();
        if (problem.Address.Length > 0) links.Add(new("Show all it concerns", problem.Address));
        if (LanesOf(problem, store) is { } query)
            links.Add(new("Timeline when it began", TimelineUrl.For(query, TimelineRange.Between(problem.Since - Before, problem.Since + After))));
        if (SpecsOf(problem, store) is { } specs) links.Add(new("Compare the two specs", CompareUrl.For(specs.Left, specs.Right)));
        // A step that opens the same page says what for.
        return [.. links.Where(link => !problem.NextSteps.Any(step => step.Action == StepAction.Open && step.Target == link.Address))];
    }

    private static ExecutionQuery? LanesOf(Problem problem, FleetStore store)
    {
        var nodes = problem.Subjects.Select(s => s.Kind switch
        {
            FleetKind.Node => s.Id,
            FleetKind.Execution => store.FindExecution(s.Id)?.NodeId ?? "",
            _ => "",
        }).Where(id => id.Length > 0).Distinct().Take(MostNodes).ToList();
        return nodes.Count > 0 ? new() { Nodes = nodes }
            : problem.DeploymentId.Length > 0 ? new() { Deployments = [problem.DeploymentId] }
            : problem.JobId.Length > 0 ? new() { Jobs = [problem.JobId] }
            : null;
    }

    private static (SpecRef Left, SpecRef Right)? SpecsOf(Problem problem, FleetStore store)
    {
        if (store.FindDeployment(problem.DeploymentId) is { FromVersion: > 0 and var from, ToVersion: > 0 and var to } deployment && from != to)
            return (SpecRef.Version(deployment.JobId, from), SpecRef.Version(deployment.JobId, to));
        var execution = problem.Subjects.Where(s => s.Kind == FleetKind.Execution).Select(s => store.FindExecution(s.Id)).FirstOrDefault(e => e is not null);
        if (execution is null) return null;
        if (store.FindJob(execution.JobId) is { Version: > 0 and var now } && execution.JobVersion > 0 && execution.JobVersion < now)
            return (SpecRef.Execution(execution.Id), SpecRef.Job(execution.JobId));
        return store.FindExecution(execution.PreviousId) is { } previous && previous.SpecHash != execution.SpecHash ? (SpecRef.Previous(execution.Id), SpecRef.Execution(execution.Id)) : null;
    }
}
