using ExecutionDashboard.Components.Shared.Keys;
using ExecutionDashboard.Components.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace ExecutionDashboard.Components.Layout;

/// <summary>The frame of every page: app bar, navigation, theme, shortcuts, and an error boundary that keeps a failing page from ending the circuit.</summary>
public sealed partial class MainLayout : IAsyncDisposable
{
    // Longer than the name of any key that is used.
    private const int LongestKey = 10;

    private DotNetObjectReference<MainLayout>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _started;
    private ErrorBoundary? _boundary;
    private string _theme = "system";
    private bool _utc;
    private bool _navOpen;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private DemoFleet Demo { get; set; } = null!;

    [Inject]
    private Viewer Viewer { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string ThemeIcon => _theme switch { "light" => "sun", "dark" => "moon", _ => "system" };

    /// <inheritdoc/>
    protected override void OnParametersSet() => _boundary?.Recover();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
        _started = await _module.InvokeAsync<IJSObjectReference>("start", _self, KeyBindings.Sent, KeyBindings.Search);
        var preferences = await _module.InvokeAsync<Preferences>("preferences");
        _utc = preferences.Utc;
        _theme = preferences.Mode;
        StateHasChanged();
    }

    /// <summary>Called by the browser after the theme changed in this tab.</summary>
    [JSInvokable]
    public void ThemeChanged(string? mode)
    {
        if (mode is not ("system" or "light" or "dark")) return;
        _theme = mode;
        StateHasChanged();
    }

    /// <summary>The server's time, milliseconds since the Unix epoch. The browser uses it to measure its clock's difference (js/server-clock.js).</summary>
    [JSInvokable]
    public long ServerTime() => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Called by the browser when the tab was hidden or shown.</summary>
    [JSInvokable]
    public void VisibilityChanged(bool visible) => Viewer.SetVisible(visible);

    /// <summary>Called by the browser after a key was pressed outside of input fields.</summary>
    [JSInvokable]
    public async Task Key(string? key)
    {
        if (key is not { Length: > 0 and <= LongestKey }) return;
        switch (key)
        {
            case "?":
                await ShowKeys();
                break;
            case ['g', ' ', .. var to] when AppPage.All.FirstOrDefault(page => page.Key == to) is { } page:
                Navigation.NavigateTo(page.Path);
                break;
            default:
                await Viewer.PressAsync(key);
                break;
        }
    }

    private Task ShowKeys() => Dialogs.ShowAsync<KeysDialog>("Keyboard", new DialogOptions { CloseOnEscapeKey = true, CloseButton = true, MaxWidth = MaxWidth.Small });

    private async Task SwitchTheme()
    {
        var next = _theme switch { "system" => "light", "light" => "dark", _ => "system" };
        if (_module is not null) await _module.InvokeVoidAsync("chooseTheme", next);
    }

    private async Task SwitchZone()
    {
        if (_module is null) return;
        _utc = !_utc;
        await _module.InvokeVoidAsync("chooseUtc", _utc);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_started is not null)
            {
                await _started.InvokeVoidAsync("dispose");
                await _started.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and its listeners with it
        }
        _self?.Dispose();
    }

    private sealed record Preferences(string Mode, bool Utc);
}
