using System.Text.Json;
using CsCheck;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Components.Shared.Specs;

public sealed class CompareRowsTests
{
    private static IReadOnlyList<CompareRow> Rows(string before, string after, bool all = false) =>
        CompareRows.Of(SpecComparison.Of(SpecValue.Parse(before)!, SpecValue.Parse(after)!), new HashSet<int>(), all);

    private static string[] Drawn(string before, string after) => [.. Rows(before, after).Select(r => r.Mark == CompareMark.Fold ? $"{r.Left}{r.Note}" : $"{r.Mark}|{r.Left}|{r.Right}")];

    [Fact]
    public void Of_ChangedValue_StandsBetweenItsNamesAndFolds() =>
        Assert.Equal(["2 unchanged: a, b", "Same|c:|c:", "Same|  x: 1|  x: 1", "Changed|  z: 2|  z: \"3\""], Drawn("""{"a":1,"b":2,"c":{"x":1,"z":2}}""", """{"c":{"z":"3","x":1},"b":2,"a":1}"""));

    [Fact]
    public void Of_Lists_ReadLikeYaml() =>
        Assert.Equal(
            ["Same|p:|p:", "Changed|  - log: a|  - log: b", "Removed|  - - x|", "Removed|    - z|", "Added||  - name: m", "Added||    list:", "Added||      - 1"],
            Drawn("""{"p":[{"log":"a"},["x","z"]]}""", """{"p":[{"log":"b"},{"name":"m","list":[1]}]}"""));

    [Fact]
    public void Of_TextOfLines_IsComparedLineByLine() =>
        Assert.Equal(["Same|m: ||m: |", "Same|  a|  a", "Changed|  b|  x", "Same|  c|  c"], Drawn("""{"m":"a\nb\nc"}""", """{"m":"a\nx\nc"}"""));

    [Fact]
    public void Of_MovedEntry_SaysFromWhere()
    {
        var moved = Assert.Single(Rows("""[{"name":"a"},{"name":"b"},{"name":"c"}]""", """[{"name":"c"},{"name":"a"},{"name":"b"}]"""), r => r.Mark == CompareMark.Moved);
        Assert.Equal(("- name: c", "moved from [2] to [0]", 1), (moved.Right, moved.Note, moved.Difference));
    }

    [Fact]
    public void Of_IgnoredDifference_IsInAFoldThatSaysSoAndShowsEachSide()
    {
        var comparison = SpecComparison.Of(SpecValue.Parse("""{"a":1,"nil":null,"c":{"x":1,"z":[]}}""")!, SpecValue.Parse("""{"a":1,"c":{"x":1,"z":{}}}""")!, ignoreEmpty: true);
        Assert.Equal("3 unchanged: a, nil, c (2 ignored)", Assert.Single(CompareRows.Of(comparison, new HashSet<int>())).Note);
        var rows = CompareRows.Of(comparison, new HashSet<int>(), all: true).Skip(1).Select(r => $"{r.Left}|{r.Right}|{r.Note}");
        Assert.Equal(["a: 1|a: 1|", "nil: null||difference ignored", "c:|c:|", "  x: 1|  x: 1|", "  z: []|  z: {}|difference ignored"], rows);
    }

    [Fact]
    public void Of_ChangedSecret_SaysThatItDiffersAndHidesBoth()
    {
        var row = Assert.Single(Rows("""{"password":"planted"}""", """{"password":"planted2"}"""));
        Assert.Equal((CompareMark.Changed, "password: •••", "a hidden secret differs"), (row.Mark, row.Left, row.Note));
    }

    [Theory]
    [InlineData("a: 300", "a: 500", "300", "500")]
    [InlineData("a: x logs", "a: x logs, more", "", ", more")]
    [InlineData("a: this.message", "a: this.message.trim()", "", ".trim()")]
    [InlineData("a: r3b", "a: r4b", "r3b", "r4b")]
    public void Shared_TwoLines_MarksWholeWords(string left, string right, string leftPart, string rightPart)
    {
        var (start, end) = new CompareRow(CompareMark.Changed, left, right).Shared;
        Assert.Equal((leftPart, rightPart), (left[start..^end], right[start..^end]));
    }

    [Fact]
    public void Of_AddedMember_StandsWhereItStandsInTheSecond() =>
        Assert.Equal(["Same|a: 1|a: 1", "Added||b: 2", "Same|c: 3|c: 3"], Drawn("""{"a":1,"c":3}""", """{"a":1,"b":2,"c":3}"""));

