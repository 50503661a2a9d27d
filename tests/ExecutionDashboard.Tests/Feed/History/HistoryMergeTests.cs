using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class HistoryMergeTests
{
    [Theory]
    [InlineData("db password: hunter2")]
    [InlineData("Execution failed: db password: hunter2")]
    public void Read_SecretBehindAColon_IsHiddenBeforeItsNameIsCutOff(string message)
    {
        var told = new HistoryEvent { Message = message, At = DateTimeOffset.UnixEpoch, Details = new Dictionary<string, string> { ["new_state"] = "failed" } };

        var step = HistoryMerge.Read(told, new StateChange { Id = "e" })!;

        Assert.DoesNotContain("hunter2", step.Message, StringComparison.Ordinal);
        Assert.Equal("failed", step.To);
    }

    [Fact]
    public void Read_StateThatIsASecret_IsHidden()
    {
        var told = new HistoryEvent { At = DateTimeOffset.UnixEpoch, Details = new Dictionary<string, string> { ["new_state"] = "token=hunter2" } };

        Assert.Equal("token=•••", HistoryMerge.Read(told, new StateChange { Id = "e" })!.To);
    }
}
