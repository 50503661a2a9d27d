using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live.Past;
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
    private TimeRange _askedRange = TimeRange.All;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public Job Job { get; set; } = null!;

    /// <summary>Only events of this range.</summary>
    [Parameter]
    public TimeRange Range { get; set; } = TimeRange.All;

    /// <summary>Another range was chosen.</summary>
    [Parameter]
    public EventCallback<TimeRange> RangeChanged { get; set; }

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private PageTime Time { get; set; } = null!;

    private List<HistoryEvent> Shown => [.. InRange.Where(e => Matches(e, _kind)).Reverse()];

    private IReadOnlyList<HistoryEvent> InRange
    {
        get
        {
            if (Range.IsAll || _events.Value is not { } events) return _events.Value ?? [];
            var now = Time.GetUtcNow();
            return [.. events.Where(e => e.At is { } at && Range.Contains(at, now))];
        }
    }

    // What follows is after the range.
    private bool IsPastEnd => _events.Value is [.., { At: { } last }] && last >= Range.To?.Seen(Time.GetUtcNow());

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Job.Id, Job.Revision);
        if (_asked.Id == Job.Id && Range != _askedRange)
        {
            (_asked, _askedAt, _askedRange, _most) = (wanted, Time.GetUtcNow(), Range, PageSize);
            await LoadAsync();
            return;
        }
        _askedRange = Range;
        if (_asked == wanted || (_asked.Id == Job.Id && Time.GetUtcNow() - _askedAt < Pace)) return;
        (_asked, _askedAt) = (wanted, Time.GetUtcNow());
        // Append to what was read, because the history of a busy job is long.
        await (_events.Value is { Count: > 0 } && !_more ? LoadLaterAsync() : LoadAsync());
    }

    // The history is read from its beginning, or from that of the range.
    private Task LoadAsync() => ReadAsync([], Range.From?.Seen(Time.GetUtcNow()));

    private Task LoadLaterAsync() => _events.Value is [.., { At: { } last }] read ? ReadAsync(read, last) : LoadAsync();

    private Task ReadAsync(IReadOnlyList<HistoryEvent> read, DateTimeOffset? since) => LoadAsync(() => _events, loaded => _events = loaded, async cancel =>
    {
        var answer = await ControlPlane.GetJobHistoryAsync(Job.Id, ReadAtOnce, since, cancel);
        if (!answer.Succeeded) return _events.Failed($"The job's history cannot be had: {answer.Failure.Message}");
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
