using System.Reflection;
using System.Text.Json;
using Bunit;
using ExecutionDashboard.Components;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Layout.Palette;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.Logs;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Components.Shared.Times;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Feed;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Tests.Components;

/// <summary>
/// Everything that a page's scripts can call on the server, with every role, for the whole fleet and for a part of it: what somebody does not see is answered as what does not exist, what the role does not
/// allow is not offered, and nothing is sent.
/// </summary>
public sealed class ScriptCallTests
{
    // By team where a call takes something of the fleet: what comes of it is compared for what is seen, what is not, and what does not exist.
    private static readonly Dictionary<string, (bool TakesThing, Func<Tab, string, Task<object?>> Call)> Calls = new()
    {
        ["AlertSettings.Take"] = (false, (tab, _) => tab.OnAsync<AlertSettings>("", settings => settings.Take(null))),
        ["CommandPalette.Open"] = (true, (tab, team) => tab.OnAsync<CommandPalette>("", palette => palette.Open($"executions/{team}-e1", [$"jobs/{team}-j", $"nodes/{team}-n1"], actions: true))),
        ["CommandPalette.Act"] = (true, (tab, team) => tab.OnAsync<CommandPalette, bool>("", palette => palette.Act($"executions/{team}-e2", "s"))),
        ["CommandPalette.Press"] = (true, async (tab, team) =>
        {
            // Not among the actions of what it was opened for before.
            await tab.OnAsync<CommandPalette>("", palette => palette.Closed());
            await tab.OnAsync<CommandPalette>(null, palette => palette.Open(null, [], actions: false));
            await tab.Shown.InvokeAsync(() => tab.Shown.Find("#palette-input").Input($"{team}-job"));
            var listed = tab.Shown.FindAll("[role=option]").Select(option => option.TextContent).ToArray();
            await tab.OnAsync<CommandPalette>(null, palette => palette.Press("Enter", inNewTab: false));
            return listed;
        }),
        ["CommandPalette.Closed"] = (false, (tab, _) => tab.OnAsync<CommandPalette>("", palette => palette.Closed())),
        ["ExecutionsPage.CheckRow"] = (true, (tab, team) => tab.OnAsync<ExecutionsPage, bool>("executions", page => Task.FromResult(page.CheckRow(0, $"{team}-e1", withRange: false)))),
        ["ExecutionsPage.CheckRows"] = (true, (tab, team) => tab.OnAsync<ExecutionsPage>("executions", page => page.CheckRows([$"{team}-e1", $"{team}-e2"]))),
        ["ExecutionsPage.OpenRow"] = (true, (tab, team) => tab.OnAsync<ExecutionsPage>("executions", page => page.OpenRow(0, $"{team}-e1"))),
        ["FilterBox.Suggest"] = (true, async (tab, team) =>
        {
            await tab.GoAsync("executions");
            await tab.Shown.InvokeAsync(() => tab.Shown.Find(".filter-box input").Input($"job:{team}"));
            return await tab.OnAsync<FilterBox>(null, box => box.Suggest(true));
        }),
        ["FilterBox.Complete"] = (true, async (tab, team) =>
        {
            await tab.GoAsync("executions");
            await tab.Shown.InvokeAsync(() => tab.Shown.Find(".filter-box input").Input($"job:{team}-job"));
            return await tab.OnAsync<FilterBox>(null, box => box.Complete());
        }),
        ["LogView.ScrolledBack"] = (true, (tab, team) => tab.OnAsync<LogView>($"jobs/{team}-j?tab=logs", log => log.ScrolledBack())),
        ["LongList.DrawRows"] = (false, (tab, _) => tab.OnAsync<LongList<ExecutionRow>>("executions", list => list.DrawRows(0, 50))),
        ["MainLayout.Key"] = (false, (tab, _) => tab.OnAsync<MainLayout>("", layout => layout.Key("g e"))),
        ["MainLayout.ServerTime"] = (false, (tab, _) => tab.OnAsync<MainLayout, long>("", layout => Task.FromResult(layout.ServerTime()))),
        ["MainLayout.ThemeChanged"] = (false, (tab, _) => tab.OnAsync<MainLayout>("", layout => layout.ThemeChanged("dark"))),
        ["MainLayout.VisibilityChanged"] = (false, (tab, _) => tab.OnAsync<MainLayout>("", layout => layout.VisibilityChanged(true))),
        ["MomentButton.Opened"] = (false, (tab, _) => tab.OnAsync<MomentButton>("executions", button => button.Opened("Europe/Berlin"))),
        ["NodeLanes.See"] = (false, (tab, _) => tab.OnAsync<NodeLanes>("timeline", tab.SeeAsync)),
        ["NodeLanes.Open"] = (true, async (tab, team) =>
        {
            await tab.OnAsync<NodeLanes>("timeline", tab.SeeAsync);
            return await tab.OnAsync<NodeLanes>(null, lanes => lanes.Open($"{team}-e1"));
        }),
        ["NodeLanes.Fold"] = (true, (tab, team) => tab.OnAsync<NodeLanes>("timeline?group=herd", async lanes =>
        {
            for (var row = 0; row < 8; row++) await lanes.Fold(row, team);
        })),
        ["NodeLanes.Go"] = (true, (tab, team) => tab.OnAsync<NodeLanes>("timeline", lanes => lanes.Go($"executions/{team}-e1"))),
        ["TimeRangePicker.Opened"] = (false, (tab, _) => tab.OnAsync<TimeRangePicker>("executions", picker => picker.Opened("Europe/Berlin"))),
        ["TimeRangePicker.Pressed"] = (false, (tab, _) => tab.OnAsync<TimeRangePicker>("executions", picker => picker.Pressed("ArrowLeft", false))),
        ["NodeMapPanel.Describe"] = (false, (tab, _) => tab.OnAsync<NodeMapPanel, string>("nodes?view=map", map => Task.FromResult(string.Join('\n', Enumerable.Range(-1, 6).SelectMany(map.Describe))))),
        ["NodeMapPanel.Open"] = (false, async (tab, _) =>
        {
            List<string> opened = [];
            for (var cell = -1; cell < 5; cell++)
            {
                await tab.OnAsync<NodeMapPanel>("nodes?view=map", map => map.Open(cell));
                opened.Add(tab.Address);
            }
            return opened;
        }),
        ["NodeMapPanel.Choose"] = (false, (tab, _) => tab.OnAsync<NodeMapPanel>("nodes?view=map", map => map.Choose([-1, 1_000], isLast: true))),
    };

