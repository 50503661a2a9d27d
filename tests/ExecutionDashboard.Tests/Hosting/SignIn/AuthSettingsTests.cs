using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.SignIn;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Hosting.SignIn;

public sealed class AuthSettingsTests
{
    private static readonly (string, string)[] Oidc =
        [("Auth:Mode", "oidc"), ("Auth:Authority", "https://id.example.com"), ("Auth:ClientId", "dashboard"), ("Auth:ClientSecret", "planted-secret"), ("Auth:Roles:Viewer", "*")];

    [Theory]
    [InlineData("urls", "http://localhost:5080")]
    [InlineData("urls", "http://127.0.0.1:0;http://[::1]:80")]
    [InlineData("urls", "http://unix:/run/dashboard.sock")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://127.0.0.9:5080")]
    public void Read_ThisMachineAlone_NeedsNoMode(string key, string value) => Assert.False(Read((key, value)).IsOn);

    [Theory]
    [InlineData("urls", "http://0.0.0.0:8080")]
    [InlineData("urls", "http://localhost:5080;http://*:8080")]
    [InlineData("urls", "http://dashboard.example.com:80")]
    [InlineData("urls", "http://localhost.example.com:80")]
    [InlineData("HTTP_PORTS", "8080")]
    [InlineData("HTTPS_PORTS", "8443")]
    [InlineData("Kestrel:Endpoints:Web:Url", "https://10.0.0.7:443")]
    public void Read_BeyondThisMachineWithoutMode_IsRefusedInOneLineThatNamesTheSettings(string key, string value)
    {
        var problem = Assert.Single(Problems((key, value)));

        foreach (var named in (string[])[value.Split(';')[^1], "Auth:Mode", "Oidc", "Proxy", "Local", "None"]) Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.False(Read((key, value), ("Auth:Mode", "None")).IsOn);
        Assert.True(Read([(key, value), .. Oidc]).IsOn);
        // A feed has a door of its own.
        Assert.False(AuthSettings.Read(Configuration([(key, value)]), Roles.Feed).IsOn);
    }

    [Fact]
    public void Read_EndpointsOfTheServer_WinOverUrls() =>
        Assert.False(Read(("urls", "http://0.0.0.0:8080"), ("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:5080")).IsOn);

    [Theory]
    [InlineData("Auth:Mode", "Oauth", "Auth:Mode")]
    [InlineData("Auth:Mode", "1", "Auth:Mode")]
    [InlineData("Auth:Authority", "http://id.example.com", "Auth:Authority")]
    [InlineData("Auth:Authority", "id.example.com", "Auth:Authority")]
    [InlineData("Auth:Authority", "", "Auth:Authority")]
    [InlineData("Auth:ClientId", "", "Auth:ClientId")]
    [InlineData("Auth:RolesClaim", "", "Auth:RolesClaim")]
    [InlineData("Auth:NameClaim", "", "Auth:NameClaim")]
    [InlineData("Auth:Roles:Viewer", "", "Auth:Roles:Viewer")]
    [InlineData("Auth:Roles:Viewer", "team-a operators: namespace=prod, two words", "Auth:Roles:Viewer")]
    [InlineData("Auth:SessionLifetime", "00:00:00", "Auth:SessionLifetime")]
    [InlineData("Auth:CheckInterval", "02:00:00", "Auth:CheckInterval")]
    [InlineData("Auth:BulkLimit", "0", "Auth:BulkLimit")]
    public void Read_SettingWithoutSense_IsNamedAndTheSecretIsNot(string key, string value, string named)
    {
        var problem = Assert.Single(Problems([.. Oidc, (key, value)]));

        Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ProxyThatNobodyTrusts_IsRefused()
    {
        (string, string)[] proxy = [("Auth:Mode", "Proxy"), ("Auth:ProxyHeader", "X-User"), ("Auth:Roles:Viewer", "*")];

        Assert.Contains("Dashboard:TrustedProxies", Assert.Single(Problems(proxy)), StringComparison.Ordinal);
        Assert.True(Read([.. proxy, ("Dashboard:TrustedProxies", "10.0.0.7")]).IsOn);
    }

    private static AuthOptions Read(params (string, string)[] values) => AuthSettings.Read(Configuration(values), Roles.Dashboard | Roles.Feed);

    private static IEnumerable<string> Problems(params (string, string)[] values) => Assert.Throws<OptionsValidationException>(() => Read(values)).Failures;

    private static IConfiguration Configuration((string Key, string Value)[] values)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values) settings[key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
