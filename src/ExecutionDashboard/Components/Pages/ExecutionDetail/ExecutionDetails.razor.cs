using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.ExecutionDetail;

/// <summary>The details of an execution: cause, states, identity and chain.</summary>
public sealed partial class ExecutionDetails
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The execution.</summary>
    [Parameter, EditorRequired]
    public Execution Execution { get; set; } = null!;

    /// <summary>Its chain, oldest first, itself included.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Execution> Chain { get; set; } = [];

    /// <summary>Number of changes in its history; null when unknown.</summary>
    [Parameter]
    public int? ChangesSeen { get; set; }

    /// <summary>Address of another execution on this page.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> LinkTo { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    private Job? Job => Replica.Store.FindJob(Execution.JobId);

    private Node? Node => Execution.NodeId.Length > 0 ? Replica.Store.FindNode(Execution.NodeId) : null;

    private string Connection => Replica.Store.ConnectionOf(Execution.NodeId);

    private bool LastKnown => Node is { IsConnected: false } && !Execution.Actual.State.IsTerminal;

    // The server's details; without any, the message of a failed state is the cause.
    private IReadOnlyDictionary<string, string> Why =>
        Execution.Details is { Count: > 0 } details ? details
        : Execution.Actual is { Message.Length: > 0, State.Known: KnownExecutionState.Failed or KnownExecutionState.Degraded or KnownExecutionState.Lost }
            ? new Dictionary<string, string> { ["state"] = Execution.Actual.State.Name }
            : None;

    private static string Or(string text) => text.Length > 0 ? text : "–";
}
