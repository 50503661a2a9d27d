namespace ExecutionDashboard.Tests.Feed.Snapshots;

public sealed partial class MirrorSnapshotTests
{
    [Fact]
    public async Task LoadAsync_LogFromABackup_IsNewerThanTheLogOrHasOtherChanges()
    {
        var backup = Path.Combine(_folder, "backup.db");
        using (var fleet = await WrittenAsync())
        {
            File.Delete(backup);
            fleet.Log.Execute($"VACUUM INTO '{backup}'");
            fleet.Apply([(7, 1, false, "later")]);
            await fleet.WriteAsync();
        }
        foreach (var name in (string[])["fleet.db-wal", "fleet.db-shm"]) File.Delete(Path.Combine(_folder, name));
        File.Copy(backup, Path.Combine(_folder, "fleet.db"), overwrite: true);

        using (var fleet = new LoggedFleet(_folder) { Start = FeedRig.Start.AddMinutes(1) })
        {
            Assert.Equal("it is newer than the change log", await fleet.LoadAsync());
            fleet.Apply([(8, 1, false, "something else")]);
        }
        using var again = new LoggedFleet(_folder);
        Assert.Equal("the change log has other changes than it", await again.LoadAsync());
        Assert.DoesNotContain("later", again.Mirror.Executions.All().Select(k => k.Value.Actual.Message));
        Assert.Contains("something else", again.Mirror.Executions.All().Select(k => k.Value.Actual.Message));
    }
}
