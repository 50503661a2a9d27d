using System.Diagnostics;
using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using WebDriverBiDi;
using WebDriverBiDi.Browser;
using WebDriverBiDi.BrowsingContext;
using WebDriverBiDi.Input;
using WebDriverBiDi.Log;
using WebDriverBiDi.Script;
using WebDriverBiDi.Session;

namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>One real Firefox for all tests that ask for it, spoken to by WebDriver BiDi. It is started by the first of them.</summary>
public sealed partial class Firefox : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _profile = new();
    private readonly SemaphoreSlim _once = new(1);
    private BiDiDriver? _driver;
    private Process? _process;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A tab with cookies and storage of its own.</summary>
    public async Task<EngineTab> NewTabAsync(int width = 1440, int height = 900)
    {
        var driver = await StartedAsync();
        var user = await driver.Browser.CreateUserContextAsync(new CreateUserContextCommandParameters());
        var tab = await driver.BrowsingContext.CreateAsync(new CreateCommandParameters(CreateType.Tab) { UserContextId = user.UserContextId });
        await driver.BrowsingContext.SetViewportAsync(new SetViewportCommandParameters { BrowsingContextId = tab.BrowsingContextId, Viewport = new Viewport { Width = (ulong)width, Height = (ulong)height } });
        return new FirefoxTab(driver, tab.BrowsingContextId, user.UserContextId);
    }

    private async Task<BiDiDriver> StartedAsync()
    {
        await _once.WaitAsync();
        try
        {
            return _driver ??= await StartAsync();
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<BiDiDriver> StartAsync()
    {
        Directory.CreateDirectory(_profile.Path);
        await File.WriteAllLinesAsync(_profile["user.js"],
        [
            """user_pref("app.normandy.enabled", false);""", """user_pref("datareporting.policy.dataSubmissionEnabled", false);""",
            """user_pref("browser.shell.checkDefaultBrowser", false);""", """user_pref("network.captive-portal-service.enabled", false);""",
            """user_pref("widget.gtk.overlay-scrollbars.enabled", false);""",
            // A scrollbar that is dragged beside the page's own thread may be let go before it has moved.
            """user_pref("apz.drag.enabled", false);""",
        ]);
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("firefox-esr", ["--headless", "--no-remote", "--profile", _profile.Path, "--remote-debugging-port", "0"]) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match) listening.TrySetResult(match.Groups[1].Value);
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var driver = new BiDiDriver(StartLimit);
        await driver.StartAsync(await listening.Task.WaitAsync(StartLimit) + "/session");
        await driver.Session.NewSessionAsync(new NewCommandParameters());
        await driver.Session.SubscribeAsync(new SubscribeCommandParameters(["log.entryAdded"]));
        return driver;
    }

    private void Kill()
    {
        if (_process is { HasExited: false }) _process.Kill(entireProcessTree: true);
    }

    public async Task DisposeAsync()
    {
        if (_driver is not null) await _driver.StopAsync();
        Kill();
        if (_process is not null) await _process.WaitForExitAsync();
        _process?.Dispose();
        _process = null;
        _once.Dispose();
        _profile.Dispose();
    }

    [GeneratedRegex(@"WebDriver BiDi listening on (ws://\S+)")]
    private static partial Regex Listening();
}

/// <summary>A tab of Firefox.</summary>
internal sealed class FirefoxTab : EngineTab
{
    private readonly BiDiDriver _driver;
    private readonly string _tab;
    private readonly string _user;
    private readonly List<string> _errors = [];
    private readonly IDisposable _log;

    public FirefoxTab(BiDiDriver driver, string tab, string user)
    {
        (_driver, _tab, _user) = (driver, tab, user);
        _log = driver.Log.OnEntryAdded.AddObserver(entry =>
        {
            if (entry.Level == LogLevel.Error && entry.Source.BrowsingContextId == tab) lock (_errors) _errors.Add(entry.Text ?? "");
        });
    }

    public override IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors) return [.. _errors];
        }
    }

    public override async Task GoToAsync(Uri address) =>
        await _driver.BrowsingContext.NavigateAsync(new NavigateCommandParameters(_tab, address.ToString()) { Wait = ReadinessState.Complete });

    public override Task PressAsync(string keys)
    {
        var source = new KeySourceActions("keys");
        foreach (var key in keys)
        {
            source.Actions.Add(new KeyDownAction($"{key}"));
            source.Actions.Add(new KeyUpAction($"{key}"));
        }
        return PerformAsync(source);
    }

    // One after the other: the page is done with each before the next comes.
    public override async Task DragAsync(int x, int y, int toX, int toY)
    {
        await PerformAsync(Mouse(new PointerMoveAction { X = x, Y = y }, new PointerDownAction(0)));
        if ((x, y) != (toX, toY))
        {
            await PerformAsync(Mouse(new PointerMoveAction { X = (x + toX) / 2, Y = (y + toY) / 2 }));
            await PerformAsync(Mouse(new PointerMoveAction { X = toX, Y = toY }));
        }
        await PerformAsync(Mouse(new PointerUpAction(0)));
    }

    private static PointerSourceActions Mouse(params IPointerSourceAction[] actions)
    {
        var source = new PointerSourceActions("mouse") { Parameters = new PointerParameters { PointerType = PointerType.Mouse } };
        foreach (var action in actions) source.Actions.Add(action);
        return source;
    }

    protected override async Task<string?> RunAsync(string json)
    {
        try
        {
            var result = await _driver.Script.EvaluateAsync(new EvaluateCommandParameters($"(async () => {json})()", new ContextTarget(_tab), true));
            return result switch
            {
                EvaluateResultSuccess { Result: StringRemoteValue text } => text.Value,
                EvaluateResultException failed => throw new InvalidOperationException($"{json}: {failed.ExceptionDetails.Text}"),
                _ => null,
            };
        }
        catch (WebDriverBiDiException e)
        {
            throw new PageGoneException(e.Message, e);
        }
    }

    private async Task PerformAsync(SourceActions source)
    {
        var actions = new PerformActionsCommandParameters(_tab);
        actions.Actions.Add(source);
        await _driver.Input.PerformActionsAsync(actions);
    }

    public override async ValueTask DisposeAsync()
    {
        _log.Dispose();
        await _driver.BrowsingContext.CloseAsync(new WebDriverBiDi.BrowsingContext.CloseCommandParameters(_tab));
        await _driver.Browser.RemoveUserContextAsync(new RemoveUserContextCommandParameters(_user));
    }
}
