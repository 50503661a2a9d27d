using ExecutionDashboard.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Hosting.Settings;

public sealed class SettingNamesTests
{
    [Theory]
    [InlineData("--ControlPlane:Ur=x", "There is no setting 'ControlPlane:Ur' (command line). Did you mean 'ControlPlane:Url'?")]
    [InlineData("--controlplane:pollinteval=1", "Did you mean 'ControlPlane:PollInterval'?")]
    [InlineData("--ControlPlan:Url=x", "Did you mean 'ControlPlane:Url'?")]
    [InlineData("--ControlPlane__Url=x", "Did you mean 'ControlPlane:Url'?")]
    [InlineData("--control-plane-url=x", "Did you mean 'ControlPlane:Url'?")]
    [InlineData("--ControlPlane:Url:Main=x", "Did you mean 'ControlPlane:Url'?")]
    [InlineData("--Feed:PollInterval=1", "Did you mean 'ControlPlane:PollInterval'?")]
    [InlineData("--Attention:Heartbeat=1", "Did you mean 'Attention:StaleHeartbeat'?")]
    [InlineData("--Storage=x", "There is no setting 'Storage' (command line). Storage has Provider, ConnectionString, Retention.")]
    [InlineData("--Storage:Password=x", "Storage has Provider, ConnectionString, Retention.")]
    [InlineData("--Notifications:ops:Ulr=x", "There is no setting 'Notifications:ops:Ulr' (command line). Did you mean 'Notifications:ops:Url'?")]
    [InlineData("--Notifications:Url=x", "Did you mean 'Notifications:name:Url'?")]
    [InlineData("--Notifications:ops:Headers:0:Name=x", "Did you mean 'Notifications:ops:Headers'?")]
    [InlineData("--Rols=Feed", "Did you mean 'Roles'?")]
    [InlineData("--AllowedHost=x", "Did you mean 'AllowedHosts'?")]
    [InlineData("--Dashboard:TrustedProxy:0=10.0.0.1", "There is no setting 'Dashboard:TrustedProxy:0' (command line). Did you mean 'Dashboard:TrustedProxies'?")]
    public void Check_NameThatIsNoSetting_IsRefusedWithTheOneThatWasMeant(string argument, string expected)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => SettingNames.Check(new ConfigurationBuilder().AddCommandLine([argument]).Build()));

        Assert.Contains(expected, Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ControlPlane:Url=x")]
    [InlineData("--SIMULATOR:seed=3")]
    [InlineData("--Dashboard:TrustedProxies:0=10.0.0.1")]
    [InlineData("--AllowedHosts:12=a")]
    [InlineData("--Limits:SubscriptionsPerConnection=2")]
    [InlineData("--Notifications:ops:Url=x")]
    [InlineData("--notifications:Ops-2:causes:0=outage")]
    [InlineData("--Notifications:ops:Headers:1=a: b")]
    [InlineData("--Logging:LogLevel:Default=Debug")]
    [InlineData("--Kestrel:Endpoints:Main:Url=http://localhost:1")]
    [InlineData("--urls=http://localhost:1")]
    [InlineData("--contentRoot=/")]
    [InlineData("--environment=Development")]
    [InlineData("--Another:Url=x")]
    [InlineData("--ControlPlane:Ur=")]
    public void Check_SettingsAndNamesOfOthers_AreLeftAlone(string argument) => SettingNames.Check(new ConfigurationBuilder().AddCommandLine([argument]).Build());

    [Theory]
    [InlineData("Notifications__ops__Ulr", "Did you mean 'Notifications__ops__Url'?")]
    [InlineData("ControlPlane__Ur", "Did you mean 'ControlPlane__Url'?")]
    [InlineData("CONTROLPLANE_URL", "Did you mean 'ControlPlane__Url'?")]
    [InlineData("Role", "Did you mean 'Roles'?")]
    [InlineData("ROLE", null)]
    [InlineData("FEED", null)]
    [InlineData("FEED_PORT", null)]
    [InlineData("Feed", null)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", null)]
    [InlineData("Path", null)]
    public void Check_VariableOfTheEnvironment_IsRefusedWhenItIsNearlyOneOfOurs(string name, string? expected)
    {
        var prefix = $"{nameof(SettingNamesTests)}{Guid.NewGuid():N}_";
        Environment.SetEnvironmentVariable(prefix + name, "x");
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build();
        Environment.SetEnvironmentVariable(prefix + name, null);

        var refused = Record.Exception(() => SettingNames.Check(configuration)) as OptionsValidationException;

        if (expected is null) Assert.Null(refused);
        else Assert.Contains(expected, Assert.Single(refused!.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralNames_AreToldAtOnceAndTheirValuesNever()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => SettingNames.Check(new ConfigurationBuilder().AddCommandLine(["--ControlPlane:Tokn=s3cret", "--Feed:Kye=s3cret"]).Build()));

        Assert.Equal(2, refused.Failures.Count());
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }
}
