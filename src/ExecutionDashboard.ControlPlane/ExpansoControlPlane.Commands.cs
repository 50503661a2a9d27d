using ExecutionDashboard.ControlPlane.Api;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Commands: with the route of the deployment's generation, and never sent twice.</summary>
internal sealed partial class ExpansoControlPlane
{
    public Task<ControlPlaneResult<Accepted>> StopExecutionAsync(string id, string reason, CancellationToken cancel = default) =>
        CommandAsync(
            ControlPlaneCommand.StopExecution, Executions, id, c => executions.StopAsync(id, Reason(reason), c), c => executions.GetAsync(id, c), cancel);

    public Task<ControlPlaneResult<Accepted>> StopJobAsync(string jobId, string reason, CancellationToken cancel = default) =>
        JobCommandAsync(ControlPlaneCommand.StopJob, jobId, c => jobs.StopAsync(jobId, Reason(reason), c), cancel);

    public Task<ControlPlaneResult<Accepted>> RerunJobAsync(string jobId, CancellationToken cancel = default) =>
        JobCommandAsync(ControlPlaneCommand.RerunJob, jobId, c => jobs.RerunAsync(jobId, new EmptyRequest(), c), cancel);

    public Task<ControlPlaneResult<Accepted>> RollbackJobAsync(
        string jobId, int? version, string reason, bool dryRun = false, CancellationToken cancel = default) =>
        RollbackJobAsync(ControlPlaneCommand.RollbackJob, jobId, version, reason, dryRun, cancel);

    public Task<ControlPlaneResult<Accepted>> DeleteJobAsync(string jobId, bool force, string reason, CancellationToken cancel = default) =>
        JobCommandAsync(
            ControlPlaneCommand.DeleteJob, jobId, c => jobs.DeleteAsync(jobId, new DeleteRequest(force ? true : null, NullIfEmpty(reason)), c), cancel);

    public async Task<ControlPlaneResult<Accepted>> PromoteAsync(Deployment deployment, string reason, CancellationToken cancel = default)
    {
        if (!deployment.IsRollout)
            return await DeploymentCommandAsync(
                ControlPlaneCommand.Promote, deployment, c => deployments.PromoteAsync(deployment.Id, Reason(reason), c), cancel);
        Capabilities.Learn(ControlPlaneCommand.Promote, Offer.NotOffered);
        return new ControlPlaneFailure(
            ControlPlaneError.NotOffered,
            "This generation of Expanso has no published route to promote a canary: it goes on by itself with auto_promote, or the rollout is paused, resumed or rolled back.");
    }

    public Task<ControlPlaneResult<Accepted>> PauseAsync(Deployment deployment, string reason, CancellationToken cancel = default) =>
        deployment.IsRollout
            ? JobCommandAsync(ControlPlaneCommand.Pause, deployment.JobId, c => jobs.PauseRolloutAsync(deployment.JobId, Reason(reason), c), cancel)
            : DeploymentCommandAsync(ControlPlaneCommand.Pause, deployment, c => deployments.PauseAsync(deployment.Id, Reason(reason), c), cancel);

    public Task<ControlPlaneResult<Accepted>> ResumeAsync(Deployment deployment, string reason, CancellationToken cancel = default) =>
        deployment.IsRollout
            ? JobCommandAsync(ControlPlaneCommand.Resume, deployment.JobId, c => jobs.ResumeRolloutAsync(deployment.JobId, Reason(reason), c), cancel)
            : DeploymentCommandAsync(ControlPlaneCommand.Resume, deployment, c => deployments.ResumeAsync(deployment.Id, Reason(reason), c), cancel);

    public Task<ControlPlaneResult<Accepted>> RollbackAsync(
        Deployment deployment, int? version, string reason, CancellationToken cancel = default) =>
        deployment.IsRollout
            ? RollbackJobAsync(ControlPlaneCommand.RollbackDeployment, deployment.JobId, version, reason, dryRun: false, cancel)
            : DeploymentCommandAsync(
                ControlPlaneCommand.RollbackDeployment, deployment,
                c => deployments.RollbackAsync(deployment.Id, new RollbackDeploymentRequest(version, NullIfEmpty(reason)), c), cancel);

    private Task<ControlPlaneResult<Accepted>> RollbackJobAsync(
        ControlPlaneCommand command, string jobId, int? version, string reason, bool dryRun, CancellationToken cancel) =>
        JobCommandAsync(
            command, jobId, c => jobs.RollbackAsync(jobId, new RollbackJobRequest(version, NullIfEmpty(reason), dryRun ? true : null), c), cancel);

