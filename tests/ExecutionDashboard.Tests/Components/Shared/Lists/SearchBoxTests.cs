using Bunit;
using ExecutionDashboard.Components.Shared.Lists;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>The search box keeps what is typed, however late the address follows.</summary>
public sealed class SearchBoxTests
{
    [Fact]
    public async Task Typing_AddressFollowsLate_KeepsEveryLetter()
    {
        await using var rig = new PageRig();
        var asked = new List<string>();
        var box = rig.Render<SearchBox>(f => f.Add(p => p.Text, "").Add(p => p.OnTyped, typed => asked.Add(typed.Text)));
        await TypeAsync(rig, box, asked, "sys");
        await TypeAsync(rig, box, asked, "syslog");

        // The page is drawn again under the old query, then under the first text, while more is typed.
        Follow(box, "");
        Assert.Equal("syslog", Text(box));
        await box.InvokeAsync(() => box.Find("input").Input("syslog-s"));
        Follow(box, "sys");
        Follow(box, "syslog");

        Assert.Equal("syslog-s", Text(box));
        Assert.Equal(["sys", "syslog"], asked);
    }

    [Fact]
    public async Task Typing_GoesOn_IsOneStepUntilTheBoxIsLeftOrEmptied()
    {
        await using var rig = new PageRig();
        var asked = new List<TypedText>();
        var texts = new List<string>();
        var box = rig.Render<SearchBox>(f => f.Add(p => p.Text, "").Add(p => p.OnTyped, typed => { asked.Add(typed); texts.Add(typed.Text); }));
        foreach (var text in new[] { "s", "sys", "", "log", "logs" })
        {
            await TypeAsync(rig, box, texts, text);
            Follow(box, text);
        }
        await box.InvokeAsync(() => box.Find("input").Focus());
        await TypeAsync(rig, box, texts, "disk");

        Assert.Equal([new("s", false), new("sys", true), new("", false), new("log", false), new("logs", true), new("disk", false)], asked);
    }

    [Fact]
    public async Task Address_AnotherText_IsTaken()
    {
        await using var rig = new PageRig();
        var asked = new List<string>();
        var box = rig.Render<SearchBox>(f => f.Add(p => p.Text, "from a link").Add(p => p.OnTyped, typed => asked.Add(typed.Text)));
        Assert.Equal("from a link", Text(box));
        await TypeAsync(rig, box, asked, "typed");
        Follow(box, "typed");

        Follow(box, "");

        Assert.Equal("", Text(box));
    }

    [Fact]
    public async Task Pause_BeforeATextIsApplied_IsAsLongAsTheLastOneTook()
    {
        await using var rig = new PageRig();
        var asked = new List<string>();
        var box = rig.Render<SearchBox>(f => f.Add(p => p.Text, "").Add(p => p.OnTyped, typed => asked.Add(typed.Text)));
        await TypeAsync(rig, box, asked, "s", 25);
        rig.Time.Advance(TimeSpan.FromMilliseconds(120));
        Follow(box, "s");

        await TypeAsync(rig, box, asked, "sy", 119, applied: "s");
        rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        box.WaitForAssertion(() => Assert.Equal("sy", asked[^1]));
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        Follow(box, "sy");
        // However slow the page is, and at once again when it is fast.
        await TypeAsync(rig, box, asked, "sys", 200);
        Follow(box, "sys");
        await TypeAsync(rig, box, asked, "syslog", 25);
    }

    [Fact]
    public async Task Typing_LettersInOneGo_ApplyTheLastText()
    {
        await using var rig = new PageRig();
        var asked = new List<string>();
        var box = rig.Render<SearchBox>(f => f.Add(p => p.Text, "").Add(p => p.OnTyped, typed => asked.Add(typed.Text)));
        // None waits for what the letter before it began.
        await box.InvokeAsync(() =>
        {
            foreach (var text in (string[])["s", "sy", "sys", "sysl"]) box.Find("input").InputAsync(text);
        });
        rig.Time.Advance(TimeSpan.FromMilliseconds(250));

        box.WaitForAssertion(() => Assert.Equal(["sysl"], asked));
    }

    private static async Task TypeAsync(PageRig rig, IRenderedComponent<SearchBox> box, List<string> asked, string text, int pause = 250, string? applied = null)
    {
        // Where the renderer draws: whoever types elsewhere may type into an input that is just drawn anew.
        await box.InvokeAsync(() => box.Find("input").Input(text));
        rig.Time.Advance(TimeSpan.FromMilliseconds(pause));
        box.WaitForAssertion(() => Assert.Equal(applied ?? text, asked.LastOrDefault()));
    }

    private static void Follow(IRenderedComponent<SearchBox> box, string text) =>
        box.Render(f => f.Add(p => p.Text, text));

    private static string? Text(IRenderedComponent<SearchBox> box) => box.Find("input").GetAttribute("value");
}
