using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Hosting.Keys;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting.Keys;

public sealed class FingerprintKeyTests : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_FeedKeyIsSet_IsTheSameInEveryProcessAndTellsNothingOfIt()
    {
        var key = FingerprintKey.Read(Settings(Key), FeedKey.Parse(Key), () => throw new InvalidOperationException("no file is needed"));

        Assert.Equal(key, FingerprintKey.Read(Settings(Key), FeedKey.Parse(Key), () => ""));
        Assert.NotEqual(key, FingerprintKey.Read(Settings(Key + "x"), FeedKey.Parse(Key + "x"), () => ""));
        Assert.Equal(32, key.Length);
    }

    [Fact]
    public void Read_NoFeedKey_IsKeptInAFileOfThisAccountAlone()
    {
        var key = FingerprintKey.Read(Settings(null), FeedKey.Random(), () => Data);

        Assert.Equal(key, FingerprintKey.Read(Settings(null), FeedKey.Random(), () => Data));
        var file = Path.Combine(Data, FingerprintKey.FileName);
        Assert.Equal(key, File.ReadAllBytes(file));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
    }

    [Fact]
    public void Read_FileCutShort_IsMadeAnew()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllBytes(Path.Combine(Data, FingerprintKey.FileName), [1, 2, 3]);

        Assert.Equal(32, FingerprintKey.Read(Settings(null), FeedKey.Random(), () => Data).Length);
    }

    [Fact]
    public void Read_FolderCannotBeUsed_NamesTheSetting()
    {
        File.WriteAllText(Data, "a file where the folder should be");

        var problem = Assert.Throws<InvalidOperationException>(() => FingerprintKey.Read(Settings(null), FeedKey.Random(), () => Data));
        Assert.Contains("Storage:ConnectionString", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Spec_DependsOnTheKeyAndTellsSpecsApart()
    {
        var (one, other) = (new SpecFingerprints(new byte[32]), new SpecFingerprints([.. Enumerable.Repeat((byte)1, 32)]));
        var hash = SpecHash.Of("""{"password":"1234"}""");

        Assert.Equal(one.Of(hash), new SpecFingerprints(new byte[32]).Of(hash));
        Assert.NotEqual(one.Of(hash), other.Of(hash));
        Assert.NotEqual(one.Of(hash), one.Of(SpecHash.Of("""{"password":"1235"}""")));
        Assert.Matches("^[0-9a-f]{32}$", one.Of(hash));
        Assert.NotEqual(hash, one.Of(hash));
        Assert.Equal("", one.Of(""));
    }

    private static IConfiguration Settings(string? key) => new ConfigurationBuilder().AddInMemoryCollection([new("Feed:Key", key)]).Build();
}
