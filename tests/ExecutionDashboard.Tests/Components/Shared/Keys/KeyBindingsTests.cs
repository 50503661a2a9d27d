using ExecutionDashboard.Components.Shared.Keys;

namespace ExecutionDashboard.Tests.Components.Shared.Keys;

/// <summary>The registry of keys.</summary>
public sealed class KeyBindingsTests
{
    [Theory]
    [InlineData("executions?state=failed", "j, k|Enter|f|n|p|s|l|r|x|Shift+click|Ctrl+click")]
    [InlineData("jobs", "j, k|Enter|f|n|s|l|r|Ctrl+click")]
    [InlineData("deployments", "j, k|Enter|f|n|m|p|Ctrl+click")]
    [InlineData("deployments/dep-1", "m|p")]
    [InlineData("attention?open=a", "j, k|Enter|f|n|Ctrl+click|Esc")]
    [InlineData("timeline", "s|l|r|+, −|right-click|Shift+arrows|End|Enter")]
    [InlineData("timeline?open=a", "s|l|r|Esc|+, −|right-click|Shift+arrows|End|Enter")]
    [InlineData("executions/a?tab=logs", "s|l|r|f|p|arrows")]
    [InlineData("nodes/a?log=job-1", "s|l|r|+, −|right-click|Shift+arrows|End|Enter|f|p|arrows")]
    [InlineData("specs", "j, k|Enter|f|s|l|r|Ctrl+click")]
    [InlineData("changes?from=-1h", "j, k")]
    [InlineData("", "")]
    public void Of_Page_AreItsOwnKeys(string address, string keys) => Assert.Equal(keys, string.Join('|', KeyBindings.Of(address).Select(binding => binding.Keys)));

    [Fact]
    public void All_SinglesThatPagesHandle_AreSentAndExplained()
    {
        var explained = KeyBindings.All.SelectMany(binding => binding.Presses).Where(keys => keys.Count == 1).Select(keys => keys[0] == "Esc" ? "Escape" : keys[0]).ToHashSet(StringComparer.Ordinal);

        Assert.All(KeyBindings.Sent.Append(KeyBindings.Search).Concat(RowKey.All.Select(key => key.Key)), key => Assert.Contains(key, explained));
    }

    [Fact]
    public void All_PagesOfTheNavigation_HaveAKeyOfTheirOwn()
    {
        Assert.Equal(AppPage.All.Count, AppPage.All.Select(page => page.Key).Distinct().Count());
        Assert.All(AppPage.All, page => Assert.Contains(KeyBindings.Everywhere, binding => binding.Keys == "g " + page.Key && binding.Does == page.Name));
    }

    [Theory]
    [InlineData("Ctrl+K, /", "Ctrl K|/")]
    [InlineData("g e", "g e")]
    [InlineData("+, −", "+|−")]
    public void Presses_WrittenKeys_AreSingleKeys(string written, string keys) => Assert.Equal(keys, string.Join('|', new KeyBinding(written, "", KeyPlaces.Everywhere).Presses.Select(press => string.Join(' ', press))));
}