    // Lanes know what the feed's history tells, and the feed has none here: that nothing is told is all that is looked at.
    private static readonly HashSet<string> Quiet = ["NodeLanes.Open", "NodeLanes.Fold"];

    private static readonly AccessRole[] Roles = Enum.GetValues<AccessRole>();

    public static TheoryData<AccessRole, bool> Cells
    {
        get
        {
            var cells = new TheoryData<AccessRole, bool>();
            foreach (var role in Roles)
                foreach (var isWhole in role == AccessRole.None ? (bool[])[true] : [true, false]) cells.Add(role, isWhole);
            return cells;
        }
    }

    [Fact]
    public void Calls_InTheTest_AreAllThatExist() => Assert.Equal(
        typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)).Where(method => method.IsDefined(typeof(JSInvokableAttribute)))
            .Select(method => $"{method.DeclaringType!.Name.Split('`')[0]}.{method.Name}").Order(StringComparer.Ordinal),
        Calls.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Cells))]
    public async Task Call_EachWithTheRole_TellsOnlyWhatIsSeenAndSendsNothing(AccessRole role, bool isWhole)
    {
        await using var teams = new Teams(isWhole ? new AccessGrants(role) : Teams.PartOf(role, Teams.Own), Teams.Own, Teams.Other);
        await teams.OthersActAsync(Teams.Own, Teams.Other);
        var tab = new Tab(teams);
        bool Sees(string team) => role > AccessRole.None && team != Teams.None && (isWhole || team == Teams.Own);
        var wrong = new List<string>();
        foreach (var (name, (takesThing, call)) in Calls)
        {
            var (told, same) = (new Dictionary<string, string>(), new Dictionary<string, string>());
            foreach (var team in takesThing ? (string[])[Teams.None, Teams.Other, Teams.Own] : [""])
            {
                var answer = await call(tab, team);
                told[team] = tab.Told(answer);
                // What was asked for comes back: the names alone tell nothing.
                same[team] = new[] { Teams.Own, Teams.Other, Teams.None }.Aggregate(told[team], (text, name) => text.Replace(name, "TEAM", StringComparison.OrdinalIgnoreCase));
                if (name == "CommandPalette.Act")
                {
                    var mayStop = Sees(team) && role >= AccessRole.Operator;
                    if (tab.Shown.FindAll(".stop-dialog").Count > 0 != mayStop || (answer is false) != (Sees(team) && !mayStop)) wrong.Add($"{name} of {team} is answered with {answer} and {tab.Shown.FindAll(".stop-dialog").Count} dialogs");
                }
            }
            foreach (var (team, text) in told)
            {
                if (!Sees(Teams.Other) && team != Teams.Other && text.Contains(Teams.Other, StringComparison.OrdinalIgnoreCase)) wrong.Add($"{name} of '{team}' tells of what is not seen: …{Around(text, Teams.Other)}…");
                if (takesThing && team != Teams.None && !(Sees(team) && Quiet.Contains(name)) && same[team] == same[Teams.None] == Sees(team)) wrong.Add($"{name} of '{team}' is {(Sees(team) ? "" : "not ")}answered as what does not exist: {Difference(same[team], same[Teams.None])}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.DoesNotContain(tab.Server.Calls, sent => sent is "stop" or "stop job" or "rerun" or "rollback" or "rollback job" or "promote" or "pause" or "resume" or "delete" or "put");
        // The name of what was asked for comes back, as it does for what does not exist.
        HashSet<string> scripts = [.. tab.Scripts()];
        if (!Sees(Teams.Other)) Assert.DoesNotContain(scripts, text => text.Contains(Teams.Other, StringComparison.Ordinal) && !scripts.Contains(text.Replace(Teams.Other, Teams.None, StringComparison.Ordinal)));
    }

    private static string Around(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) is var at && at < 0 ? "" : text[Math.Max(0, at - 100)..Math.Min(text.Length, at + 100)];

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{one[Math.Max(0, at - 60)..Math.Min(one.Length, at + 80)]}… and …{other[Math.Max(0, at - 60)..Math.Min(other.Length, at + 80)]}…";
    }

    // A tab with the whole program's pages in it.
    private sealed class Tab
    {
        private readonly Teams _teams;

        public Tab(Teams teams)
        {
            _teams = teams;
            teams.Rig.Render<AlertSettings>();
            Shown = teams.Rig.Render<Routes>();
        }

        public IRenderedComponent<Routes> Shown { get; }

        public TestControlPlane Server => _teams.Server;

        public string Address => Navigation.Uri;

        private NavigationManager Navigation => _teams.Rig.Services.GetRequiredService<NavigationManager>();

        public Task GoAsync(string address) => Shown.InvokeAsync(() => Navigation.NavigateTo(address));

        public Task SeeAsync(NodeLanes lanes) => lanes.See(0, 8, (PageRig.Start - TimeSpan.FromHours(2)).ToUnixTimeMilliseconds(), PageRig.Start.ToUnixTimeMilliseconds(), true, 1);

        public Task<object?> OnAsync<T>(string? address, Action<T> call) where T : IComponent => OnAsync<T>(address, component =>
        {
            call(component);
            return Task.CompletedTask;
        });

        public async Task<object?> OnAsync<T>(string? address, Func<T, Task> call) where T : IComponent => await OnAsync<T, object?>(address, async component =>
        {
            await call(component);
            return null;
        });

        // Calls it on the component of a page; null where the page has none, because there is nothing to show.
        public async Task<object?> OnAsync<T, TAnswer>(string? address, Func<T, Task<TAnswer>> call) where T : IComponent
        {
            if (address is not null) await GoAsync(address);
            object? answer = null;
            if (Shown.FindComponents<T>() is [var found, ..]) await Shown.InvokeAsync(async () => answer = await call(found.Instance));
            return answer;
        }

        // All that comes of a call: what it gives, where it leads, and what is drawn.
        public string Told(object? answer) => $"{JsonSerializer.Serialize(answer)} {Address} {MarkupText.Of(Shown.Markup)}";

        // What scripts were told.
        public IEnumerable<string> Scripts() => _teams.Rig.JSInterop.Invocations.SelectMany(call => call.Arguments).Where(argument => argument is string or Array or JsonElement).Select(argument => argument is string text ? text : JsonSerializer.Serialize(argument));
    }
}
