using ExecutionDashboard.Hosting.Requests;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting.Requests;

public sealed class FeedAddressTests
{
    [Theory]
    [InlineData(null, null, "")]
    [InlineData("http://a:8080", null, "http://a:8080/")]
    [InlineData(" http://a:8080/ ", "http://b:8080, http://a:8080", "http://a:8080/ http://b:8080/")]
    [InlineData(null, "https://a/feed/;https://b", "https://a/feed/ https://b/")]
    public void Read_OneAndSeveral_GivesEachOnce(string? one, string? several, string expected) =>
        Assert.Equal(expected, string.Join(' ', FeedAddress.Read(Settings(one, several))));

    [Theory]
    [InlineData("feed:8080", null, "Feed:Url")]
    [InlineData("http://a", "http://b,feed", "Feed:Urls")]
    public void Read_NoAddress_NamesTheSetting(string? one, string? several, string key)
    {
        var problem = Assert.Throws<InvalidOperationException>(() => FeedAddress.Read(Settings(one, several)));

        Assert.Contains($"'{key}'", problem.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(string? one, string? several) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(FeedAddress.Key, one), new(FeedAddress.ListKey, several)]).Build();
}
