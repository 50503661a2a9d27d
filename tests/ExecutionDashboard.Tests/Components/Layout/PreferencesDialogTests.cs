using Bunit;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Operations.UserData;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Layout;

/// <summary>The dialog with what a person prefers, and the document that has it from the start.</summary>
public sealed class PreferencesDialogTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    private PreferenceOperations Preferences => _rig.Services.GetRequiredService<PreferenceOperations>();

    [Fact]
    public async Task Choose_EachPreference_IsKeptForTheBrowser()
    {
        var dialog = await OpenAsync();

        foreach (var (name, value) in ((string, string)[])[("theme", "dark"), ("density", "compact"), ("keys", "off"), ("motion", "reduced"), ("page", "nodes"), ("zone", "utc")])
            await dialog.InvokeAsync(() => dialog.Find($"#preference-{name}").Change(value));

        var wanted = new PersonalPreferences { Theme = "dark", IsCompact = true, HasKeys = false, ReducesMotion = true, StartPage = "nodes", Zone = "utc" };
        dialog.WaitForAssertion(() => Assert.Equal(wanted, Preferences.Now));
        await _rig.ReadUserDataAsync();
        Assert.Equal(wanted, Preferences.Now);
        Assert.Contains("Of this browser, since nobody signs in here.", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_WhileTheFeedIsGone_SaysThatItCountsInThisTabOnly()
    {
        var dialog = await OpenAsync();
        _rig.UserData.Problem = "The feed cannot be asked: refused";

        await dialog.InvokeAsync(() => dialog.Find("#preference-density").Change("compact"));

        dialog.WaitForAssertion(() => Assert.Contains("Not saved, for this tab only: The feed cannot be asked: refused", dialog.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.True(Preferences.Now.IsCompact);
    }

    [Fact]
    public async Task Show_ChangeOfAnotherTab_IsInTheDialog()
    {
        var dialog = await OpenAsync();

        _rig.UserData.Put("browser:" + PageRig.Browser, "density", "compact");
        await _rig.ReadUserDataAsync();
        _rig.Time.Advance(TimeSpan.FromSeconds(1));

        dialog.WaitForAssertion(() => Assert.Equal("compact", dialog.Find("#preference-density option[selected]").GetAttribute("value")));
    }

    [Fact]
    public void Attributes_OfEveryPreference_AreThoseThatTheScriptsRead() => Assert.Equal(
        "data-density=compact data-keys=off data-known=yes data-mode=dark data-motion=reduced data-zone=Asia/Tokyo",
        string.Join(' ', PreferenceAttributes.Of(new PersonalPreferences { IsCompact = true, HasKeys = false, ReducesMotion = true, Zone = "Asia/Tokyo" }, new ThemeChoice("dark", true)).Select(a => $"{a.Key}={a.Value}").Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("light.light", null, "light", false)]
    [InlineData("light.light", "dark", "dark", true)]
    [InlineData("system.dark", "system", "system", true)]
    [InlineData("dark.dark", "system", "system", true)]
    [InlineData(null, "light", "light", false)]
    public void Theme_OfAPerson_GoesBeforeTheBrowsers(string? cookie, string? preferred, string mode, bool isDark) => Assert.Equal(new ThemeChoice(mode, isDark), ThemeChoice.Parse(cookie).With(preferred));

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync()
    {
        await _rig.ReadUserDataAsync();
        var dialogs = _rig.Render<MudDialogProvider>();
        await dialogs.InvokeAsync(() => _rig.Services.GetRequiredService<IDialogService>().ShowAsync<PreferencesDialog>(""));
        dialogs.WaitForAssertion(() => dialogs.Find("#preference-zone"));
        return dialogs;
    }
}
