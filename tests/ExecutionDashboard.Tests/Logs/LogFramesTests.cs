using System.Text;
using CsCheck;
using ExecutionDashboard.ControlPlane.Logs;

namespace ExecutionDashboard.Tests.Logs;

public sealed class LogFramesTests
{
    [Fact]
    public void Read_LokiFrame_GivesItsLinesInOrder()
    {
        var (lines, unreadable) = Read("""
            {"streams":[
              {"stream":{"service_name":"expanso-edge","pipeline_id":"j","node_id":"n1","level":"ERROR"},"values":[["1793534400123456789","first\n"],["1793534400200000000","second"]]},
              {"stream":{"node_id":"n2","detected_level":"warning"},"values":[["1793534400300000000","third"]]}
            ]}
            """);

        Assert.Equal(0, unreadable);
        Assert.Equal([("n1", LogLevelName.Error, "first"), ("n1", LogLevelName.Error, "second"), ("n2", LogLevelName.Warn, "third")], lines.Select(l => (l.NodeId, l.Level, l.Text)));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(1793534400123456789 / 100), lines[0].At);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("not json", 1)]
    [InlineData("{\"streams\":", 1)]
    [InlineData("[]", 1)]
    [InlineData("7", 1)]
    [InlineData("{\"streams\":7}", 1)]
    [InlineData("{\"other\":1}", 1)]
    [InlineData("{}", 0)]
    [InlineData("{\"streams\":null}", 0)]
    [InlineData("{\"streams\":[]}", 0)]
    [InlineData("{\"streams\":[{\"stream\":null,\"values\":null}]}", 0)]
    [InlineData("{\"streams\":[null,7,\"x\",{}]}", 4)]
    [InlineData("{\"streams\":[{\"values\":[null,7,[],[\"1\"],[\"1\",null]]}]}", 5)]
    public void Read_WhatIsNoFrame_IsCountedNotThrown(string frame, int unreadable)
    {
        var (lines, count) = Read(frame);
        Assert.Empty(lines);
        Assert.Equal(unreadable, count);
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("\"\"")]
    [InlineData("-5")]
    [InlineData("\"99999999999999999999999999\"")]
    [InlineData("{\"a\":1}")]
    [InlineData("null")]
    [InlineData("0")]
    public void Read_StampOfNoCalendar_IsNotSent(string stamp) => Assert.Null(Assert.Single(Read($$$"""{"streams":[{"values":[[{{{stamp}}},"line"]]}]}""").Lines).At);

    [Fact]
    public void Read_OddLines_ArePlainAndCut()
    {
        var (lines, _) = Read($$$"""{"streams":[{"values":[["1","a\u0000b\r\nc\td"],["1",{"level":"x"}],["1",12],["1","{{{new string('y', 200_000)}}}"]]}]}""");
        Assert.Equal("ab\nc\td", lines[0].Text);
        Assert.Equal("""{"level":"x"}""", lines[1].Text);
        Assert.Equal("12", lines[2].Text);
        Assert.Equal(LogFrames.LongestLine, lines[3].Text.Length);
        Assert.Equal(200_000 - LogFrames.LongestLine, lines[3].Left);
    }

    [Fact]
    public void Read_StackTrace_IsOneLineWithItsEndsOfLines()
    {
        var (lines, _) = Read("""{"streams":[{"values":[["1","\u001b[31mboom\u001b[0m\r\n\tat A.B()\r\n\tat C.D()\n"]]}]}""");
        Assert.Equal("boom\n\tat A.B()\n\tat C.D()", Assert.Single(lines).Text);
    }

    [Fact]
    public void Read_StreamsOfOneFrame_AreInOrderOfTimeAndOtherwiseOfTheFrame()
    {
        var (lines, _) = Read("""
            {"streams":[
              {"stream":{"node_id":"n1","level":"error"},"values":[["1793534400300000000","dies"],[null,"why"]]},
              {"stream":{"node_id":"n1","level":"info"},"values":[["1793534400100000000","works"],["1793534400300000000","as late"],["1793534400400000000","its successor starts"]]},
              {"stream":{"node_id":"n2","level":"info"},"values":[["1793534400100000000","as early"]]}
            ]}
            """);
        Assert.Equal(["works", "as early", "dies", "as late", "its successor starts"], lines.Where(l => l.At is not null).Select(l => l.Text));
        Assert.Equal("why", lines[lines.FindIndex(l => l.Text == "dies") + 1].Text);
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(bytes => LogFrames.Read(bytes, _ => { }) >= 0);

    [Fact]
    public void Read_HalfAFrame_NeverThrows()
    {
        var frame = Encoding.UTF8.GetBytes("""{"streams":[{"stream":{"node_id":"n","level":"info"},"values":[["1793534400123456789","text \ud83d\ude00"]]}]}""");
        for (var length = 0; length < frame.Length; length++) Assert.Equal(1, LogFrames.Read(frame.AsMemory(0, length), _ => { }));
    }

    private static (List<LogLine> Lines, int Unreadable) Read(string frame)
    {
        var lines = new List<LogLine>();
        return (lines, LogFrames.Read(Encoding.UTF8.GetBytes(frame), lines.Add));
    }
}
