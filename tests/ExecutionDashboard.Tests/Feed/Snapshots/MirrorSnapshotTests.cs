using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Tests.Feed.Snapshots;

/// <summary>The mirror from a snapshot and the log's changes since, against the mirror from the log alone.</summary>
public sealed partial class MirrorSnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("snapshot-").FullName;

    private string Snapshot => MirrorSnapshot.FileOf(Path.Combine(_folder, "fleet.db"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LoadAsync_AnyChangesBeforeDuringAndAfter_IsTheFleetOfTheLogAlone() =>
        // A step puts or removes an execution or a node; what is changed while the snapshot is written, its blocks have or not.
        Gen.Select(Steps, Steps, Steps, Gen.Bool).Sample((before, during, after, settled) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
            using (var fleet = new LoggedFleet(folder))
            {
                fleet.Apply(before.Append((0, 0, false, "first")));
                var left = new Queue<(int, int, bool, string)>(during);
                fleet.WriteAsync(_ =>
                {
                    if (left.TryDequeue(out var step)) fleet.Apply([step]);
                    return default;
                }).GetAwaiter().GetResult();
                fleet.Apply(left);
                fleet.Apply(after);
                if (settled) fleet.Log.Settle(1_000);
            }
            using var fromLog = new LoggedFleet(folder);
            fromLog.Log.LoadInto(fromLog.Mirror, default);
            using var fromSnapshot = new LoggedFleet(folder);

            Assert.Equal("", fromSnapshot.LoadAsync().GetAwaiter().GetResult());

            Assert.Equal(Entities(fromLog.Mirror), Entities(fromSnapshot.Mirror));
            Assert.Equal(Lanes(fromLog.Log), Lanes(fromSnapshot.Log));
            // It goes on like any other: what it adds next is what it has.
            fromSnapshot.Apply(before);
            Assert.Equal(fromSnapshot.Mirror.Executions.All().Select(k => k.Value.Id).Distinct().Count(), fromSnapshot.Mirror.Executions.Count);
        }, iter: TestStorage.Stories(30));

    [Fact]
    public async Task LoadAsync_AnyByteFlipped_IsThrownAway()
    {
        using var fleet = await WrittenAsync();
        var bytes = await File.ReadAllBytesAsync(Snapshot);
        var expected = Entities(fleet.Mirror);

        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= (byte)(1 << at % 8);
            await File.WriteAllBytesAsync(Snapshot, bytes);
            bytes[at] ^= (byte)(1 << at % 8);
            fleet.Mirror.Clear();

            var problem = await fleet.LoadAsync();

            Assert.False(string.IsNullOrEmpty(problem), $"byte {at} of {bytes.Length}");
            if (at % 97 == 0) Assert.Equal(expected, Entities(fleet.Mirror));
        }
    }

    [Fact]
    public async Task LoadAsync_CutAnywhereOrLonger_IsThrownAway()
    {
        using var fleet = await WrittenAsync();
        var bytes = await File.ReadAllBytesAsync(Snapshot);

        for (var length = 0; length <= bytes.Length + 1; length++)
        {
            if (length == bytes.Length) continue;
            await File.WriteAllBytesAsync(Snapshot, length > bytes.Length ? [.. bytes, 0] : bytes[..length]);
            fleet.Mirror.Clear();

            Assert.False(string.IsNullOrEmpty(await fleet.LoadAsync()), $"{length} bytes");
        }
        Assert.Equal(3, fleet.Mirror.Executions.Count);
    }

    [Fact]
    public async Task LoadAsync_OfAnotherVersion_SaysSo()
    {
        using var fleet = await WrittenAsync();
        var bytes = await File.ReadAllBytesAsync(Snapshot);
        bytes[7]++;
        await File.WriteAllBytesAsync(Snapshot, bytes);
        fleet.Mirror.Clear();

        Assert.Equal("it is of another version of this program", await fleet.LoadAsync());
        Assert.Equal(3, fleet.Mirror.Executions.Count);
    }

    [Fact]
    public async Task LoadAsync_OfAnotherLog_SaysSo()
    {
        (await WrittenAsync()).Dispose();
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        using var fleet = new LoggedFleet(other);
        fleet.Apply([(1, 1, false, "other")]);
        File.Copy(Snapshot, MirrorSnapshot.FileOf(fleet.Log.Database.LocalFile));
        fleet.Mirror.Clear();

        Assert.Equal("it is of another change log", await fleet.LoadAsync());
        Assert.Equal("other", Assert.Single(fleet.Mirror.Executions.All()).Value.Actual.Message);
    }

    [Fact]
    public async Task LoadAsync_PrunedPastIt_SaysSo()
    {
        using var fleet = await WrittenAsync(keyframeEvery: 2);
        fleet.Apply(Enumerable.Range(0, 20).Select(i => (i % 3, i % 2, false, $"later {i}")));
        fleet.Log.AimPruning(fleet.Now.AddDays(1));
        while (fleet.Log.IsPruningDue) fleet.Log.Prune();
        var expected = Entities(fleet.Mirror);
        fleet.Mirror.Clear();

        Assert.Equal("the change log was pruned since", await fleet.LoadAsync());
        Assert.Equal(expected, Entities(fleet.Mirror));
    }

    [Fact]
    public async Task LoadAsync_ForgottenExecutions_AreInNoLane()
    {
        using var fleet = new LoggedFleet(_folder, keyframeEvery: 2);
        fleet.Apply([(1, 1, false, "a"), (2, 1, false, "b"), (1, 1, true, "gone"), (3, 2, false, "c"), (3, 2, false, "d"), (3, 2, false, "e"), (3, 2, false, "f")]);
        await fleet.WriteAsync();
        // Up to a change that the snapshot has.
        fleet.Log.AimPruning(fleet.Now.AddSeconds(-1.5));
        while (fleet.Log.IsPruningDue) fleet.Log.Prune();
        Assert.True(fleet.Log.Deleted > 0);
        fleet.Mirror.Clear();

        Assert.Equal("", await fleet.LoadAsync());

        using var fromLog = new LoggedFleet(_folder);
        fromLog.Log.LoadInto(fromLog.Mirror, default);
        Assert.Equal(Lanes(fromLog.Log), Lanes(fleet.Log));
    }

    [Fact]
    public async Task WriteAsync_EndedInTheMiddle_LeavesTheOneBefore()
    {
        using var fleet = await WrittenAsync();
        var before = await File.ReadAllBytesAsync(Snapshot);
        fleet.Apply([(5, 1, false, "later")]);

        await Assert.ThrowsAsync<OperationCanceledException>(() => fleet.WriteAsync(_ => throw new OperationCanceledException()));

        Assert.Equal(before, await File.ReadAllBytesAsync(Snapshot));
        // What is left of it is no obstacle.
        await fleet.WriteAsync();
        Assert.False(File.Exists(Snapshot + ".new"));
        fleet.Mirror.Clear();
        Assert.Equal("", await fleet.LoadAsync());
        Assert.Equal(4, fleet.Mirror.Executions.Count);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Snapshot));
    }

    [Fact]
    public async Task LoadAsync_ValuesThatNobodyHasAnyMore_GiveTheirNumbersToNewOnes()
    {
        using var fleet = new LoggedFleet(_folder);
        for (var i = 0; i < 50; i++) fleet.Apply([(1, 1, false, $"message {i}")]);
        Assert.True(fleet.Mirror.Shared.Reports.Count > 50);
        await fleet.WriteAsync();
        fleet.Mirror.Clear();

        Assert.Equal("", await fleet.LoadAsync());

        Assert.Equal(2, fleet.Mirror.Shared.Reports.Count);
        fleet.Apply([(2, 1, false, "another"), (3, 1, false, "one more")]);
        Assert.Equal(["another", "message 49", "one more"], fleet.Mirror.Executions.All().Select(k => k.Value.Actual.Message).Order());
    }

    private async Task<LoggedFleet> WrittenAsync(int keyframeEvery = 1_000)
    {
        var fleet = new LoggedFleet(_folder, keyframeEvery);
        fleet.Apply([(0, 0, false, "one"), (1, 1, false, "two"), (2, 1, false, "three"), (3, 1, false, "four"), (3, 1, true, "")]);
        await fleet.WriteAsync();
        return fleet;
    }

    private static Gen<List<(int N, int Node, bool Goes, string Message)>> Steps => Gen.Select(Gen.Int[0, 12], Gen.Int[0, 3], Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))), Gen.OneOf(Gen.Int[0, 3].Select(i => $"message {i}"), Gen.String[0, 5])).List[0, 30];

    private static List<(FleetChange Change, Place Place)> Entities(FleetMirror mirror) =>
    [
        .. mirror.Specs.All().Select(k => (FleetChange.Of(k.Value), k.Place))
            .Concat(mirror.Jobs.All().Select(k => (FleetChange.Of(k.Value), k.Place)))
            .Concat(mirror.Nodes.All().Select(k => (FleetChange.Of(k.Value), k.Place)))
            .Concat(mirror.Executions.All().Select(k => (FleetChange.Of(k.Value), k.Place)))
            .OrderBy(e => e.Place.Key),
    ];

    private static List<string> Lanes(ChangeLog log) => [.. log.Placements.All().Select(l => $"{l.Node} {l.NodeKey}: {string.Join(" ", l.Keys.Order())}").Order(StringComparer.Ordinal)];
}
