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
            var ring = new ChangeRing(64);
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
        var ring = new ChangeRing(64);
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

    private static FleetChange Change(int id, long revision) => FleetChange.Of(FeedRig.Execution($"e{id}", revision: revision));
}
