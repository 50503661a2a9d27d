using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.Extensions.Time.Testing;
using static ExecutionDashboard.Tests.Components.Shared.Timelines.LaneMaker;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class TimelineMarksTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(PageRig.Start);
    private readonly LiveSignals _signals;
    private readonly Replica _replica;
    private readonly OperationLog _operations;
    private long _sequence = 1;

    public TimelineMarksTests()
    {
        _signals = new LiveSignals(_time);
        _replica = new Replica(_signals, _time);
        _operations = new OperationLog(_signals, _time);
        Assert.True(_replica.Apply(new FeedBatch { Reset = true, Previous = 1, Sequence = 1, Status = PageRig.Good }));
    }

    [Fact]
    public void Of_MoreThanTheMost_KeepsTheNewestOnScreen_AndSaysHowManyThereAre()
    {
        // Newer ones beside the screen take no room from those on it.
        Follow([.. Enumerable.Range(0, 1_213).Select(i => Deployed($"d{i:d4}", -60 + i * 0.04)), .. Enumerable.Range(0, 700).Select(i => Deployed($"after{i:d3}", 1 + i * 0.01))]);
        _operations.Begin(OperationKind.StopJob, new(AuditTarget.Job, "job-1"), "");

        var (marks, inRange) = Of();

        Assert.Equal(1_214, inRange);
        Assert.Equal(TimelineMarks.Most, marks.Count);
        Assert.True(marks[0].IsOperation);
        Assert.Equal(At(-60 + 1_212 * 0.04), marks[1].From);
        Assert.All(marks, m => Assert.InRange(m.From, At(-60 + (1_213 - 499) * 0.04), At(0)));
    }

    [Fact]
    public void Of_RoomLeft_HoldsTheMarginToo_AndWhatLastsIntoTheRange()
    {
        Follow(Deployed("before", -80, -70), Deployed("long", -500, -50), Deployed("open", -9_000, state: "in_progress"), Deployed("far", -500, -200), Deployed("bad", -10, -5, "failed"));

        var (marks, inRange) = Of();

        Assert.Equal(3, inRange);
        Assert.Equal(["bad", "long", "open", "before"], marks.Select(m => m.Href[(m.Href.LastIndexOf('/') + 1)..]));
        Assert.Equal([true, false, false, false], marks.Select(m => m.IsBad));
        Assert.Null(marks[2].To);
    }

    [Fact]
    public void Of_DeploymentsWithoutATime_AreLeftOut()
    {
        Follow(FleetChange.Of(new Deployment { Id = "timeless", JobId = "job-1" }));
        Assert.Empty(Of().Marks);
    }

    [Fact]
    public void Window_TellsMarksOnce_UntilOneChanges()
    {
        Follow(Deployed("a", -30, state: "in_progress"), Deployed("b", -20, -10));
        var window = new LaneWindow(_replica, _time, new WorstStates(_replica, _time), (_, _, _, _) => throw new InvalidOperationException());
        window.See(0, 10, At(-60), At(0));

        var update = window.Marks(_operations)!;
        var wire = update.Marks!;
        Assert.Equal((12, 2), (wire.Marks.Count, wire.InRange));
        Assert.Equal([0, TimelineWriter.Time(At(-20)), TimelineWriter.Time(At(-10))], wire.Marks.Take(3));
        Assert.Equal(-1, wire.Marks[8]);
        Assert.Contains("deployments/b", update.Words![(int)wire.Marks[5]], StringComparison.Ordinal);
        Assert.Null(window.Marks(_operations));

        Follow(Deployed("a", -30, -1, "failed"));
        var next = window.Marks(_operations)!;
        Assert.Equal(2, next.Marks!.Marks[6]);
        // What was said before is not said again: only the new state's word.
        Assert.Single(next.Words!);
    }

    private (IReadOnlyList<TimelineMark> Marks, int InRange) Of() => TimelineMarks.Of(_replica.Store, _operations, ExecutionQuery.All, At(-60), At(0), TimeSpan.FromMinutes(30));

    private static FleetChange Deployed(string id, double from, double? to = null, string state = "completed") => FleetChange.Of(new Deployment
    {
        Id = id, JobId = "job-1", ToVersion = 2, State = state, CreatedAt = At(from), UpdatedAt = At(from), CompletedAt = to is { } end ? At(end) : null,
    });

    private void Follow(params FleetChange[] changes) => Assert.True(_replica.Apply(new FeedBatch { Previous = _sequence, Sequence = ++_sequence, Changes = changes }));

    public void Dispose() => _signals.Stop();
}
