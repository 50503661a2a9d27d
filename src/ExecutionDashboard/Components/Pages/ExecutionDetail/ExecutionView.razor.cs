using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExecutionDashboard.Components.Pages.ExecutionDetail;

/// <summary>One execution, live: on its page, or in the panel beside the list.</summary>
public sealed partial class ExecutionView
{
    /// <summary>The tabs; an empty name selects the first.</summary>
    public static readonly IReadOnlyList<string> Tabs = ["details", "timeline", "spec", "logs", "raw"];

    private const string Folder = "executions/";

    private Execution? _execution;
    private IReadOnlyList<Execution> _chain = [];
    private Loaded<FeedHistory> _history = Loaded<FeedHistory>.None;
    private Operation? _operation;
    private bool _removed;

    /// <summary>The execution.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Name of the open tab; null or empty for the first.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>Another tab was selected; empty for the first.</summary>
    [Parameter]
    public EventCallback<string> TabChanged { get; set; }

    /// <summary>Whether it is in the panel beside the list.</summary>
    [Parameter]
    public bool InPanel { get; set; }

    /// <summary>The panel should close.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>Address of another execution on this page.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> LinkTo { get; set; } = Address;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private OperationLog Operations { get; set; } = null!;

    [Inject]
    private FeedHistoryClient HistoryClient { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private StopOperations Stop { get; set; } = null!;

    [Inject]
    private JobOperations Jobs { get; set; } = null!;

    private string JobName => Replica.Store.FindJob(_execution!.JobId)?.DisplayName ?? _execution.JobId;

    private Node? Node => _execution is { } execution ? Replica.Store.FindNode(execution.NodeId) : null;

    private string NodeName => _execution!.NodeId.Length == 0 ? "no node yet" : Node?.DisplayName ?? _execution.NodeId;

    private bool LastKnown => Node is { IsConnected: false } && !_execution!.Actual.State.IsTerminal;

    private string WhyNoStop => _removed ? "It is no longer on the control plane." : Stop.WhyNot(_execution!);

    private string WhyNoRestart => _removed ? "It is no longer on the control plane." : Jobs.WhyNot(OperationKind.Rerun, _execution!.JobId);

    /// <summary>Address of an execution's own page.</summary>
    public static string Address(string id) => IdAddress.Of(Folder, id);

    /// <summary>The id in an address made by <see cref="Address"/>; null for another address. Routing decodes slashes twice, so its value could be another id.</summary>
    public static string? IdIn(string address) => IdAddress.In(Folder, address);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Take();
        Watch(Topics.Executions | Topics.Nodes | Topics.Jobs, async _ =>
        {
            var before = (_execution, _removed, Connection: Node?.Connection);
            Take();
            var changed = !Equals(before._execution, _execution);
            if (changed) await LoadHistoryAsync();
            return changed || before._removed != _removed || before.Connection != Node?.Connection;
        });
        Watch(Topics.Operations, _ =>
        {
            var before = _operation;
            _operation = Operations.Of(Id);
            return before != _operation;
        });
        Watch(Topics.Status, _ => _execution is null);
        await LoadHistoryAsync();
    }

    private void Take()
    {
        var now = Replica.Store.FindExecution(Id);
        // At a moment at which there was none, there is nothing to show.
        if (now is null && Sight.At is not null) _execution = null;
        _removed = now is null && _execution is not null;
        _operation = Operations.Of(Id);
        if (now is null || now.Equals(_execution)) return;
        _execution = now;
        _chain = Replica.Store.Chain(Id);
    }

    private Task LoadHistoryAsync() => LoadAsync(() => _history, loaded => _history = loaded, async cancel =>
    {
        var (history, problem) = await HistoryClient.OfExecutionAsync(Id, cancel);
        return history is null ? _history.Failed(problem ?? "") : _history.With(history);
    });

    private Task StopAsync() => Dialogs.AskToStopAsync(Id);

    private Task RestartAsync() => Dialogs.AskToRestartAsync(_execution!.JobId);
}
