using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed.Live;

public sealed class ChangeRingTests
{
    [Fact]
    public void TryRead_AnyChangesReadInAnySteps_GivesEveryNumberOnceAndTheNewestOfEach() =>
        Gen.Select(Gen.Int[1, 9].List[0, 120], Gen.Int[1, 5], Gen.Int[0, 130]).Sample((ids, most, start) =>
        {
            var ring = new ChangeRing(new FleetMirror(), 64);
            ring.StartAt(10);
            for (var i = 0; i < ids.Count; i++) ring.Add([Change(ids[i], i)], 11 + i);

            var cursor = ring.CursorAfter(10 + start);
            var oldest = Math.Max(0, ids.Count - 64);
            Assert.Equal(start <= ids.Count && start >= oldest, cursor is not null);
            if (cursor is not { } at) return;

            var seen = new Dictionary<string, long>();
            var changes = new List<FleetChange>();
            bool more;
            do
            {
                var previous = at.Sequence;
                Assert.True(ring.TryRead(ref at, most, changes, out more));
                Assert.True(changes.Count <= most && at.Sequence >= previous);
                foreach (var change in changes) seen[change.Id] = change.Execution!.Revision;
            }
            while (more);

            Assert.Equal(10 + ids.Count, at.Sequence);
            var expected = ids.Select((id, i) => ($"e{id}", (long)i)).Skip(start).GroupBy(p => p.Item1).ToDictionary(g => g.Key, g => g.Last().Item2);
            Assert.Equal(expected.OrderBy(e => e.Key), seen.OrderBy(e => e.Key));
        });

    [Fact]
    public void CursorAfter_UnnumberedChangesFollow_IncludesThem()
    {
        var ring = new ChangeRing(new FleetMirror(), 64);
        ring.StartAt(5);
        ring.AddUnlogged([Change(1, 1)]);
        ring.Add([Change(2, 2)], 6);
        ring.AddUnlogged([Change(3, 3)]);
        var changes = new List<FleetChange>();

        foreach (var (after, expected) in new[] { (5L, new[] { "e1", "e2", "e3" }), (6L, ["e3"]) })
        {
            var cursor = ring.CursorAfter(after)!.Value;
            ring.TryRead(ref cursor, 10, changes, out _);
            Assert.Equal(expected, changes.Select(c => c.Id));
            Assert.Equal(6, cursor.Sequence);
        }
    }

    [Fact]
    public void Add_MoreBytesThanItsLimit_DropsTheOldest()
    {
        var ring = new ChangeRing(new FleetMirror(), 1_000, mostBytes: 50_000);
        ring.StartAt(0);
        for (var i = 1; i <= 500; i++) ring.Add([FleetChange.Of(FeedRig.Execution($"e{i}") with { EvaluationId = new string('x', 500) })], i);

        Assert.Null(ring.CursorAfter(100));
        var cursor = ring.CursorAfter(450)!.Value;
        var changes = new List<FleetChange>();
        Assert.True(ring.TryRead(ref cursor, 1_000, changes, out _));
        Assert.Equal(Enumerable.Range(451, 50).Select(i => $"e{i}"), changes.Select(c => c.Id).Order(StringComparer.Ordinal));
        var lost = new RingCursor(10, 10);
        Assert.False(ring.TryRead(ref lost, 1_000, changes, out _));

        // One that is larger than all there may be is there all the same.
        ring.Add([FleetChange.Of(new JobSpec { Hash = "h", Json = new string('x', 100_000) })], 501);
        cursor = ring.CursorAfter(500)!.Value;
        Assert.True(ring.TryRead(ref cursor, 1_000, changes, out _));
        Assert.Equal("h", Assert.Single(changes).Id);
    }

    private static FleetChange Change(int id, long revision) => FleetChange.Of(FeedRig.Execution($"e{id}", revision: revision));
}
