using System.Diagnostics;
using System.Text;
using CsCheck;
using ExecutionDashboard.Components.Shared.Specs;

namespace ExecutionDashboard.Tests.Components.Shared.Specs;

public sealed class SpecLinesTests
{
    private const string Spec = """
        {"name":"a","config":{"pipeline":{"processors":[{"mapping":"root = this\nroot.a = 1"},{"log":{"level":"INFO"}}],"threads":2}},"meta":{},"list":[]}
        """;

    private static IEnumerable<string> Folds(SpecLines lines) =>
        lines.Lines.Select((line, i) => (line, i)).Where(l => l.line.FoldTo >= 0).Select(l => $"{l.line.Text.Trim()} {l.line.FoldTo - l.i}");

    [Fact]
    public void Of_Json_FoldsWhatIsBetweenBrackets() =>
        Assert.Equal(["{ 18", "\"config\": { 13", "\"pipeline\": { 11", "\"processors\": [ 8", "{ 1", "{ 3", "\"log\": { 1"], Folds(SpecLines.Of(Spec, SpecSyntax.Json)));

    [Fact]
    public void Of_Yaml_FoldsTextListsAndNames()
    {
        var folds = Folds(SpecLines.Of(Spec, SpecSyntax.Yaml)).ToArray();
        Assert.Contains("config: 8", folds);
        Assert.Contains("processors: 5", folds);
        Assert.Contains("- mapping: |- 2", folds);
        Assert.DoesNotContain(folds, f => f.StartsWith("threads", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_Tree_ShowsNamesAndCounts()
    {
        var lines = SpecLines.Of(Spec, SpecSyntax.Tree);
        Assert.Equal("name  \"a\"", lines.Lines[0].Text);
        Assert.Equal("config  {1}", lines.Lines[1].Text);
        Assert.Contains(lines.Lines, l => l.Text.Trim() == "mapping  text of 2 lines" && l.FoldTo >= 0);
        Assert.Contains(lines.Lines, l => l is { IsText: true } && l.Text.Trim() == "root.a = 1");
        Assert.Equal("list  []", lines.Lines[^1].Text);
    }

    [Theory]
    [InlineData(SpecSyntax.Json)]
    [InlineData(SpecSyntax.Yaml)]
    [InlineData(SpecSyntax.Tree)]
    public void Of_OddSpecs_NeverThrowsAndHidesSecrets(SpecSyntax syntax)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 60)) + "1" + string.Concat(Enumerable.Repeat("]}", 60));
        foreach (var json in new[] { "", "null", "7", "not json: password: planted", deep, "{\"a\":1,\"a\":2}", "{\"<b onclick=x>\":\"<script>\"}", "{\"\\ud83d\":\"\\udc00\"}", "{\"password\":\"planted\"}", "{\"x\":\"a\\r\\nb\\u0000\"}" })
        {
            var lines = SpecLines.Of(json, syntax);
            Assert.NotEmpty(lines.Lines);
            Assert.DoesNotContain(lines.Lines, l => l.Text.Contains("planted", StringComparison.Ordinal) || l.Text.Contains('\n', StringComparison.Ordinal));
        }
        Assert.True(SpecLines.Of(deep, syntax).Lines.Count > 60);
    }

    [Fact]
    public void Of_OneMegabyte_IsLaidOutInAMoment()
    {
        var text = new StringBuilder("""{"name":"big","config":{"steps":[""");
        for (var i = 0; i < 8_000; i++) text.Append(i == 0 ? "" : ",").Append($$"""{"mapping":"root = this\nroot.x = {{i}}","label":"step {{i}}","url":"https://host-{{i}}.example.com/a/b?c=d","n":{{i}}}""");
        var json = text.Append("]}}").ToString();
        Assert.True(json.Length > 900_000);
        foreach (var syntax in Enum.GetValues<SpecSyntax>())
        {
            var watch = Stopwatch.StartNew();
            Assert.True(SpecLines.Of(json, syntax).Lines.Count > 30_000);
            // A tenth of this is normal; only a cost that grows with the square passes this bound.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"{syntax}: {watch.Elapsed}");
        }
    }

    [Fact]
    public void Parts_AnyLineAndSearch_AreTheLine() =>
        Gen.Select(Gen.String[Gen.Char["ab:\"-{}[]$•,| 1"], 0, 40], Gen.String[Gen.Char["ab:1$"], 0, 3], Gen.Int[0, 2]).Sample((text, sought, syntax) =>
            string.Concat(SpecParts.Of(new SpecLine(text), (SpecSyntax)syntax, sought).Select(p => p.Text)) == text, iter: 5_000);

    [Fact]
    public void Folds_ToggleSearchAndOpen_KeepTheLinesInOrder()
    {
        var folds = new SpecFolds(SpecLines.Of(Spec, SpecSyntax.Tree));
        var all = folds.Shown.Count;
        folds.Toggle(1);
        Assert.True(folds.IsFolded(1));
        Assert.Equal([0, 1, all - 2, all - 1], folds.Shown);
        folds.Seek("ROOT.A");
        Assert.False(folds.IsFolded(1));
        Assert.Single(folds.Matches);
        Assert.Equal(folds.Matches[0], folds.Shown[folds.CurrentPlace]);
        folds.FoldFrom(0);
        Assert.True(folds.Shown.Count < all);
        folds.OpenAll();
        Assert.Equal(all, folds.Shown.Count);
        folds.Seek("nowhere");
        Assert.Equal((0, -1), (folds.Matches.Count, folds.Go(1)));
    }
}
