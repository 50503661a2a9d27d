using ExecutionDashboard.ControlPlane;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.ControlPlane;

public class ControlPlaneOptionsTests
{
    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => "ControlPlane:" + s.Key, s => (string?)s.Value)).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddControlPlane(configuration);
        return services.BuildServiceProvider();
    }

    [Theory]
    [InlineData("Url", "localhost:9010")]
    [InlineData("Url", "ftp://host")]
    [InlineData("Url", "/api/v1")]
    [InlineData("Url", "http://user:hunter2@host")]
    [InlineData("Url", "http://host/#part")]
    [InlineData("Url", "http://host/?a=1")]
    [InlineData("TokenUrl", "")]
    [InlineData("TokenUrl", "cloud")]
    [InlineData("Token", "with space")]
    [InlineData("ApiKey", "with\nbreak")]
    [InlineData("PollInterval", "00:00:00.05")]
    [InlineData("PollInterval", "02:00:00")]
    [InlineData("SweepInterval", "-00:00:01")]
    [InlineData("RequestTimeout", "00:00:00")]
    [InlineData("MaxResponseBytes", "5")]
    [InlineData("MaxResponseBytes", "99999999999")]
    [InlineData("MaxObjectBytes", "5")]
    [InlineData("MaxConcurrentRequests", "0")]
    public void Start_SettingThatMakesNoSense_StopsWithTheNameOfTheKey(string key, string value)
    {
        using var services = Services((key, value));
        var thrown = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("ControlPlane:" + key, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_TokenAndKey_StopsWithBothNamesAndNeitherValue()
    {
        using var services = Services(("Token", "tok-value"), ("ApiKey", "exp_ak_value"));
        var thrown = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("ControlPlane:Token and ControlPlane:ApiKey", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("value", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_Defaults_AreGood()
    {
        using var services = Services();
        services.GetRequiredService<IStartupValidator>().Validate();
        var options = services.GetRequiredService<IOptions<ControlPlaneOptions>>().Value;
        Assert.Equal(TimeSpan.FromSeconds(1), options.PollInterval);
        Assert.Equal(TimeSpan.FromSeconds(60), options.SweepInterval);
        Assert.Equal(TimeSpan.FromSeconds(15), options.RequestTimeout);
        Assert.Equal(64 * 1024 * 1024, options.MaxResponseBytes);
    }

    [Fact]
    public void ToString_WithSecrets_HasNone() =>
        Assert.Equal("control plane http://host", new ControlPlaneOptions { Url = "http://host", Token = "tok-value", ApiKey = "key-value" }.ToString());

    [Fact]
    public async Task AnyCall_AddressNotKnown_IsUnreachableAndSaysSo()
    {
        await using var services = Services();
        var client = services.GetRequiredService<IControlPlane>();
        var failure = (await client.ListNodesAsync()).Failure!;
        Assert.Equal((ControlPlaneError.Unreachable, "The control plane's address is not known yet."), (failure.Error, failure.Message));
        Assert.Equal(ControlPlaneError.Unreachable, (await client.StopExecutionAsync("e", "")).Failure?.Error);
        Assert.Equal("", client.Address);
    }
}
