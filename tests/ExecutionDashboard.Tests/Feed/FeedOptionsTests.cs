using ExecutionDashboard.Feed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Feed;

public sealed class FeedOptionsTests
{
    [Theory]
    [InlineData("ControlPlane:PollInterval", "soon")]
    [InlineData("ControlPlane:PollInterval", "0")]
    [InlineData("ControlPlane:SweepInterval", "2")]
    [InlineData("Storage:Retention", "a month")]
    [InlineData("Storage:Retention", "00:30")]
    [InlineData("Storage:Retention", "5000")]
    [InlineData("Limits:SubscriptionsPerConnection", "0")]
    [InlineData("Limits:SubscriptionsPerConnection", "few")]
    [InlineData("Feed:Lease", "1")]
    [InlineData("Feed:Lease", "soon")]
    [InlineData("Feed:PublicUrl", "feed:8080")]
    [InlineData("Storage:Provider", "Oracle")]
    [InlineData("Storage:ConnectionString", "Data Source=:memory:")]
    [InlineData("Storage:ConnectionString", "Host=db;Username=x;Password=secret")]
    public void Value_SettingMakesNoSense_FailsByTheKeysName(string key, string value)
    {
        var problem = Assert.Throws<OptionsValidationException>(() => Options((key, value)));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/app/data/fleet.db")]
    [InlineData("other/x.db", "/app/other/x.db")]
    [InlineData("/var/x.db", "/var/x.db")]
    [InlineData("Data Source=y.db", "/app/y.db")]
    public void FileIn_PathOrConnectionString_IsUnderTheContentRoot(string? setting, string expected) =>
        Assert.Equal(expected, Options(("Storage:ConnectionString", setting)).Storage.FileIn("/app"));

    [Theory]
    [InlineData(null)]
    [InlineData("data/fleet.db")]
    [InlineData("Data Source=fleet.db")]
    [InlineData("Database=fleet;Username=x;Password=secret")]
    [InlineData("Host=db;Username=x;Password=secret")]
    [InlineData("Host=db;Database=fleet;Port=none;Password=secret")]
    [InlineData("Host=db;Database=fleet;Password=secret;Multiplexing=true")]
    public void ConnectionString_NoneOfPostgreSql_FailsByTheKeysName(string? connection)
    {
        var problem = Assert.Throws<OptionsValidationException>(() => Options(("Storage:Provider", "postgresql"), ("Storage:ConnectionString", connection)));

        Assert.Contains("Storage:ConnectionString", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void ConnectionString_OfPostgreSql_IsTakenAndFilesAreKeptInTheDataFolder()
    {
        var storage = Options(("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", "Host=db;Database=fleet;Password=secret")).Storage;

        Assert.True(storage.IsPostgreSql);
        Assert.Null(storage.FileIn("/app"));
        Assert.Equal("/app/data", storage.FolderIn("/app"));
        Assert.Equal("fleet on db:5432", storage.NameIn("/app"));
    }

    [Fact]
    public void Value_NothingSet_HasTheDocumentedDefaults()
    {
        var options = Options();

        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), TimeSpan.FromDays(30)), (options.PollInterval, options.SweepInterval, options.Retention));
    }

    private static FeedOptions Options(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value)).Build();
        return new ServiceCollection().AddLogging().AddFeed(configuration).BuildServiceProvider().GetRequiredService<IOptions<FeedOptions>>().Value;
    }
}
