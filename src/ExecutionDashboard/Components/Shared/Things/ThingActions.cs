using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Timeline;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations;
using StepAction = ExecutionDashboard.Fleet.Attention.StepAction;

namespace ExecutionDashboard.Components.Shared.Things;

/// <summary>What can be done with a thing, wherever it is shown: the pages about it, and the commands with the dialogs and the rights of its own page.</summary>
public sealed class ThingActions(Replica replica, Problems problems, StopOperations stop, JobOperations jobs, DeploymentOperations deployments, CommandRequests requests, StepOffers offers)
{
    // Around the last change of an execution, on the timeline of its node.
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(10);

    /// <summary>The actions, most wanted first; empty when there is no such thing.</summary>
    public IReadOnlyList<ThingAction> Of(FleetThing thing)
    {
        var store = replica.Store;
        return thing.Kind switch
        {
            ThingKind.Execution => store.FindExecution(thing.Id) is { } execution ? [.. Of(execution), .. Copies(thing)] : [],
            ThingKind.Node => store.FindNode(thing.Id) is null ? [] : [.. OfNode(thing.Id), .. Copies(thing)],
            ThingKind.Job => store.FindJob(thing.Id) is { } job ? [.. Of(job), .. Copies(thing)] : [],
            ThingKind.Deployment => store.FindDeployment(thing.Id) is { } deployment ? [.. Of(deployment), .. Copies(thing)] : [],
            _ => problems.Open.FirstOrDefault(p => p.Problem.Id == thing.Id) is { } problem ? [.. Of(problem), .. Copies(thing)] : [],
        };
    }

    private IEnumerable<ThingAction> Of(Execution execution)
    {
        var here = ExecutionView.Address(execution.Id);
        yield return new("Open", "open") { Address = here };
        yield return new("Open logs", "executions") { Address = here + "?tab=logs", Key = "l", WhyNot = execution.NodeId.Length == 0 ? "Not placed on a node." : "" };
        yield return new("Stop…", "stopped") { Ask = dialogs => dialogs.AskToStopAsync(execution.Id), Key = "s", WhyNot = stop.WhyNot(execution) };
        yield return new("Compare with the current job spec", "specs") { Address = CompareUrl.For(SpecRef.Execution(execution.Id), SpecRef.Job(execution.JobId)) };
        if (execution.PreviousId.Length > 0)
            yield return new("Compare with the previous execution", "specs") { Address = CompareUrl.For(SpecRef.Previous(execution.Id), SpecRef.Execution(execution.Id)) };
        if (execution.NodeId.Length > 0)
        {
            yield return new("Go to its node", "nodes") { Address = NodeLabels.Address(execution.NodeId) };
            if ((execution.UpdatedAt ?? execution.CreatedAt) is { Year: > 1 and < 9999 } moment)
                yield return new("Go to its node at this time", "timeline") { Address = TimelineUrl.For(new() { Nodes = [execution.NodeId] }, TimelineRange.Between(moment - Around, moment + Around)) };
        }
        if (execution.JobId.Length > 0) yield return new("Go to its job", "jobs") { Address = JobLabels.Address(execution.JobId) };
        if (execution.DeploymentId.Length > 0) yield return new("Go to its deployment", "deployments") { Address = DeploymentLabels.Address(execution.DeploymentId) };
        if (execution.ReplacedBy is { } by) yield return new("Go to the execution that replaced it", "executions") { Address = ExecutionView.Address(by.Id) };
        if (execution.JobId.Length > 0)
        {
            // No control plane restarts or replaces a single execution: what it has is the rerun of the job.
            yield return new("Restart…", "play") { Ask = dialogs => dialogs.AskToRestartAsync(execution.JobId), Key = "r", WhyNot = jobs.WhyNot(OperationKind.Rerun, execution.JobId) };
            yield return new("Stop and replace", "swap") { WhyNot = "No control plane replaces a single execution. Restart replaces those of the job on all of its nodes." };
            yield return Copy("Copy the command for its logs", CliCommands.Logs(Own(execution.JobId)));
        }
        yield return Copy("Copy the command that stops it", CliCommands.Of(OperationKind.StopExecution, Own(execution.Id)));
    }

    private IEnumerable<ThingAction> OfNode(string id)
    {
        yield return new("Open", "open") { Address = NodeLabels.Address(id) };
        yield return new("Show its executions", "executions") { Address = ExecutionListUrl.For(new() { Nodes = [id] }) };
        yield return new("Show it on the timeline", "timeline") { Address = TimelineUrl.For(new() { Nodes = [id] }) };
        yield return Copy("Copy the command that lists its executions", CliCommands.Executions(FleetKind.Node, Own(id)));
    }

