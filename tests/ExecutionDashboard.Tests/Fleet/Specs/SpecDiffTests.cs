using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Fleet.Specs;

public class SpecDiffTests
{
    private static SpecDifference Only(string before, string after) => Assert.Single(SpecDiff.Of(before, after));

    [Fact]
    public void Of_OtherOrderSpacesAndSpelling_NoDifference() =>
        Assert.Empty(SpecDiff.Of("""{"a":1.0,"b":{"c":"\u0041","d":[100]}}""", """{ "b": {"d":[1e2], "c":"A"}, "a": 1 }"""));

    [Theory]
    [InlineData("-0.0", "0", true)]
    [InlineData("0.10", "1e-1", true)]
    [InlineData("12345678901234567890", "12345678901234567891", false)]
    [InlineData("1e400", "1e401", false)]
    [InlineData("1e99999999999999", "1e99999999999999", true)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("null", "false", false)]
    public void Of_TwoScalars_ComparesByValueAtFullPrecision(string one, string other, bool same) =>
        Assert.Equal(same, SpecDiff.Of($$"""{"x":{{one}}}""", $$"""{"x": {{other}}}""").Count == 0);

    [Fact]
    public void Of_ChangedValueDeepInside_NamesItsPath() =>
        Assert.Equal(new SpecDifference("config.pipeline.processors[1].mapping", SpecDifferenceKind.Changed, "\"a\"", "\"b\""),
            Only("""{"config":{"pipeline":{"processors":[{"log":1},{"mapping":"a"}]}}}""", """{"config":{"pipeline":{"processors":[{"log":1},{"mapping":"b"}]}}}"""));

    [Theory]
    [InlineData("expanso.io/a.b", """meta["expanso.io/a.b"]""")]
    [InlineData("", """meta[""]""")]
    [InlineData("2", """meta["2"]""")]
    [InlineData("a\"]b\\", """meta["a\"]b\\"]""")]
    [InlineData("plain-name_1", "meta.plain-name_1")]
    [InlineData("<b>ü", """meta["<b>ü"]""")]
    public void Of_OddName_IsQuotedAndAppliesBack(string name, string path)
    {
        var after = JsonSerializer.Serialize(new { meta = new Dictionary<string, string> { [name] = "x" } });
        var difference = Only("""{"meta":{}}""", after);
        Assert.Equal((path, SpecDifferenceKind.Added, null, "\"x\""), (difference.Path, difference.Kind, difference.Before, difference.After));
        Assert.Equal(SpecHash.Of(after), SpecHash.Of(SpecDiff.Apply("""{"meta":{}}""", [difference])));
    }

    [Fact]
    public void Of_NamedEntriesSwappedAndOneChanged_OneMovedOneChanged() =>
        Assert.Equal(
            [("env[0]", SpecDifferenceKind.Moved, "env[1]"), ("env[1].value", SpecDifferenceKind.Changed, null)],
            SpecDiff.Of("""{"env":[{"name":"a","value":1},{"name":"b","value":2}]}""", """{"env":[{"name":"b","value":2},{"name":"a","value":9}]}""")
                .Select(d => (d.Path, d.Kind, d.FromPath)));

    [Fact]
    public void Of_EntryInserted_OthersDidNotMove() =>
        Assert.Equal(("list[1]", SpecDifferenceKind.Added), Only("""{"list":["a","b","c"]}""", """{"list":["a","x","b","c"]}""") is var d ? (d.Path, d.Kind) : default);

    [Fact]
    public void Of_EntryRemoved_IndexIsThatOfTheFirst() =>
        Assert.Equal(("list[1]", SpecDifferenceKind.Removed, "\"b\""), Only("""{"list":["a","b","a"]}""", """{"list":["a","a"]}""") is var d ? (d.Path, d.Kind, d.Before) : default);

    [Fact]
    public void Of_UnnamedEntryChanged_ComparesInside() =>
        Assert.Equal("in[1].x", Only("""{"in":["k",{"x":1,"y":2},"z"]}""", """{"in":["k",{"x":5,"y":2},"z"]}""").Path);

    [Fact]
    public void Of_OtherProcessorInItsPlace_RemovedAndAdded() =>
        Assert.Equal([SpecDifferenceKind.Removed, SpecDifferenceKind.Added],
            SpecDiff.Of("""[{"mapping":"a"}]""", """[{"branch":"a"}]""").Select(d => d.Kind));

    [Fact]
    public void Of_ListBecameObject_IsOneChange() => Assert.Equal(SpecDifferenceKind.Changed, Only("""{"a":[1]}""", """{"a":{"x":1}}""").Kind);

