using System.Diagnostics;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;
using OpenQA.Selenium.Remote;

namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>WebKitGTK's own small browser, spoken to by WebDriver, on a screen that nobody sees. It is started by the first test that asks for it; it has one tab.</summary>
public sealed class WebKit : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _once = new(1);
    private Process? _screen;
    private Process? _driver;
    private int _port;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A fresh browser.</summary>
    public async Task<EngineTab> NewTabAsync(int width = 1440, int height = 900)
    {
        await _once.WaitAsync();
        try
        {
            if (_driver is null) await StartAsync();
        }
        finally
        {
            _once.Release();
        }
        var tab = new RemoteWebDriver(new Uri($"http://127.0.0.1:{_port}"), new MiniBrowser().ToCapabilities(), StartLimit);
        tab.Manage().Window.Size = new System.Drawing.Size(width, height);
        return new WebKitTab(tab);
    }

    private async Task StartAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
        _screen = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1100x24", "-nolisten", "tcp"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _screen.BeginErrorReadLine();
        var display = await _screen.StandardOutput.ReadLineAsync().WaitAsync(StartLimit);
        _port = FreePort.Next();
        var start = new ProcessStartInfo("WebKitWebDriver", [$"--port={_port}"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DISPLAY"] = ":" + display;
        _driver = Process.Start(start)!;
        _driver.BeginErrorReadLine();
        _driver.BeginOutputReadLine();
        using var http = new HttpClient();
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                return (await http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/status"))).Length > 0 ? null : "nothing said";
            }
            catch (HttpRequestException e)
            {
                return e.Message;
            }
        });
    }

    private void Kill()
    {
        foreach (var process in new[] { _driver, _screen })
            if (process is { HasExited: false }) process.Kill(entireProcessTree: true);
    }

    public Task DisposeAsync()
    {
        Kill();
        _driver?.Dispose();
        _screen?.Dispose();
        (_driver, _screen) = (null, null);
        _once.Dispose();
        return Task.CompletedTask;
    }

    private sealed class MiniBrowser : DriverOptions
    {
        public override void AddAdditionalOption(string capabilityName, object capabilityValue) => throw new NotSupportedException();

        public override ICapabilities ToCapabilities() => GenerateDesiredCapabilities(false).AsReadOnly();
    }
}

/// <summary>The tab of a WebKitGTK browser.</summary>
internal sealed class WebKitTab(RemoteWebDriver driver) : EngineTab
{
    public override Task GoToAsync(Uri address) => driver.Navigate().GoToUrlAsync(address);

    public override Task PressAsync(string keys)
    {
        new Actions(driver).SendKeys(keys).Perform();
        return Task.CompletedTask;
    }

    public override Task DragAsync(int x, int y, int toX, int toY)
    {
        var mouse = new PointerInputDevice(PointerKind.Mouse, "mouse");
        var sequence = new ActionSequence(mouse);
        sequence.AddAction(mouse.CreatePointerMove(CoordinateOrigin.Viewport, x, y, TimeSpan.Zero));
        sequence.AddAction(mouse.CreatePointerDown(MouseButton.Left));
        if ((x, y) != (toX, toY)) sequence.AddAction(mouse.CreatePointerMove(CoordinateOrigin.Viewport, toX, toY, TimeSpan.Zero));
        sequence.AddAction(mouse.CreatePointerUp(MouseButton.Left));
        driver.PerformActions([sequence]);
        return Task.CompletedTask;
    }

    protected override Task<string?> RunAsync(string json)
    {
        try
        {
            var result = (string?)driver.ExecuteAsyncScript($"const done = arguments[0]; (async () => {json})().then(done, e => done('!' + e));");
            return result is ['!', ..] ? throw new InvalidOperationException($"{json}: {result}") : Task.FromResult(result);
        }
        catch (WebDriverException e)
        {
            throw new PageGoneException(e.Message, e);
        }
    }

    public override ValueTask DisposeAsync()
    {
        driver.Dispose();
        return ValueTask.CompletedTask;
    }
}
