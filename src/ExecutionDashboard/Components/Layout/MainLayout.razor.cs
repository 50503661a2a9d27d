using ExecutionDashboard.Components.Shared.Keys;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.UserData;
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

    private readonly SupersededTree _tree;
    private DotNetObjectReference<MainLayout>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _started;
    private ErrorBoundary? _boundary;
    private string? _shownTheme;
    // What the zone button goes back to from UTC.
    private string _ownZone = PersonalPreferences.LocalZone;
    private bool _navOpen;
    private TabPast? _past;
    private bool _showsPast;

    /// <summary>The frame of a page.</summary>
    public MainLayout() => _tree = SupersededTree.Of(this);

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private PageNavigation Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private DemoFleet Demo { get; set; } = null!;

    [Inject]
    private Viewer Viewer { get; set; } = null!;

    [Inject]
    private VisibleFleet Fleet { get; set; } = null!;

    [Inject]
    private ViewedMoment Viewed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private PreferenceOperations Preferences { get; set; } = null!;

    // The browser's until the person chooses one.
    private string Theme => Preferences.Now.Theme ?? _shownTheme ?? "system";

    private string Zone => Preferences.Now.Zone;

    private string ZoneWord => Zone switch { PersonalPreferences.Utc => "UTC", PersonalPreferences.LocalZone => "Local", var name => name[(name.LastIndexOf('/') + 1)..].Replace('_', ' ') };

    private string ZoneTitle => $"Times in {(Zone == PersonalPreferences.Utc ? "UTC" : Zone == PersonalPreferences.LocalZone ? "your zone" : Zone)}; switch";

    // With another start page the bare address is not the overview.
    private string OverviewAddress => Preferences.Now.StartPage.Length > 0 ? "./?overview" : "./";

    private string ThemeIcon => Theme switch { "light" => "sun", "dark" => "moon", _ => "system" };

    /// <inheritdoc/>
    protected override void OnParametersSet() => _boundary?.Recover();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
        _started = await _module.InvokeAsync<IJSObjectReference>("start", _self, KeyBindings.Sent, KeyBindings.Search);
        _shownTheme = await _module.InvokeAsync<string?>("shownTheme");
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _tree.Clear();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Preferences.Changed += StateHasChanged;
        _past = Fleet.Past;
        if (_past is not null) _past.Changed += ShowPast;
    }

    // Until the first moment is there, and when it is: from then on pages follow by themselves.
    private void ShowPast()
    {
        if (_past is { Now.IsAside: true })
        {
            // Opened anew, since pages keep what they are made of.
            _ = InvokeAsync(() => Navigation.NavigateTo(MomentAddress.PutAside(Navigation.Here), forceLoad: true, replace: true));
            return;
        }
        if (_showsPast) return;
        _showsPast = _past is { Now.Shown: not null };
        _ = InvokeAsync(StateHasChanged);
    }

    /// <summary>Called by the browser after the theme changed in this tab.</summary>
    [JSInvokable]
    public void ThemeChanged(string? mode)
    {
        if (mode is not ("system" or "light" or "dark")) return;
        _shownTheme = mode;
        StateHasChanged();
    }

    /// <summary>The server's time, milliseconds since the Unix epoch. The browser uses it to measure its clock's difference (js/server-clock.js).</summary>
    [JSInvokable]
    public long ServerTime() => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Called by the browser when the tab was hidden or shown.</summary>
    [JSInvokable]
    public void VisibilityChanged(bool visible)
    {
        Viewer.SetVisible(visible);
        _past?.SetVisible(visible);
    }

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
                Navigation.NavigateTo(page.Path.Length == 0 && OverviewAddress != "./" ? "?overview" : page.Path);
                break;
            default:
                await Viewer.PressAsync(key);
                break;
        }
    }

    private Task ShowKeys() => Dialogs.ShowAsync<KeysDialog>("Keyboard", new DialogOptions { CloseOnEscapeKey = true, CloseButton = true, MaxWidth = MaxWidth.Small });

    private Task ShowPreferences() => Dialogs.ShowAsync<PreferencesDialog>("", new DialogOptions { CloseOnEscapeKey = true, CloseButton = true, MaxWidth = MaxWidth.Small, FullWidth = true });

    private Task SwitchTheme() => Preferences.ChooseAsync(PersonalPreferences.ThemeName, Theme switch { "system" => "light", "light" => "dark", _ => "system" });

    private Task SwitchZone()
    {
        if (Zone != PersonalPreferences.Utc) _ownZone = Zone;
        return Preferences.ChooseAsync(PersonalPreferences.ZoneName, Zone == PersonalPreferences.Utc ? _ownZone : PersonalPreferences.Utc);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Preferences.Changed -= StateHasChanged;
        if (_past is not null) _past.Changed -= ShowPast;
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
}
