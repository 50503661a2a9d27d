using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;
using static ExecutionDashboard.Tests.Components.Shared.Timelines.LaneMaker;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class LaneTracksTests
{
    [Fact]
    public void Lay_SuccessorAfterAnEnd_FollowsOnTheTrackOfItsPredecessor()
    {
        var bars = Laid(Bar("other", "b", "", Span("running", 0)), Bar("a1", "a", "", Span("running", 1), Span("stopped", 5)), Bar("a2", "a", "a1", Span("running", 5)));

        Assert.Equal([0, 1, 1], bars.Select(b => b.Track));
    }

    [Fact]
    public void Lay_ExecutionsOfOneJobAtOneTime_DoNotCoverEachOther()
    {
        var bars = Laid(Bar("a1", "a", "", Span("running", 0)), Bar("a2", "a", "a1", Span("running", 1)), Bar("a3", "a", "a2", Span("running", 2)));

        Assert.Equal([0, 1, 2], bars.Select(b => b.Track));
    }

    [Fact]
    public void Lay_MoreAtOnceThanTracks_ShareTheLast()
    {
        var bars = Laid([.. Enumerable.Range(0, 40).Select(i => Bar($"e{i}", $"job-{i}", "", Span("running", i)))]);

        Assert.Equal(LaneTracks.Most, bars.Max(b => b.Track) + 1);
        Assert.Equal(LaneTracks.Most, LaneTracks.Lay(bars).Count);
    }

    [Fact]
    public void Lay_NothingOverlapsOnATrack_WhateverTheStory()
    {
        var random = new Random(7);
        for (var story = 0; story < 200; story++)
        {
            var bars = Laid([.. Enumerable.Range(0, 30).Select(i =>
            {
                var from = random.Next(100);
                return Bar($"e{i}", $"job-{random.Next(5)}", $"e{random.Next(30)}", Span("running", from, random.Next(3) == 0 ? null : from + random.Next(4)));
            })]);
            foreach (var track in bars.GroupBy(b => b.Track).Where(t => t.Key < LaneTracks.Most - 1))
                foreach (var (before, after) in track.Zip(track.Skip(1)))
                    Assert.True((before.EndedAt ?? DateTimeOffset.MaxValue) <= after.From, $"story {story}: {before.ExecutionId} lies over {after.ExecutionId}");
        }
    }

    [Fact]
    public void Apply_ExecutionThatEndsLive_GivesItsTrackFree()
    {
        var lane = Lane.Of(Node("n", [.. Enumerable.Range(0, 4).Select(i => Bar($"e{i}", $"job-{i}", "", Span("running", 0)))]), Answer(1), isLive: true);
        Execution Of(string id, KnownExecutionState state, int minute) => PageRig.Execution(id, state, node: "n").Execution! with { JobId = "another", UpdatedAt = At(minute) };

        Assert.Equal(4, lane.Apply(Of("f0", KnownExecutionState.Running, 1), At(1))!.Track);
        lane.Apply(Of("e2", KnownExecutionState.Failed, 2), At(2));
        Assert.Equal(2, lane.Apply(Of("f1", KnownExecutionState.Running, 3), At(3))!.Track);
        lane.Apply(Of("f1", KnownExecutionState.Failed, 4), At(4));
        lane.Apply(Of("f1", KnownExecutionState.Running, 5), At(5));
        Assert.Equal((5, 6), (lane.Apply(Of("f2", KnownExecutionState.Running, 6), At(6))!.Track, lane.Tracks));
    }

    [Fact]
    public void Of_LaneThatIsAskedForAgain_KeepsTheTracksOfWhatIsStillThere()
    {
        var before = Lane.Of(Node("n", Bar("old", "a", "", Span("running", 0, 50)), Bar("b", "b", "", Span("running", 1))), Answer(1), isLive: true);
        var after = Lane.Of(Node("n", Bar("b", "b", "", Span("running", 1)), Bar("c", "c", "", Span("running", 60))), Answer(2), isLive: true, before);

        Assert.Equal(1, before.Find("b")!.Track);
        Assert.Equal(1, after.Find("b")!.Track);
    }

    private static List<LaneBar> Laid(params ExecutionBar[] bars) => Lane.Of(Node("n", bars), Answer(1), isLive: true).Bars;
}
