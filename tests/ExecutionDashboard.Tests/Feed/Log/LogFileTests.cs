using System.Runtime.Versioning;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Tests.Feed.Log;

/// <summary>The change log holds specs with their secrets: no other account may read it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LogFileTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OpenFile = OwnerFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder = Directory.CreateTempSubdirectory("log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_NothingThere_MakesAFolderAndFilesOfTheOwnerAlone()
    {
        var file = Path.Combine(_folder, "data", "fleet.db");

        using var log = Open(file);

        Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        Assert.Equal(["fleet.db", "fleet.db-shm", "fleet.db-wal"], Files(file).Select(Path.GetFileName).Order());
        Assert.All(Files(file), path => Assert.Equal(OwnerFile, File.GetUnixFileMode(path)));
    }

    [Fact]
    public void Open_FilesThatOthersMayRead_TakesTheirRightsAway()
    {
        var file = Path.Combine(_folder, "fleet.db");
        using var first = Open(file);
        foreach (var path in Files(file)) File.SetUnixFileMode(path, OpenFile);

        using var second = ChangeLog.Open(TestStorage.Open(file));

        Assert.Equal(3, Files(file).Length);
        Assert.All(Files(file), path => Assert.Equal(OwnerFile, File.GetUnixFileMode(path)));
    }

    [Fact]
    public void Open_FolderThatOthersMayEnter_StaysAsItIs()
    {
        var before = File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_folder, before);

        using var log = Open(Path.Combine(_folder, "fleet.db"));

        Assert.Equal(before, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public void Attach_AnotherControlPlane_TheLogPutAsideIsTheOwnersAloneToo()
    {
        using var log = Open(Path.Combine(_folder, "fleet.db"));

        var aside = log.Attach("http://elsewhere");

        Assert.Equal(OwnerFile, File.GetUnixFileMode(aside!));
    }

    private static string[] Files(string file) => Directory.GetFiles(Path.GetDirectoryName(file)!);

    private static ChangeLog Open(string file)
    {
        var log = ChangeLog.Open(TestStorage.Open(file));
        log.Attach("http://here");
        return log;
    }
}
