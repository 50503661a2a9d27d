using Bunit;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components.Shared.Text;

public class AtTests
{
    // A sentence goes on right behind it: "since 14:02; reconnecting".
    [Fact]
    public void MomentsAndStates_InASentence_AddNoSpaceOfTheirOwn()
    {
        using var context = new BunitContext();
        var at = context.Render<At>(p => p.Add(a => a.Time, DateTimeOffset.UnixEpoch).Add(a => a.Mode, "clock"));
        var chip = context.Render<StateChip>(p => p.Add(c => c.State, ExecutionState.Of(KnownExecutionState.Running)));
        Assert.Equal("""<rel-time at="0" mode="clock"></rel-time>""", at.Markup);
        Assert.StartsWith("<span", chip.Markup, StringComparison.Ordinal);
        Assert.EndsWith("</span>", chip.Markup, StringComparison.Ordinal);
    }
}