    [Fact]
    public void Of_EverythingOpen_HasEveryLineOfBothSides()
    {
        var scalar = One("1", "\"x\"", "true", "null", "\"a\\nb\"");
        var json = Gen.Recursive<string>((depth, inner) => depth > 3 ? scalar : Gen.OneOf(scalar, inner.List[0, 4].Select(e => "[" + string.Join(',', e) + "]"),
            Gen.Select(One("a", "b", "name", "log", "x y"), inner).List[1, 4].Select(m => "{" + string.Join(',', m.DistinctBy(p => p.Item1).Select(p => JsonSerializer.Serialize(p.Item1) + ":" + p.Item2)) + "}")));
        Gen.Select(json, json).Sample((before, after) =>
        {
            var rows = Rows(before, after, all: true);
            var comparison = SpecComparison.Of(SpecValue.Parse(before)!, SpecValue.Parse(after)!);
            Assert.Equal(comparison.Counts.Total, rows.Max(r => r.Difference));
            Assert.Equal(Enumerable.Range(1, comparison.Counts.Total), rows.Where(r => r.Difference > 0).Select(r => r.Difference));
            if (comparison.Counts.Total > 0 && comparison.Counts.Moved == 0) Assert.Equal(Leaves(before), rows.Where(r => r.Mark != CompareMark.Fold).Sum(r => Leaf(r.Left)));
        }, iter: 2_000);

        static int Leaf(string? line) => line is not null && line.TrimEnd() is { } text && (text.EndsWith("true", StringComparison.Ordinal) || text.EndsWith("null", StringComparison.Ordinal)) ? 1 : 0;
        static int Leaves(string text) => text.Split("true").Length + text.Split("null").Length - 2;
    }

    [Fact]
    public void TextDiff_AnyTexts_HasTheLinesOfBoth() =>
        Gen.Select(One("a", "b", "c", "").List[0, 12], One("a", "b", "c", "").List[0, 12]).Sample((before, after) =>
        {
            var lines = TextDiff.Of(before, after);
            return lines.Where(l => l.Before is not null).Select(l => l.Before!).SequenceEqual(before) && lines.Where(l => l.After is not null).Select(l => l.After!).SequenceEqual(after);
        }, iter: 5_000);

    [Theory]
    [InlineData("execution:a/b c")]
    [InlineData("previous:e-1")]
    [InlineData("job:j@3")]
    [InlineData("version:3:j:1")]
    [InlineData("pasted")]
    public void SpecRef_Text_RoundTripsThroughAnAddress(string text)
    {
        var url = CompareUrl.For(SpecRef.Parse(text)!, SpecRef.Pasted);
        var read = CompareUrl.Parse("http://x/" + url + "&view=unified#f");
        Assert.Equal((text, "pasted", true), (read.Left?.ToString(), read.Right?.ToString(), read.Unified));
    }

    [Theory]
    [InlineData("")]
    [InlineData("execution:")]
    [InlineData("version:x:j")]
    [InlineData("version:99999999999:j")]
    [InlineData("other:1")]
    // A hash in an address would confirm a guessed spec.
    [InlineData("then:1793541720000:0a1b2c:j")]
    public void SpecRef_AnythingElse_IsNone(string text) => Assert.Null(SpecRef.Parse(text));

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("ab\u200bc", "abc")]
    public void Of_TextsThatLookTheSame_SaysThatTheirCharactersDiffer(string before, string after)
    {
        Assert.Equal("look the same, differ in characters", Assert.Single(Rows(Json("a", before), Json("a", after))).Note);
        Assert.Equal("look the same, differ in characters", Assert.Single(Rows(Json("a", before + "\nb"), Json("a", after + "\nb")), row => row.Mark == CompareMark.Changed).Note);
        Assert.All(Rows(Json(before, "1"), Json(after, "1")), row => Assert.Equal("look the same, differ in characters", row.Note));

        static string Json(string name, string value) => "{" + JsonSerializer.Serialize(name) + ":" + JsonSerializer.Serialize(value) + "}";
    }

    [Fact]
    public void Of_CharacterWithoutAWidth_IsSeen() => Assert.Equal(["Changed|a: \"ab\\u200bc\"|a: abc"], Drawn("{\"a\":\"ab\u200bc\"}", """{"a":"abc"}"""));

    [Fact]
    public void Of_LineEndsThatDiffer_SaysWhiteSpace() => Assert.Equal("white space differs", Assert.Single(Rows("""{"a":"x\ny"}""", """{"a":"x\r\ny"}"""), row => row.Difference > 0).Note);

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
