using System.Diagnostics;
using System.Net.Http.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.SignIn;

/// <summary>A real OpenID provider as a process of its own (npm oidc-provider, <c>provider.mjs</c>). Whoever signs in is who they say.</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    /// <summary>The secret that the dashboard has for it; to be found nowhere else.</summary>
    public const string Secret = "planted-client-secret-7d1e";

    private readonly Process _process;
    private readonly HttpClient _http;

    private OpenIdProvider(IEnumerable<Uri> dashboards, bool isRotating)
    {
        var port = FreePort.Next();
        Address = new Uri($"http://localhost:{port}/");
        _http = new HttpClient { BaseAddress = Address };
        var script = Path.Combine(PartProcess.Repository, "tests", "ExecutionDashboard.IntegrationTests", "SignIn", "provider.mjs");
        var start = new ProcessStartInfo("node", [script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PORT"] = $"{port}";
        start.Environment["REDIRECT"] = string.Join(',', dashboards.Select(dashboard => dashboard.GetLeftPart(UriPartial.Authority)));
        if (isRotating) start.Environment["ROTATE"] = "1";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Problems += line.Data + "\n";
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its issuer address.</summary>
    public Uri Address { get; }

    /// <summary>What it complained of.</summary>
    public string Problems { get; private set; } = "";

    /// <summary>Starts one that knows the dashboards at some addresses.</summary>
    public static Task<OpenIdProvider> StartAsync(params Uri[] dashboards) => StartAsync(isRotating: false, dashboards);

    /// <summary>Starts one that knows the dashboards at some addresses.</summary>
    /// <param name="isRotating">Whether each refresh token works once, and one that comes again withdraws the sign-in.</param>
    /// <param name="dashboards">The addresses.</param>
    public static async Task<OpenIdProvider> StartAsync(bool isRotating, params Uri[] dashboards)
    {
        var provider = new OpenIdProvider(dashboards, isRotating);
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await provider._http.GetStringAsync(".well-known/openid-configuration");
                return null;
            }
            catch (HttpRequestException)
            {
                return $"The provider does not answer: {provider.Problems}";
            }
        });
        return provider;
    }

    /// <summary>The settings with which a dashboard signs people in there.</summary>
    public Dictionary<string, string> Settings(string scopes = "openid profile email groups") => new()
    {
        ["Auth:Mode"] = "Oidc", ["Auth:Authority"] = Address.ToString().TrimEnd('/'), ["Auth:ClientId"] = "dashboard", ["Auth:ClientSecret"] = Secret, ["Auth:Scopes"] = scopes,
        ["Auth:Roles:Viewer"] = "viewers", ["Auth:Roles:Operator"] = "operators", ["Auth:Roles:Admin"] = "admins", ["Auth:CheckInterval"] = "00:00:01",
    };

    /// <summary>Puts a person into groups.</summary>
    public Task PutAsync(string person, params string[] groups) => PostAsync("test/people", new Dictionary<string, string[]> { [person] = groups });

    /// <summary>How long tokens last that it gives from now on.</summary>
    public Task GiveTokensForAsync(int seconds) => PostAsync("test/seconds", seconds);

    /// <summary>Withdraws all sign-ins.</summary>
    public Task RevokeAsync() => PostAsync("test/revoke", "");

    /// <summary>How often a sign-in was renewed.</summary>
    public async Task<int> RenewalsAsync() => int.Parse(await _http.GetStringAsync("test/renewals"), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task PostAsync<T>(string path, T value)
    {
        using var reply = await _http.PostAsJsonAsync(path, value);
        reply.EnsureSuccessStatusCode();
    }
}
