using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.Keys;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting.Keys;

public sealed class FeedKeySettingTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Read_BothPartsInOneProcess_MakesAKeyOfItsOwn() =>
        Assert.NotEqual(FeedKeySetting.Read(Settings(), Roles.Dashboard | Roles.Feed)!.Value, FeedKeySetting.Read(Settings(), Roles.Dashboard | Roles.Feed)!.Value);

    [Fact]
    public void Read_SimulatorAlone_NeedsNone() => Assert.Null(FeedKeySetting.Read(Settings(), Roles.Simulator));

    [Theory]
    [InlineData(Roles.Feed)]
    [InlineData(Roles.Dashboard)]
    [InlineData(Roles.Dashboard | Roles.Feed)]
    public void Read_KeyIsSet_IsTaken(Roles roles) => Assert.Equal(Key, FeedKeySetting.Read(Settings(("Feed:Key", Key)), roles)!.Value);

    [Fact]
    public void Read_FileOfAKey_IsTakenWithoutItsLineEnd()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Key + "\n");

        Assert.Equal(Key, FeedKeySetting.Read(Settings(("Feed:KeyFile", file)), Roles.Feed)!.Value);
        File.Delete(file);
    }

    [Theory]
    [InlineData(Roles.Feed, null, null, null, "'Feed:Key' is missing")]
    [InlineData(Roles.Feed | Roles.Simulator, null, null, null, "'Feed:Key' is missing")]
    [InlineData(Roles.Dashboard, null, null, "http://feed:8080", "'Feed:Key' is missing")]
    [InlineData(Roles.Dashboard | Roles.Feed, null, null, "http://feed:8080", "'Feed:Key' is missing")]
    [InlineData(Roles.Dashboard | Roles.Feed, "too-short", null, null, "'Feed:Key' has 9 characters: it must have 32 or more")]
    [InlineData(Roles.Feed, Key, "/run/secrets/feed-key", null, "'Feed:Key' and 'Feed:KeyFile' are both set")]
    [InlineData(Roles.Feed, null, "/no/such/file", null, "'Feed:KeyFile' names a file that cannot be read")]
    public void Read_NoKeyToAgreeOn_StopsTheStartByTheSettingsName(Roles roles, string? key, string? file, string? feedUrl, string problem)
    {
        var error = Assert.Throws<InvalidOperationException>(() => FeedKeySetting.Read(Settings(("Feed:Key", key), ("Feed:KeyFile", file), ("Feed:Url", feedUrl)), roles));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("too-short", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => v.Value)).Build();
}