    [Theory]
    [InlineData("", "{}")]
    [InlineData("{", "{}")]
    [InlineData("{}", "name: yaml")]
    [InlineData("{}", "{\"\\ud800\":1}")]
    public void Of_NotJson_IsOneChangeAtTheRoot(string before, string after)
    {
        Assert.Equal(new SpecDifference("", SpecDifferenceKind.Changed, before, after), Only(before, after));
        Assert.Equal(after, SpecDiff.Apply(before, SpecDiff.Of(before, after)));
    }

    [Fact]
    public void Of_NestedTooDeep_IsOneChangeAtTheRoot() =>
        Assert.Equal("", Only(new string('[', 5000) + new string(']', 5000), "[]").Path);

    [Fact]
    public void Of_DuplicateNames_TheLastCounts() => Assert.Empty(SpecDiff.Of("""{"a":1,"a":2}""", """{"a":2}"""));

    [Fact]
    public void Of_HalfSurrogateInText_DoesNotThrow() => Assert.Equal("a", Only("""{"a":"\ud800"}""", """{"a":"x"}""").Path);

    [Fact]
    public void Apply_DifferencesThatDoNotFit_AreLeftOut() =>
        Assert.Equal(SpecHash.Of("""{"a":[1]}"""), SpecHash.Of(SpecDiff.Apply("""{"a":[1]}""",
            [new("b.c[7]", SpecDifferenceKind.Removed, "1", null), new("a[9]", SpecDifferenceKind.Moved, "1", "1", "a[77]")])));

    [Fact]
    public void Of_FiftyLevelsDeep_NamesThePath()
    {
        static string Deep(int leaf) => string.Concat(Enumerable.Repeat("{\"a\":[", 50)) + leaf + string.Concat(Enumerable.Repeat("]}", 50));
        var difference = Only(Deep(1), Deep(2));
        Assert.Equal(50, difference.Path.Split("[0]").Length - 1);
        Assert.Equal(SpecHash.Of(Deep(2)), SpecHash.Of(SpecDiff.Apply(Deep(1), [difference])));
    }

    [Fact]
    public void Of_TenMegabytesWithEverythingShifted_TakesSeconds()
    {
        static string Big(int shift, int entries)
        {
            var text = new StringBuilder("""{"config":{"steps":[""");
            for (var i = 0; i < entries; i++)
                text.Append(i == 0 ? "" : ",").Append($$"""{"x":{{(i * 7919 + shift) % 5000}},"text":"some text of a step that is long enough to weigh something {{i % 97}}","list":[{{i}},{{i + shift}}]}""");
            return text.Append("]}}").ToString();
        }
        var (before, after) = (Big(0, 100_000), Big(1, 100_001));
        Assert.True(before.Length > 10_000_000);
        var watch = Stopwatch.StartNew();
        var differences = SpecDiff.Of(before, after);
        Assert.NotEmpty(differences);
        // Seconds are normal; only a cost that grows with the square passes this bound.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("""{"db":{"password":"old-planted"}}""", """{"db":{"password":"new-planted"}}""")]
    [InlineData("""{"url":"amqp://u:old-planted@h/x"}""", """{"url":"amqp://u:new-planted@h/x"}""")]
    [InlineData("""{"args":["token=old-planted"]}""", """{"args":["token=new-planted"]}""")]
    [InlineData("""{"secrets":[{"deep":["old-planted",1]}]}""", """{"secrets":[{"deep":["new-planted",1]}]}""")]
    [InlineData("""{"meta":{"expanso.io/api_key":["a"]}}""", """{"meta":{"expanso.io/api_key":["planted"]}}""")]
    [InlineData("""{"a":1}""", """{"a":{"Password":{"x":"planted"}}}""")]
    [InlineData("password: old-planted", "{}")]
    public void Masked_ChangedSecret_StillChangedAndHidden(string before, string after)
    {
        var masked = SpecDiff.Shown(before, after);
        Assert.NotEmpty(masked);
        Assert.DoesNotContain(masked, d => (d.Path + d.Before + d.After + d.FromPath).Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public void Masked_ReferenceUnderSecretName_StaysReadable() =>
        Assert.Equal("\"${DB_PASSWORD}\"", Assert.Single(SpecDiff.Shown("""{"password":"x"}""", """{"password":"${DB_PASSWORD}"}""")).After);

    [Fact]
    public void Masked_OddName_PathStaysTheSame() =>
        Assert.Equal("""meta["expanso.io/a.b"]""", Assert.Single(SpecDiff.Shown("""{"meta":{}}""", """{"meta":{"expanso.io/a.b":1}}""")).Path);
}
