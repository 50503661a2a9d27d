using ExecutionDashboard.Hosting.Keys;
using ExecutionDashboard.Tests.Feed;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.IntegrationTests.Storage;

/// <summary>The keys of cookies in the database.</summary>
public sealed class StoredKeysTests
{
    [Fact]
    public void Protect_TwoDashboards_ReadEachOthers()
    {
        var file = Guid.NewGuid().ToString();
        using var first = Dashboard(file);
        var cookie = Protector(first).Protect("Ann");
        using var second = Dashboard(file);

        Assert.Equal("Ann", Protector(second).Unprotect(cookie));
        Assert.Equal("Bob", Protector(first).Unprotect(Protector(second).Protect("Bob")));
    }

    private static ServiceProvider Dashboard(string file)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddDataProtection().SetApplicationName("ExecutionDashboard");
        services.AddSingleton(_ => new StoredKeys(TestStorage.Open(file)));
        services.AddOptions<KeyManagementOptions>().Configure<StoredKeys>((options, keys) => options.XmlRepository = keys);
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(ServiceProvider dashboard) => dashboard.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookies");
}
