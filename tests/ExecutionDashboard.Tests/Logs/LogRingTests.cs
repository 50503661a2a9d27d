using ExecutionDashboard.Components.Shared.Logs;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Logs;

namespace ExecutionDashboard.Tests.Logs;

public sealed class LogRingTests
{
    [Fact]
    public void Add_MoreThanItHolds_KeepsTheNewestAndCountsTheRest()
    {
        var ring = new LogRing(3);
        for (var i = 1; i <= 5; i++) ring.Add(Line($"line {i}", i == 1 ? LogLevelName.Error : LogLevelName.Info));
        Assert.Equal((5, 3, 2), (ring.Total, ring.Count, ring.FellOut));
        Assert.Equal(["line 3", "line 4", "line 5"], ring.Lines().Select(l => l.Text));
        Assert.Equal((0, 3), (ring.Of(LogLevelName.Error), ring.Of(LogLevelName.Info)));
    }

    [Fact]
    public void Lines_Filtered_AreThoseThatMatchAndTheGaps()
    {
        var ring = new LogRing(10);
        ring.Add(Line("kafka refused", LogLevelName.Error));
        ring.Add(Line("kafka fine", LogLevelName.Info));
        ring.AddGap(DateTimeOffset.UnixEpoch, "lost");
        ring.Add(Line("other", LogLevelName.Error, "edge-7"));
        Assert.Equal(["kafka refused", "lost"], ring.Lines(Matcher("KAFKA -level:info")).Select(l => l.Text));
        Assert.Equal(["lost", "other"], ring.Lines(Matcher("edge-7")).Select(l => l.Text));
    }

    [Theory]
    [InlineData("password=hunter2 rest")]
    [InlineData("connecting to kafka://shipper:hunter2@broker:9093")]
    [InlineData("""{"level":"info","api_key":"hunter2"}""")]
    [InlineData("Authorization: Bearer hunter2hunter2")]
    public void Add_SecretInALine_IsHidden(string text)
    {
        var ring = new LogRing(1);
        ring.Add(Line(text));
        Assert.DoesNotContain("hunter2", ring.Lines()[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_OfASearch_MakeTheTextAgain()
    {
        Assert.Equal([("a ", false), ("Kaf", true), ("ka kAf ", false)], LogLabels.Parts("a Kafka kAf ", ["kaf"]).Take(2).Append(("ka kAf ", false)));
        foreach (var search in new[] { "", "a", "aa", "zz", "A K" })
            Assert.Equal("aaa Kafka aaa", string.Concat(LogLabels.Parts("aaa Kafka aaa", [search, "kafka"]).Select(p => p.Text)));
        Assert.Equal(20, LogLabels.Parts(new string('x', 100), ["x"]).Count(p => p.IsHit));
    }

    [Fact]
    public void Add_EscapeWithinASecret_IsHiddenAll()
    {
        var ring = new LogRing(3);
        ring.Add(Line("\u001b[33mpass\u001b[0mword=hunter2"));
        ring.Add(Line("url kafka://shipper:hun\u001b[1mter2@broker:9093"));
        ring.Add(Line(new string('x', LogRing.LongestLine - 12) + " password=hunter2hunter2"));
        Assert.All(ring.Lines(), l => Assert.DoesNotContain("hun", l.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Add_LongLine_IsCutAndSaysByHowMuch()
    {
        var ring = new LogRing(1);
        ring.Add(Line(new string('y', LogFrames.LongestLine)) with { Left = 5 });
        var line = ring.Lines()[0];
        Assert.Equal((LogRing.LongestLine, LogFrames.LongestLine - LogRing.LongestLine + 5), (line.Text.Length, line.Left));
    }

    [Fact]
    public void Keep_ThenAFlood_StillHasWhatWasThere()
    {
        var ring = new LogRing(3);
        for (var i = 1; i <= 5; i++) ring.Add(Line($"old {i}", LogLevelName.Error, "n1"));
        ring.Keep(DateTimeOffset.UnixEpoch, "ended");
        for (var i = 1; i <= 10; i++) ring.Add(Line($"new {i}", node: "n2"));

        Assert.Equal(["old 3", "old 4", "old 5", "new 8", "new 9", "new 10"], ring.Lines().Select(l => l.Text));
        Assert.Equal((16, 6, 10, 3, 3), (ring.Total, ring.Count, ring.FellOut, ring.Of(LogLevelName.Error), ring.Of(LogLevelName.Info)));
        Assert.Equal((3, 3), (ring.ByNode["n1"], ring.ByNode["n2"]));
        Assert.Equal(["new 8", "new 9", "new 10"], ring.Lines(Matcher("node:n2")).Select(l => l.Text));
    }

    private static Func<LogEntry, bool>? Matcher(string filter) => LogQuery.All.WithTerms(filter).Matcher(new FleetStore(), DateTimeOffset.UnixEpoch);

    private static LogLine Line(string text, LogLevelName level = LogLevelName.Info, string node = "n") => new(DateTimeOffset.UnixEpoch, node, level, text);
}
