using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Tests.Feed;
using ExecutionDashboard.Tests.Feed.Snapshots;

namespace ExecutionDashboard.IntegrationTests.Storage;

/// <summary>A mirror that follows a log by its numbers, against the mirror of the feed that writes it.</summary>
public sealed class LogFollowerTests : IDisposable
{
    private static readonly Gen<List<(int N, int Node, bool Goes, string Message)>> Steps = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 4], Gen.Bool, Gen.Int[0, 2].Select(i => $"message {i}")).List[0, 12];

    private readonly string _folder = Directory.CreateTempSubdirectory("follower-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Advance_AnyChangesInAnySteps_IsTheFleetAndTheNumbersOfTheLeader() =>
        Gen.Select(Steps, Steps.List[1, 4], Gen.Int[1, 40]).Sample((before, rounds, most) =>
        {
            var folder = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
            using var leader = new LoggedFleet(folder);
            leader.Apply(before.Append((0, 0, false, "first")));
            using var log = ChangeLog.OpenStandby(TestStorage.Open(Path.Combine(folder, "fleet.db")));
            Assert.True(log.Follow("http://here"));
            var (mirror, known) = (new FleetMirror(), log.LastSequence);
            log.LoadInto(mirror, default);
            var ring = new ChangeRing(mirror);
            ring.StartAt(known);
            foreach (var round in rounds)
            {
                leader.Apply(round);
                while (log.Advance(mirror, most, default) is { Count: > 0 } changed)
                {
                    Assert.Equal(changed.Select(c => c.Sequence).Order(), changed.Select(c => c.Sequence));
                    Assert.True(changed[0].Sequence > known && changed[^1].Sequence == log.LastSequence && log.LastSequence - known <= most);
                    ring.AddFollowed(changed);
                    known = log.LastSequence;
                }
                Assert.Equal(leader.Log.LastSequence, known);
                Assert.Equal(known, ring.End.Sequence);
                Assert.Equal(Entities(leader.Mirror), Entities(mirror));
                Assert.Equal(Lanes(leader.Log), Lanes(log));
            }
            // It takes over: what it adds next follows.
            using (var session = log.Database.OpenSession()) Assert.Throws<LeadershipLostException>(() => session.SetMeta("x", "y"));
            Assert.Null(log.Database.Lease!.TryTake(new("b", "", TimeSpan.FromSeconds(10))));
            leader.Log.Database.Lease!.Release();
            Assert.NotNull(log.Database.Lease!.TryTake(new("b", "", TimeSpan.FromSeconds(10))));
            log.Attach("http://here");
            Assert.Equal(known, log.LastSequence);
            Assert.Equal(leader.Log.NextKey, log.NextKey);
        }, iter: TestStorage.Stories(30), threads: 1);

    private static List<(FleetChange Change, Place Place)> Entities(FleetMirror mirror) =>
    [
        .. mirror.Specs.All().Select(k => (FleetChange.Of(k.Value), k.Place))
            .Concat(mirror.Jobs.All().Select(k => (FleetChange.Of(k.Value), k.Place)))
            .Concat(mirror.Nodes.All().Select(k => (FleetChange.Of(k.Value), k.Place)))
            .Concat(mirror.Executions.All().Select(k => (FleetChange.Of(k.Value), k.Place)))
            .OrderBy(e => e.Place.Key),
    ];

    private static string[] Lanes(ChangeLog log) =>
        [.. log.Placements.All().Select(l => $"{l.Node} {l.NodeKey} {string.Join(",", l.Keys.Order())}").Order(StringComparer.Ordinal)];
}
