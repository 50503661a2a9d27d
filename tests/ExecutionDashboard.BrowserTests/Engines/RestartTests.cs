using System.Globalization;

namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>Pages on a wall screen recover from a restart of their dashboard, in the same state.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RestartTests(Browser chromium, Firefox firefox, WebKit webkit, SeparateParts separate) : IClassFixture<SeparateParts>
{
    private const string Path = "executions?sort=id&cols=state,id,node";

    [Fact]
    public async Task DashboardRestarted_PagesInFirefoxAndWebKit_ComeBackByThemselvesWhereTheyWere()
    {
        await using var first = await firefox.NewTabAsync();
        await using var second = await webkit.NewTabAsync();
        var places = await PlacesAsync(separate.Address, first, second);

        await separate.KillDashboardAsync();
        foreach (var (tab, _) in places)
        {
            await tab.SeesAsync("document.getElementById('components-reconnect-modal').open");
            await tab.SeesAsync("/^Disconnected since [0-9]{2}:[0-9]{2}:[0-9]{2}$/.test(document.querySelector('.freshness').innerText.trim())");
        }
        await separate.StartDashboardAsync();

        foreach (var (tab, place) in places) await place.IsTakenAgainAsync(tab);
    }

    [Fact]
    public async Task DashboardKilledBehindABalancer_PagesInAllEngines_ComeBackOnTheOtherOne()
    {
        var other = await separate.Parts.StartDashboardAsync();
        await separate.Parts.StandsAsync(other.Address, "live");
        await using var balancer = await Balancer.StartAsync(separate.Address, other.Address);
        await using var first = await firefox.NewTabAsync();
        await using var second = await webkit.NewTabAsync();
        await using var third = new ChromiumTab(await chromium.OpenAsync(balancer.Address, Path));
        var places = await PlacesAsync(balancer.Address, first, second, third);

        var used = await balancer.UsedAsync(separate.Parts.Http);
        await (used == separate.Address.Authority ? separate.KillDashboardAsync() : other.KillAsync());

        foreach (var (tab, place) in places) await place.IsTakenAgainAsync(tab);
        Assert.NotEqual(used, await balancer.UsedAsync(separate.Parts.Http));
        await other.KillAsync();
        if (used == separate.Address.Authority) await separate.StartDashboardAsync();
    }

    private static async Task<List<(EngineTab Tab, WallPlace Place)>> PlacesAsync(Uri dashboard, params EngineTab[] tabs)
    {
        var places = new List<(EngineTab, WallPlace)>();
        foreach (var tab in tabs)
        {
            await tab.OpenAsync(dashboard, Path);
            places.Add((tab, await WallPlace.TakeAsync(tab)));
        }
        return places;
    }
}

/// <summary>What a person has done on the list of executions that a reload must not lose.</summary>
internal sealed record WallPlace(string Url, string Checked, int Row)
{
    /// <summary>The place of the first row that is on screen in whole or in part.</summary>
    public const string TopRow = "Number([...document.querySelectorAll('.rows tbody tr[data-index]')].find(r => r.getBoundingClientRect().bottom > document.querySelector('.rows').getBoundingClientRect().top + document.querySelector('.rows thead').offsetHeight + 1)?.dataset.index ?? -1)";

    /// <summary>Opens a panel, scrolls a hundred rows down, checks a row.</summary>
    public static async Task<WallPlace> TakeAsync(EngineTab tab)
    {
        await tab.IsLiveAsync();
        await tab.SeesAsync("parseFloat(document.querySelector('tbody > tr:last-child').style.height) > 0");
        await tab.ClickAsync("tbody tr[data-index='2'] .c-state");
        await tab.SeesAsync("document.querySelector('.panel .execution-head')");
        await tab.AskAsync<double>("document.querySelector('.rows').scrollTop = 3400");
        await tab.SeesAsync($"{TopRow} === 100");
        await tab.ClickAsync("tbody tr[data-index='105'] .c-check input");
        await tab.ReadsAsync(".bulk-bar", "1 selected");
        await tab.AskAsync<bool>("window.notReloaded = true");
        return new(await tab.AskAsync<string>("location.href"), await tab.AskAsync<string>("document.querySelector('tbody tr[data-index=\"105\"] .c-check input').value"), 100);
    }

    /// <summary>The page was loaded again, and all is as it was.</summary>
    public async Task IsTakenAgainAsync(EngineTab tab)
    {
        await tab.SeesAsync("!window.notReloaded && document.querySelector('.freshness')");
        await tab.IsLiveAsync();
        await tab.SeesAsync("!document.getElementById('components-reconnect-modal').open");
        await tab.SeesAsync("document.querySelector('.panel .execution-head')");
        await tab.SeesAsync("document.querySelectorAll('.rows thead th').length === 4");
        await tab.SeesAsync($"location.href === {Literal.Of(Url)}");
        await tab.SeesAsync($"document.querySelector(\".c-check input[value='{Checked}']\")?.checked");
        await tab.SeesAsync($"{TopRow} === {Row.ToString(CultureInfo.InvariantCulture)}");
    }
}
