using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Attention;

/// <summary>One problem, open or resolved, live: its evidence, its steps, what happened to it and what people said.</summary>
public sealed partial class ProblemView
{
    private const int FewSubjects = 12;

    private ShownProblem? _shown;
    private IReadOnlyList<ProblemLink> _links = [];
    private Loaded<ProblemHistory> _history = Loaded<ProblemHistory>.None;
    private int _mostSubjects = FewSubjects;
    private IJSObjectReference? _shell;
    private string _by = "";
    private string _refused = "";
    private bool _isOpen;

    /// <summary>The problem; of one of the past with the moment that it opened: see <see cref="ShownProblem.RowId"/>.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The panel is to be closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private ProblemRecords Records { get; set; } = null!;

    [Inject]
    private ProblemClient Feed { get; set; } = null!;

    [Inject]
    private ProblemOperations Actions { get; set; } = null!;

    [Inject]
    private Problems Problems { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private bool HasEnded => !_isOpen;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Take();
        Watch(Topics.Problems | Topics.Status, async _ =>
        {
            var before = (_shown, _isOpen);
            Take();
            if (!Equals(before._shown?.Record, _shown?.Record) || before._isOpen != _isOpen) await LoadAsync();
            return before != (_shown, _isOpen) || _shown is null;
        });
        await LoadAsync();
    }

    // What ended while somebody looks at it stays, and says so.
    private void Take()
    {
        var open = Problems.Open.FirstOrDefault(p => p.Problem.Id == Id);
        _isOpen = open is not null;
        if (open is null || Equals(open, _shown)) return;
        _shown = open;
        _links = ProblemLink.Of(open.Problem, Replica.Store);
    }

    private Task LoadAsync() => LoadAsync(() => _history, loaded => _history = loaded, async cancel =>
    {
        if (!_isOpen && (await Records.ResolvedAsync(Feed, cancel)).Problems is { } resolved)
        {
            // What ended just now is told by its own id; one of the list by its row.
            _shown = resolved.FirstOrDefault(p => p.RowId == Id || p.Problem.Id == Id) ?? _shown;
        }
        if (_shown is null) return Loaded<ProblemHistory>.None;
        var (history, problem) = await Records.HistoryAsync(Feed, _shown.Problem.Id, cancel);
        return history is null ? _history.Failed(problem ?? "") : _history.With(history);
    });

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => !firstRender ? Task.CompletedTask : ReadNameAsync();

    private Task ReadNameAsync() => WhileHereAsync(async () =>
    {
        _shell ??= await ImportAsync("./js/shell.js");
        _by = await OperatorName.ReadAsync(_shell);
        StateHasChanged();
    });

    private async Task AcknowledgeAsync()
    {
        var dialog = await Dialogs.ShowAsync<AcknowledgeDialog>("", new DialogParameters<AcknowledgeDialog> { { d => d.Shown, _shown } }, StopDialog.Options);
        if (await dialog.Result is { Canceled: false }) await ReadNameAsync();
    }

    private async Task UnacknowledgeAsync()
    {
        if (_shown is { Record.Acknowledgement: { } taken } shown) _refused = await Actions.UnacknowledgeAsync(shown.Problem.Id, _by.Length > 0 ? _by : taken.By) ?? "";
    }

    private static string Words(ProblemEvent happened) => happened.Kind switch
    {
        ProblemEventKind.Opened => $"Opened{(happened.Problem is { } p ? $": {ProblemLabels.Severity(p.Severity)}" : "")}",
        ProblemEventKind.Changed => $"Changed{(happened.Problem is { } p ? $": {ProblemLabels.Severity(p.Severity)}{(ProblemLabels.Extent(p) is { Length: > 0 } extent ? ", " + extent : "")}" : "")}",
        ProblemEventKind.Resolved => "Resolved",
        ProblemEventKind.Acknowledged => $"Acknowledged by {Masked.Text(happened.By)}",
        ProblemEventKind.Unacknowledged => happened.By.Length > 0 ? $"Acknowledgement ended by {Masked.Text(happened.By)}" : "Acknowledgement ended",
        _ => $"{Masked.Text(happened.By)}: ",
    };
}
