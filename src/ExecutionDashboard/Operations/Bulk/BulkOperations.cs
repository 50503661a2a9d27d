using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.Risk;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>What a person asks for when starting a run.</summary>
/// <param name="Target">For which executions.</param>
/// <param name="Filter">Address of the list; empty for a selection.</param>
/// <param name="Given">Why, and <see cref="BulkPreview.Phrase"/> as typed.</param>
/// <param name="WaveSize">Items per wave, from 1.</param>
/// <param name="Pause">Pause between two waves.</param>
/// <param name="FailureLimit">A number of failures that it may have, or a percentage of the items with a sign: <c>5</c>, <c>10 %</c>.</param>
public sealed record BulkRequest(BulkTarget Target, string Filter, Confirmation Given, int WaveSize, TimeSpan Pause, string FailureLimit);

/// <summary>Result of a start.</summary>
/// <param name="Run">The run; null when it was not started.</param>
/// <param name="Moved">What there is now, when that is not what the person saw.</param>
/// <param name="Problem">Why it was not started, for people.</param>
public sealed record BulkStarted(BulkRun? Run, BulkPreview? Moved = null, string Problem = "");

/// <summary>Starts bulk runs and steers them, in the name of a tab's user. The <see cref="BulkDriver"/> sends their commands.</summary>
public sealed class BulkOperations(
    IBulkFeed feed, IControlPlane controlPlane, Replica replica, ICurrentUser user, IClientOrigin origin, BulkRights rights, IOptions<BulkOptions> options, CommandRights commands, AuditDoor audit)
{
    /// <summary>Nodes above which a second person must approve; 0: never.</summary>
    public int ApproveAbove => options.Value.ApproveAbove;

    /// <summary>Requests a second of all runs.</summary>
    public int RequestsPerSecond => options.Value.RequestsPerSecond;

    /// <summary>What a run would do now.</summary>
    public BulkPreview Preview(BulkAction action, BulkTarget target) => BulkPreview.Of(action, target, replica.Store);

    /// <summary>Whether the control plane offers an action, as far as known.</summary>
    public bool Offers(BulkAction action) => controlPlane.Capabilities[action switch
    {
        BulkAction.StopExecutions => ControlPlaneCommand.StopExecution,
        BulkAction.StopJobs => ControlPlaneCommand.StopJob,
        _ => ControlPlaneCommand.RerunJob,
    }] != Offer.NotOffered;

    /// <summary>Why the user may not start any run; empty when the user may.</summary>
    public string WhyNone => commands.WhyNot(AccessRole.Operator);

    /// <summary>Why a run cannot be started now; empty when it can.</summary>
    public string WhyNot(BulkPreview preview) => commands.WhyNot(rights.Needed(preview.Executions)) is { Length: > 0 } mayNot ? mayNot
        : !Offers(preview.Action) ? "This control plane does not offer it."
        : preview.NotUnderstood.Length > 0 ? $"A part of the filters cannot be read, so more would be affected than was meant: '{preview.NotUnderstood}'. Remove or correct it."
        : preview.Items.Count == 0 ? "There is nothing to do."
        : preview.Items.Count > BulkLimits.Items ? $"{preview.Items.Count} are more than a run takes ({BulkLimits.Items}): narrow the filters."
        : replica.Freshness.Kind != FreshnessKind.Live || !replica.IsLiveFor(preview.Items.Select(item => item.Id)) ? "The data is not current: what is shown may be over."
        : "";

    /// <summary>Why the user may not steer a run; empty when the user may. Pausing and canceling is for every operator, since they do no harm.</summary>
    public string WhyNot(BulkOrderKind kind, BulkRun run)
    {
        if (commands.WhyNot(NeededFor(kind, run)) is { Length: > 0 } mayNot) return mayNot;
        return BulkPlan.WhyNot(new(kind, user.Now.Name), run, DateTimeOffset.MinValue) ?? "";
    }

    /// <summary>Starts a run, unless there is other to do now than the person saw.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="seen">What the person saw.</param>
    /// <param name="id">Id of the run, letters and digits; the same for the same intention, so that it starts once.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<BulkStarted> StartAsync(BulkRequest request, BulkPreview seen, string id, CancellationToken cancel)
    {
        var asks = await user.CheckAsync(cancel);
        var now = Preview(seen.Action, request.Target);
        if (commands.WhyNot(rights.Needed(now.Executions)) is { Length: > 0 } mayNot)
        {
            audit.Refused(AuditActions.StartBulk, new(AuditTarget.BulkRun, id), NumbersOf(now), request.Given.Reason, mayNot);
            return new(null, Problem: mayNot);
        }
        if (WhyNot(now) is { Length: > 0 } why) return new(null, Problem: why);
        if (now.ChangesSince(seen) is { Length: > 0 } changes) return new(null, now, changes);
        if (request.Given.WhyNot(CommandRisk.High, now.Phrase) is { Length: > 0 } missing)
        {
            audit.Refused(AuditActions.StartBulk, new(AuditTarget.BulkRun, id), NumbersOf(now), request.Given.Reason, $"Not started. {missing}");
            return new(null, Problem: missing);
        }
        if (FailureLimit(request.FailureLimit, now.Items.Count) is not { } limit) return new(null, Problem: $"'{request.FailureLimit}' is no limit of failures: give a number, or a percentage such as 10 %.");
        var needsSecond = ApproveAbove > 0 && now.Nodes > ApproveAbove;
        var run = new BulkRun
        {
            Id = id, Action = now.Action, StartedBy = asks.Name, StartedAs = asks.Grants.Everywhere.ToString().ToLowerInvariant(), StartedFrom = origin.Address, Reason = request.Given.Reason.Trim(), Filter = request.Filter, WaveSize = Math.Max(1, request.WaveSize),
            Pause = request.Pause, FailureLimit = limit, Nodes = now.Nodes, Executions = now.Executions,
        };
        var act = await audit.AskAsync(AuditActions.StartBulk, BulkAudit.Target(run), NumbersOf(now), run.Reason, cancel);
        if (act.Problem.Length > 0) return new(null, Problem: act.Problem);
        var reply = await feed.StartAsync(new(run, now.Items, needsSecond ? options.Value.ApproveWithin : null), cancel);
        Close(act, reply);
        return new(reply.Value, Problem: reply.Problem);
    }

    /// <summary>Carries out an order of the user. Gives why not; empty when the feed took it.</summary>
    public async Task<string> OrderAsync(BulkOrderKind kind, BulkRun run, IReadOnlyList<int>? items, CancellationToken cancel)
    {
        var asks = await user.CheckAsync(cancel);
        if (commands.WhyNot(NeededFor(kind, run)) is { Length: > 0 } mayNot)
        {
            audit.Refused(ActionOf(kind), BulkAudit.Target(run), "", "", mayNot);
            return mayNot;
        }
        var act = await audit.AskAsync(ActionOf(kind), BulkAudit.Target(run), kind == BulkOrderKind.Retry ? $"{(items is { Count: > 0 } ? items.Count : run.Counts.Listed)} items" : "", "", cancel);
        if (act.Problem.Length > 0) return act.Problem;
        var reply = await feed.OrderAsync(run.Id, new(kind, asks.Name, items), cancel);
        Close(act, reply);
        return reply.Value is null ? reply.Problem : "";
    }

    /// <summary>The failures that a run of so many items may have; null when the text is none. A percentage is rounded down.</summary>
    public static int? FailureLimit(string text, int items)
    {
        var trimmed = text.Trim();
        var isPercent = trimmed.EndsWith('%');
        if (!int.TryParse(trimmed.TrimEnd('%').TrimEnd(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)) return null;
        return !isPercent ? number : number > 100 ? null : (int)((long)items * number / 100);
    }

    private static void Close(AuditedAct act, BulkReply<BulkRun> reply)
    {
        if (reply.Value is { } run) act.Done(run.State == BulkState.AwaitingApproval ? "It waits for a second person." : "");
        else act.Failed(reply.Problem);
    }

    private static string NumbersOf(BulkPreview preview) =>
        $"{preview.Items.Count} {(preview.Action == BulkAction.StopExecutions ? "executions" : "jobs")}: {preview.Executions} executions on {preview.Nodes} nodes of {preview.Jobs} jobs";

    private static string ActionOf(BulkOrderKind kind) => kind switch
    {
        BulkOrderKind.Approve => AuditActions.ApproveBulk,
        BulkOrderKind.Reject => AuditActions.RejectBulk,
        BulkOrderKind.Pause => AuditActions.PauseBulk,
        BulkOrderKind.Resume => AuditActions.ResumeBulk,
        BulkOrderKind.Cancel => AuditActions.CancelBulk,
        _ => AuditActions.RetryBulk,
    };

    private AccessRole NeededFor(BulkOrderKind kind, BulkRun run) => kind is BulkOrderKind.Pause or BulkOrderKind.Cancel or BulkOrderKind.Reject ? AccessRole.Operator : rights.Needed(run.Executions);
}