    private Task<ControlPlaneResult<Accepted>> JobCommandAsync(
        ControlPlaneCommand command, string jobId, Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancel) =>
        CommandAsync(command, Jobs, jobId, send, c => jobs.GetAsync(jobId, c), cancel);

    private Task<ControlPlaneResult<Accepted>> DeploymentCommandAsync(
        ControlPlaneCommand command, Deployment deployment, Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancel) =>
        CommandAsync(command, Deployments, deployment.Id, send, c => deployments.GetAsync(deployment.Id, c), cancel);

    private async Task<ControlPlaneResult<Accepted>> CommandAsync(
        ControlPlaneCommand command, ListKind kind, string id, Func<CancellationToken, Task<HttpResponseMessage>> send,
        Func<CancellationToken, Task<HttpResponseMessage>> get, CancellationToken cancel)
    {
        if (PathId.Check(kind.One, id) is { } invalid) return invalid;
        using var span = CommandTraces.Command(command, kind.One, id);
        var result = await caller.TellAsync<Accepted>(send, AcceptedOf, cancel);
        span.End(result.Failure);
        switch (result.Failure?.Error)
        {
            case null or ControlPlaneError.Conflict or ControlPlaneError.Invalid:
                Capabilities.Learn(command, Offer.Offered);
                return result;
            case ControlPlaneError.NotOffered:
                return NotOffered(command, result.Failure);
            case ControlPlaneError.NotFound:
                return await ExplainNotFoundAsync(command, kind, id, result.Failure, get, cancel);
            default:
                return result;
        }
    }

    /// <summary>
    /// Finds out whether a 404 for a command means that the object does not exist, or that the server does not support the route. A message that names the object
    /// ("execution e1 not found", "version 9 not found") decides. Else the object is read: if it exists, the route is missing. If not, the object does not exist;
    /// only deployments may be unsupported as a whole.
    /// </summary>
    private async Task<ControlPlaneResult<Accepted>> ExplainNotFoundAsync(
        ControlPlaneCommand command, ListKind kind, string id, ControlPlaneFailure failure, Func<CancellationToken, Task<HttpResponseMessage>> get,
        CancellationToken cancel)
    {
        if (Names(kind, id, failure.Message) || (IsRollback(command) && failure.Message.Contains("version", StringComparison.OrdinalIgnoreCase)))
        {
            Capabilities.Learn(command, Offer.Offered);
            return failure;
        }
        var there = await caller.AskAsync<bool>(get, _ => true, cancel);
        if (there.Succeeded) return NotOffered(command, failure);
        if (there.Failure.Error != ControlPlaneError.NotFound) return failure;
        return kind == Deployments && !Names(kind, id, there.Failure.Message) ? NotOffered(command, failure) : failure;
    }

    // A router's message may contain the id as part of the path; such a message is about the route.
    private static bool Names(ListKind kind, string id, string message) =>
        !message.Contains('/' + kind.Many + '/', StringComparison.OrdinalIgnoreCase)
        && !message.Contains("route", StringComparison.OrdinalIgnoreCase) && !message.Contains("page not found", StringComparison.OrdinalIgnoreCase)
        && (message.Contains(id, StringComparison.Ordinal) || message.Contains(kind.One, StringComparison.OrdinalIgnoreCase));

    private static bool IsRollback(ControlPlaneCommand command) =>
        command is ControlPlaneCommand.RollbackJob or ControlPlaneCommand.RollbackDeployment;

    private ControlPlaneFailure NotOffered(ControlPlaneCommand command, ControlPlaneFailure failure)
    {
        Capabilities.Learn(command, Offer.NotOffered);
        return failure with { Error = ControlPlaneError.NotOffered, Message = Failures.Short("This server does not offer it: " + failure.Message) };
    }

    // Any 2xx is a success: an accepted command must not be shown as failed because the body cannot be parsed.
    private ControlPlaneResult<Accepted> AcceptedOf(Reply reply) => new Accepted(
        Words(Fields.Get(reply.Root, "message"u8).Text()),
        [.. Fields.Get(reply.Root, "warnings"u8).Texts().Select(Words)])
    {
        ToVersion = Fields.Get(reply.Root, "to_version"u8).Int() ?? Fields.Get(reply.Root, "rollback_to_version"u8).Int() ?? Fields.Get(reply.Root, "version"u8).Int(),
    };

    private string Words(string text) => Failures.Short(caller.Hide(text));

    private static ReasonRequest Reason(string reason) => new(NullIfEmpty(reason));
}