    private IEnumerable<ThingAction> Of(Job job)
    {
        yield return new("Open", "open") { Address = JobLabels.Address(job.Id) };
        yield return new("Show its executions", "executions") { Address = ExecutionListUrl.For(new() { Jobs = [job.Id] }) };
        foreach (var (label, tab) in new[] { ("Open its spec", "spec"), ("Open its versions", "versions"), ("Open its history", "history"), ("Open its logs", "logs") })
            yield return new(label, "specs") { Address = JobLabels.Address(job.Id, tab), Key = tab == "logs" ? "l" : "" };
        yield return new("Show it on the timeline", "timeline") { Address = TimelineUrl.For(new() { Jobs = [job.Id] }) };
        if (job.DeploymentId.Length > 0) yield return new("Go to its deployment", "deployments") { Address = DeploymentLabels.Address(job.DeploymentId) };
        yield return new("Stop the job…", "stopped") { Ask = dialogs => dialogs.AskToStopJobAsync(job.Id), Key = "s", WhyNot = jobs.WhyNot(OperationKind.StopJob, job.Id) };
        yield return OfJob("Rerun the job…", OperationKind.Rerun, job.Id) with { Key = "r" };
        yield return OfJob("Roll back…", OperationKind.Rollback, job.Id);
        yield return OfJob("Delete the job…", OperationKind.DeleteJob, job.Id);
        foreach (var (what, kind) in new[] { ("stops it", OperationKind.StopJob), ("reruns it", OperationKind.Rerun), ("rolls it back", OperationKind.Rollback), ("deletes it", OperationKind.DeleteJob) })
            yield return Copy("Copy the command that " + what, CliCommands.Of(kind, Own(job.Id)));
        yield return Copy("Copy the command for its logs", CliCommands.Logs(Own(job.Id)));
    }

    private IEnumerable<ThingAction> Of(Deployment deployment)
    {
        yield return new("Open", "open") { Address = DeploymentLabels.Address(deployment.Id) };
        foreach (var kind in new[] { OperationKind.Promote, OperationKind.Pause, OperationKind.Resume, OperationKind.Rollback })
        {
            var why = deployments.WhyNot(kind, deployment);
            // What its state rules out is no offer; what the role rules out is told with its reason.
            if (deployment.IsOpen || kind == OperationKind.Rollback)
                yield return new((kind == OperationKind.Rollback ? "Roll back" : kind.ToString()) + (requests.OpensDialog(kind) ? "…" : ""), kind switch { OperationKind.Pause => "pause", OperationKind.Resume => "play", OperationKind.Rollback => "swap", _ => "completed" })
                {
                    Ask = dialogs => requests.AskOfDeploymentAsync(dialogs, deployment.Id, kind), WhyNot = why, Key = kind switch { OperationKind.Promote => "m", OperationKind.Pause when deployment.State != "paused" => "p", OperationKind.Resume when deployment.State == "paused" => "p", _ => "" },
                };
        }
        yield return new("Show its executions", "executions") { Address = ExecutionListUrl.For(new() { Deployments = [deployment.Id] }) };
        foreach (var (what, kind) in new[] { ("promotes it", OperationKind.Promote), ("pauses it", OperationKind.Pause), ("resumes it", OperationKind.Resume), ("rolls it back", OperationKind.Rollback) })
            if (CliCommands.Of(kind, CliCommands.Own(deployment, replica.Store.Planes)) is { Length: > 0 } line) yield return Copy("Copy the command that " + what, line);
        yield return new("Go to its job", "jobs") { Address = JobLabels.Address(deployment.JobId) };
    }

    private IEnumerable<ThingAction> Of(ShownProblem problem)
    {
        yield return new("Open", "open") { Address = ProblemLabels.Address(problem.Problem.Id) };
        foreach (var offer in offers.Of(problem.Problem.NextSteps))
            yield return offer.Step.Action == StepAction.Open
                ? new(offer.Step.Text, "open") { Address = offer.Step.Target }
                : new(offer.Step.Text + (offers.OpensDialog(offer.Step) ? "…" : ""), "attention") { Ask = dialogs => offers.AskAsync(dialogs, offer.Step), WhyNot = offer.WhyNot };
        if (problem.Problem.Address.Length > 0) yield return new("Show all it concerns", "executions") { Address = problem.Problem.Address };
    }

    private ThingAction OfJob(string label, OperationKind kind, string jobId) =>
        new(label, kind == OperationKind.Rollback ? "swap" : kind == OperationKind.DeleteJob ? "close" : "play") { Ask = dialogs => dialogs.AskOfJobAsync(jobId, kind), WhyNot = jobs.WhyNot(kind, jobId) };

    // A line for a shell has the id that the control plane has.
    private string Own(string id) => replica.Store.Planes.OwnId(id);

    private IEnumerable<ThingAction> Copies(FleetThing thing)
    {
        yield return Copy("Copy the id", thing.Id);
        if (CliCommands.Show(thing with { Id = Own(thing.Id) }) is { Length: > 0 } line) yield return Copy("Copy as expanso-cli command", line);
    }

    private static ThingAction Copy(string label, string text) => new(label, "copy") { Copies = text };
}
