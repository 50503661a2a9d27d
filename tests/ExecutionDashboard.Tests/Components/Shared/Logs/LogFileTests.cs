using ExecutionDashboard.Components.Shared.Logs;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Live.Logs;

namespace ExecutionDashboard.Tests.Components.Shared.Logs;

/// <summary>The file that a log is downloaded as.</summary>
public sealed class LogFileTests
{
    [Fact]
    public void File_SaysWhatItHoldsAndWhatIsLeftOut()
    {
        LogEntry[] lines =
        [
            new(7, DateTimeOffset.UnixEpoch, "n1", LogLevelName.Error, "boom\n  at A"), new(8, DateTimeOffset.UnixEpoch, "", LogLevelName.None, "lost", IsGap: true), new(9, null, "n1", LogLevelName.Info, "long", Left: 3),
        ];
        var text = System.Text.Encoding.UTF8.GetString(LogFile.Write("Log of job j", lines, 9, "text o", id => id + "!", DateTimeOffset.UnixEpoch));
        Assert.Equal("""
            # Log of job j
            # Downloaded 1970-01-01T00:00:00.000Z: 2 of 9 lines, only those: text o. Secrets are masked.
            1970-01-01T00:00:00.000Z  error     n1!  boom
              at A
            # 1970-01-01T00:00:00.000Z lost
            (no time)  info      n1!  long … (3 more characters not kept)

            """.ReplaceLineEndings("\n"), text);
    }
}
