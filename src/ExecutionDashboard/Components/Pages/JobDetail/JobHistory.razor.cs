using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.JobDetail;

/// <summary>The events of a job from the control plane, newest first.</summary>
public sealed partial class JobHistory
{
    private const int PageSize = 50;
    private const int ReadAtOnce = 1000;

    private static readonly (HistoryKind Kind, string Word)[] Kinds =
        [(HistoryKind.All, "all"), (HistoryKind.Job, "of the job"), (HistoryKind.Executions, "of executions"), (HistoryKind.Trouble, "trouble")];

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private Loaded<IReadOnlyList<HistoryEvent>> _events = Loaded<IReadOnlyList<HistoryEvent>>.None;
    private HistoryKind _kind;
    private bool _more;
    private int _most = PageSize;
    private (string Id, long Revision) _asked;
    private DateTimeOffset _askedAt;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public Job Job { get; set; } = null!;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private List<HistoryEvent> Shown => [.. (_events.Value ?? []).Where(e => Matches(e, _kind)).Reverse()];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Job.Id, Job.Revision);
        if (_asked == wanted || (_asked.Id == Job.Id && Time.GetUtcNow() - _askedAt < Pace)) return;
        (_asked, _askedAt) = (wanted, Time.GetUtcNow());
        // Append to what was read, because the history of a busy job is long.
        await (_events.Value is { Count: > 0 } && !_more ? LoadLaterAsync() : LoadAsync());
    }

    private Task LoadAsync() => ReadAsync(null);

    private Task LoadLaterAsync() => ReadAsync(_events.Value is { Count: > 0 } read ? read[^1].At : null);

    private Task ReadAsync(DateTimeOffset? since) => LoadAsync(() => _events, loaded => _events = loaded, async cancel =>
    {
        var answer = await ControlPlane.GetJobHistoryAsync(Job.Id, ReadAtOnce, since, cancel);
        if (!answer.Succeeded) return _events.Failed($"The job's history cannot be had: {answer.Failure.Message}");
        var read = since is null ? [] : _events.Value ?? [];
        var known = read.Select(KeyOf).ToHashSet();
        var fresh = answer.Value.Where(e => known.Add(KeyOf(e))).ToList();
        _more = answer.Value.Count == ReadAtOnce && fresh.Count > 0;
        return _events.With([.. read, .. fresh]);
    });

    private static (long, DateTimeOffset?, string) KeyOf(HistoryEvent told) => (told.Sequence, told.At, told.Message);

    private static bool Matches(HistoryEvent told, HistoryKind kind) => kind switch
    {
        HistoryKind.Job => told.ExecutionId.Length == 0,
        HistoryKind.Executions => told.ExecutionId.Length > 0,
        HistoryKind.Trouble => HistoryMark.IsTrouble(told),
        _ => true,
    };
}
