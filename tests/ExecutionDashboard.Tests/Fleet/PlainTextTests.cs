using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet;

public sealed class PlainTextTests
{
    private static readonly string[] Pieces =
        ["\u001b[31m", "\u001b]0;title\a", "\u001b]8;;http://x\u001b\\", "\u001b(B", "\u009b1m", "\u001b", "\r", "\n", "\r\n", "\b", "\0", "a", "b ", "10%", "\u202e", "\u2028", "é", "\ud83d\ude00", "]", "["];

    private static readonly Gen<string> Terminal = Gen.Int[0, Pieces.Length - 1].Array[0, 12].Select(pieces => string.Concat(pieces.Select(p => Pieces[p])));

    [Theory]
    [InlineData("\u001b[31mERROR\u001b[0m disk full", "ERROR disk full")]
    [InlineData("\u001b[1;38;5;196mred\u001b[m \u009b32mgreen\u009b0m", "red green")]
    [InlineData("\u001b]0;root@host\aready", "ready")]
    [InlineData("see \u001b]8;;https://x.example\u001b\\here\u001b]8;;\u001b\\.", "see here.")]
    [InlineData("\u001b(Btext\u001b7\u001b8\u001b[2K\u001b[1A", "text")]
    [InlineData("cut \u001b[3", "cut ")]
    [InlineData("no end \u001b]0;hides nothing", "no end 0;hides nothing")]
    [InlineData("10%\r55%\r100%", "100%")]
    [InlineData("10%\r55%\r", "55%")]
    [InlineData("first\nold\rnew\nlast\r\nend", "first\nnew\nlast\nend")]
    [InlineData("a\r\nb\r\r\nc", "a\nb\nc")]
    [InlineData("on\u001b[0m\r\n", "on\n")]
    [InlineData("spin -\b\\\b|", "spin |")]
    [InlineData("user \u202Eevil", "user [U+202E]evil")]
    [InlineData("a\u2066b\u2069\u200f", "a[U+2066]b[U+2069][U+200F]")]
    [InlineData("at a.b()\n\tat c.d()\n", "at a.b()\n\tat c.d()\n")]
    [InlineData("nul\0 bell\a form\fvert\v", "nul bell form vert ")]
    [InlineData("שלום مرحبا 👩‍💻", "שלום مرحبا 👩‍💻")]
    public void Of_WhatTerminalsInterpret_IsPlain(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));

    [Fact]
    public void Of_AnyText_IsPlainForGoodAndHasNoControls() => Terminal.Sample(text =>
    {
        var plain = PlainText.Of(text);
        return PlainText.Of(plain) == plain && !plain.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) && !plain.Contains('\u202e');
    });

    [Fact]
    public void Of_PlainText_IsTheSameObject()
    {
        var text = new string("tabs\tand\nlines, accents é, 👩‍💻");
        Assert.Same(text, PlainText.Of(text));
    }

    [Fact]
    public void Of_ManyStringsWithoutEnd_LooksForTheEndOnce() =>
        Assert.Equal(300_000, PlainText.Of(string.Concat(Enumerable.Repeat("\u001b]x", 300_000))).Length);

    [Fact]
    public void Marked_SourceText_KeepsAllElse() => Assert.Equal("if x [U+202E]\u001b[1m\r", PlainText.Marked("if x \u202e\u001b[1m\r"));

    [Theory]
    [InlineData("pass\u001b[1mword\u001b[0m=hunter2hunter2")]
    [InlineData("password=\u001b[31mhunter2hunter2")]
    [InlineData("pass\u200bword: hunter2hunter2")]
    [InlineData("tok\u202een=hunter2hunter2 rest")]
    [InlineData("kafka://shipper:\u001b[4mhunter2hunter2\u001b[0m@broker:9093")]
    [InlineData("Authorization: Bea\u001b[0mrer hunter2hunter2")]
    [InlineData("api\u001b]0;x\a_key=hunter2hunter2\rapi_key=hunter2hunter2")]
    public void Mask_SecretTakenApartByWhatIsNotSeen_IsHidden(string text)
    {
        Assert.DoesNotContain("hunter2", ShownText.Of(text), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", SecretMask.MaskText(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Store_OddNamesMessagesAndLabels_HoldsThemPlain()
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(new Node { Id = "n1", Name = "edge\u202e-1", Message = "\u001b[31mdown\u001b[0m", Labels = new Dictionary<string, string> { ["zo\u2066ne"] = "a\u001b[0m" } })]);
        var node = store.FindNode("n1")!;
        Assert.Equal(("edge[U+202E]-1", "down", "a"), (node.DisplayName, node.Message, node.Labels["zo[U+2066]ne"]));
    }
}
