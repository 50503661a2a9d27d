using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Feed.History;

/// <summary>
/// The state changes of an execution: those that the feed saw, completed with those in the server's own history. Without a server history, the first ones are derived
/// from the execution's times.
/// </summary>
internal sealed class ExecutionHistory(FeedLog log, FleetMirror mirror, StatusBoard board, [FromKeyedServices(ControlPlaneServices.Watching)] IControlPlane server, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The history; null when neither the fleet nor the log knows the execution.</summary>
    public async Task<FeedHistory?> OfAsync(string id, CancellationToken cancel)
    {
        var last = mirror.Executions.TryGet(id, out var known) ? known.Last : log.Reader.LastOfGone(FleetKind.Execution, id);
        var watched = log.Reader.StepsOf(FleetKind.Execution, id, last).Where(IsStep).ToList();
        if (watched.Count == 0) return null;
        var (told, problem) = await AskAsync(watched[0], cancel);
        var first = told.Count > 0 ? told : Derive(known?.Value, watched[0]);
        return new FeedHistory(HistoryMerge.Merge(watched, first), problem);
    }

    // A row with the same actual and desired state (a new message, a new revision) is no state change.
    private static bool IsStep(StateChange step) => step.From.Length == 0 || step.From != step.To;

    private async Task<(IReadOnlyList<StateChange> Told, string Problem)> AskAsync(StateChange first, CancellationToken cancel)
    {
        if (board.Status.BlindSince is not null) return ([], "The control plane does not answer: its own history is missing.");
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            var result = await server.GetExecutionHistoryAsync(first.Id, cancel: both.Token);
            if (result.Succeeded) return ([.. result.Value.Select(e => HistoryMerge.Read(e, first)).OfType<StateChange>()], "");
            return ([], result.Failure.Error is ControlPlaneError.NotFound or ControlPlaneError.NotOffered ? ""
                : $"The control plane's own history is missing: {result.Failure.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ([], $"The control plane's own history is missing: no answer within {Patience.TotalSeconds} s.");
        }
    }

    private static List<StateChange> Derive(Execution? execution, StateChange first)
    {
        var derived = new List<StateChange>();
        void Add(DateTimeOffset? at, string state)
        {
            if (at is { } then && then < first.At && state != first.To)
                derived.Add(first with { Sequence = 0, From = "", To = state, Message = "", ErrorCode = "", Desired = "", Revision = 0, At = then, SeenAt = then, Source = ChangeSource.Derived });
        }
        Add(execution?.CreatedAt, "pending");
        Add(execution?.StableAt, "running");
        return derived;
    }
}
