using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionDashboard.BrowserTests.Lists;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>A fleet in which one execution stays starting, for far longer than a test lasts.</summary>
public sealed class StuckFleet() : StartedFleet(("Simulator:Scenario", "stuck-starting"), ("Simulator:Speed", "0.25"), ("Attention:StuckStarting", "00:00:05"));

/// <summary>Thirteen tasks of operators with as few clicks and keys as docs/tasks.md has for each.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OperatorTaskTests(Browser browser, StuckFleet fleet, ITestOutputHelper output) : IClassFixture<StuckFleet>
{
    private const string Options = "#palette [role=option]";

    [Fact]
    public async Task Tasks_OfAnOperator_TakeTheStepsOfTheirPage()
    {
        var rows = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "tasks.md")).Where(line => Regex.IsMatch(line, @"^\| \d+ \|")).ToArray();
        Func<IPage, OperatorSteps, Task>[] tasks =
        [
            JumpToAJobAsync, FindADayAsync, SaveAndOpenAViewAsync, FindWhatIsStuckAsync, LeaveAJobOutAsync, StopFiveAsync, TakeAGroupAsync, GoToTheNodeThenAsync, LookAtARangeAsync, CompareWithTheJobAsync, ReadErrorsAsync, WalkByKeysAsync,
            StopWhatIsStuckAsync,
        ];
        var measured = new List<string>();
        for (var i = 0; i < tasks.Length; i++)
        {
            await using var tab = await browser.OpenAsync(fleet.Address, "specs");
            await ReadyAsync(tab.Page);
            var steps = new OperatorSteps(tab.Page);
            await tasks[i](tab.Page, steps);
            Assert.Empty(tab.Errors);
            measured.Add(string.Create(CultureInfo.InvariantCulture, $"| {i + 1} | {Cell(rows, i, 2)} | {steps.Clicks} | {steps.Keys} | {steps.Letters} |"));
            output.WriteLine(measured[i]);
        }
        Assert.Equal(measured, rows.Select(row => string.Join(" |", row.Split(" |").Take(5)) + " |"));
    }

    private static string Cell(string[] rows, int row, int cell) => row < rows.Length ? rows[row].Split('|')[cell].Trim() : "";

    // 1
    private async Task JumpToAJobAsync(IPage page, OperatorSteps steps)
    {
        await steps.PressAsync("/");
        await ChooseAsync(page, steps, "syslog", "syslog-shipper");
        await Expect(page.Locator("h1")).ToContainTextAsync("syslog-shipper");
    }

    // 2
    private async Task FindADayAsync(IPage page, OperatorSteps steps)
    {
        await GoAsync(page, steps, "e", "executions");
        await FilterAsync(page, steps, "created:2026-05-01");
        await Expect(page.Locator(".chip")).ToHaveTextAsync([new Regex("created before"), new Regex("created from")]);
    }

    // 3
    private async Task SaveAndOpenAViewAsync(IPage page, OperatorSteps steps)
    {
        await page.GotoAsync("executions?state=failed&sort=-updated");
        await ReadyAsync(page);
        await steps.ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save as view…" }));
        await Expect(page.Locator("#view-name")).ToBeFocusedAsync();
        await steps.TypeAsync("Night");
        await steps.PressAsync("Enter");
        await Expect(page.Locator(".view-dialog")).ToHaveCountAsync(0);
        await GoAsync(page, steps, "n", "nodes");
        await steps.PressAsync("/");
        await ChooseAsync(page, steps, "night", "Night");
        await Expect(page).ToHaveURLAsync(new Regex("executions\\?state=failed.*saved="));
    }

    // 4
    private async Task FindWhatIsStuckAsync(IPage page, OperatorSteps steps)
    {
        await GoAsync(page, steps, "e", "executions");
        await FilterAsync(page, steps, "for:>10m -state:running");
        await Expect(page.Locator(".chip")).ToHaveTextAsync([new Regex("state is not\\s+running"), new Regex("in its state\\s+for more than 10 min")]);
    }

    // 5
    private async Task LeaveAJobOutAsync(IPage page, OperatorSteps steps)
    {
        await GoAsync(page, steps, "e", "executions");
        await FilterAsync(page, steps, "state:failed -job:sys*");
        await Expect(page.Locator(".chip")).ToHaveTextAsync([new Regex("job is not\\s+sys\\*")]);
        await Expect(page.Locator(".state-toggle.st-failed")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    // 6
    private async Task StopFiveAsync(IPage page, OperatorSteps steps)
    {
        await page.GotoAsync("executions?state=running&sort=id");
        await ReadyAsync(page);
        await steps.ClickAsync(page.Locator("tbody tr[data-index='0']").GetByRole(AriaRole.Checkbox));
        await Expect(page.Locator(".bulk-bar")).ToContainTextAsync("1 selected");
        await steps.ClickAsync(page.Locator("tbody tr[data-index='4'] .c-job"), shift: true);
        await Expect(page.Locator(".bulk-bar")).ToContainTextAsync("5 selected");
        await steps.ClickAsync(page.Locator(".bulk-bar").GetByRole(AriaRole.Button, new() { Name = "Bulk run…" }));
        await Expect(page.Locator("#bulk-reason")).ToBeFocusedAsync();
        await steps.TypeAsync("Leak");
        await steps.PressAsync("Tab");
        await Expect(page.Locator("#bulk-typed")).ToBeFocusedAsync();
        await steps.TypeAsync("Stop 5");
        await Expect(page.Locator(".bulk-dialog").GetByRole(AriaRole.Button, new() { Name = "Stop 5", Exact = true })).ToBeEnabledAsync();
        await steps.PressAsync("Enter");
        await Expect(page.Locator(".bulk-page .bulk-head h1")).ToHaveTextAsync("Stop 5 executions");
    }

    // 7
    private async Task TakeAGroupAsync(IPage page, OperatorSteps steps)
    {
        await page.GotoAsync("executions");
        await ReadyAsync(page);
        await steps.ClickAsync(page.Locator(".group-menu").GetByRole(AriaRole.Button, new() { Name = "Group" }));
        await steps.ClickAsync(page.Locator(".group-menu").GetByRole(AriaRole.Link, new() { Name = "Job", Exact = true }));
        await steps.ClickAsync(page.Locator("tr.group-head").First.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Filter by") }));
        await Expect(page).ToHaveURLAsync(new Regex(@"/executions\?job=[^&]+$"));
    }

    // 8
    private async Task GoToTheNodeThenAsync(IPage page, OperatorSteps steps)
    {
        await OpenAnExecutionAsync(page);
        await steps.PressAsync(".");
        await ChooseAsync(page, steps, "at this", "Go to its node at this time");
        await Expect(page).ToHaveURLAsync(new Regex("timeline\\?node=.*from="));
    }

    // 9
    private async Task LookAtARangeAsync(IPage page, OperatorSteps steps)
    {
        await GoAsync(page, steps, "t", "timeline");
        await Expect(page.Locator("[popovertarget=timeline-range]")).ToBeVisibleAsync();
        await steps.ClickAsync(page.Locator("[popovertarget=timeline-range]"));
        await Expect(page.Locator("#timeline-range input")).ToBeFocusedAsync();
        await steps.TypeAsync("2026-05-01 10:00 .. 12:00");
        await Expect(page.Locator("#timeline-range [role=status]")).ToContainTextAsync("2026-05-01");
        await steps.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("from=2026-05-01T08:00:00Z&to=2026-05-01T10:00:00Z"));
    }

    // 10
    private async Task CompareWithTheJobAsync(IPage page, OperatorSteps steps)
    {
        await OpenAnExecutionAsync(page);
        await steps.PressAsync(".");
        await ChooseAsync(page, steps, "comp", "Compare with the current job spec");
        await Expect(page).ToHaveURLAsync(new Regex("/compare\\?"));
    }

    // 11
    private async Task ReadErrorsAsync(IPage page, OperatorSteps steps)
    {
        await GoAsync(page, steps, "j", "jobs");
        await Expect(page.Locator(".job-table tbody tr").First).ToBeVisibleAsync();
        await steps.PressAsync("j");
        await Expect(page.Locator("tr.cursor a.row-link")).ToBeFocusedAsync();
        await steps.PressAsync("l");
        await Expect(page).ToHaveURLAsync(new Regex("/jobs/.*tab=logs"));
        await ArrivedAsync(page);
        await Expect(page.Locator(".logs .filter-box[data-ready]")).ToHaveCountAsync(1);
        await steps.PressAsync("f");
        await steps.TypeAsync("level:error time:<1h");
        await steps.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("tab=logs&level=error&filter=time"));
        await Expect(page.Locator(".logs .state-toggle[aria-pressed=true]")).ToHaveCountAsync(1);
    }

    // 12
    private async Task WalkByKeysAsync(IPage page, OperatorSteps steps)
    {
        await GoAsync(page, steps, "j", "jobs");
        await Expect(page.Locator(".job-table tbody tr").First).ToBeVisibleAsync();
        for (var row = 0; row < 3; row++)
        {
            await steps.PressAsync("j");
            var link = page.Locator(".job-table tbody tr").Nth(row).Locator("a.row-link");
            await Expect(link).ToBeFocusedAsync();
            Assert.Equal("solid", await link.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
        }
        await steps.PressAsync("Enter");
        await Expect(page.Locator(".job-page h1")).ToBeVisibleAsync();
    }

    // 13
    private async Task StopWhatIsStuckAsync(IPage page, OperatorSteps steps)
    {
        await GoAsync(page, steps, "o", "");
        // Until the rule's time is over there is nothing to find.
        await Expect(page.Locator(".problem-list")).ToContainTextAsync("Stuck starting", new() { Timeout = ProblemWalk.Patience });
        await steps.PressAsync("/");
        await ChooseAsync(page, steps, "stuck", "Stuck starting");
        await Expect(page.Locator(".problem-view .evidence li").First).ToBeVisibleAsync();
        await steps.PressAsync(".");
        await ChooseAsync(page, steps, "open the exec", "Open the execution");
        await Expect(page.Locator(".execution-page .execution-title .state")).ToHaveTextAsync("starting");
        await steps.PressAsync("l");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Logs" })).ToHaveAttributeAsync("aria-selected", "true");
        await steps.PressAsync("s");
        await Expect(page.Locator("#stop-reason")).ToBeFocusedAsync();
        await steps.TypeAsync("Its image never comes");
        await steps.PressAsync("Enter");
        await Expect(page.Locator(".stop-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-operation]")).ToHaveAttributeAsync("data-operation", "seen");
        await Expect(page.Locator("[data-operation]")).ToContainTextAsync("Its image never comes");
    }

    private async Task OpenAnExecutionAsync(IPage page)
    {
        var execution = (await fleet.ListAsync("executions?states=running"))[0].GetProperty("id").GetString()!;
        await page.GotoAsync($"executions/{execution}");
        await ReadyAsync(page);
        await Expect(page.Locator(".execution-page .execution-title")).ToBeVisibleAsync();
    }

    // g and the letter of the page.
    private static async Task GoAsync(IPage page, OperatorSteps steps, string letter, string path)
    {
        await steps.PressAsync("g", letter);
        await Expect(page).ToHaveURLAsync(new Regex($"/{path}(\\?|$)"));
        await ArrivedAsync(page);
    }

    // A page that is opened gives its heading the focus; what is done before that would lose it.
    private static Task ArrivedAsync(IPage page) => Expect(page.Locator("h1")).ToBeFocusedAsync();

    private static async Task FilterAsync(IPage page, OperatorSteps steps, string terms)
    {
        await Expect(page.Locator(".filter-box[data-ready]")).ToHaveCountAsync(1);
        await steps.PressAsync("f");
        await Expect(await page.FilterBoxAsync()).ToBeFocusedAsync();
        await steps.TypeAsync(terms);
        await steps.PressAsync("Enter");
    }

    private static async Task ReadyAsync(IPage page)
    {
        await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    // Types, waits until the wanted line is the active one, and presses Enter.
    private static async Task ChooseAsync(IPage page, OperatorSteps steps, string text, string title)
    {
        await Expect(page.Locator(Options).First).ToBeVisibleAsync();
        await steps.TypeAsync(text);
        await Expect(page.Locator(Options + "[aria-selected=true] .palette-title")).ToHaveTextAsync(title);
        await steps.PressAsync("Enter");
        await Expect(page.Locator("#palette")).Not.ToBeVisibleAsync();
    }
}
