using Bunit;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components.Shared.States;

/// <summary>A state is icon, word and colour.</summary>
public sealed class StateChipTests
{
    public static TheoryData<string> Known => [.. ExecutionState.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Render_KnownState_HasItsWordItsClassAndAnIconOfTheSheet(string name)
    {
        await using var rig = new PageRig();
        var sheet = rig.Render<IconSheet>();

        var chip = rig.Render<StateChip>(c => c.Add(s => s.State, ExecutionState.Parse(name)));

        Assert.Equal(name, chip.Find(".state").TextContent.Trim());
        Assert.Contains("st-" + name, chip.Find(".state").ClassList);
        Assert.NotNull(sheet.Find(chip.Find("use").GetAttribute("href")!));
    }

    [Theory]
    [InlineData("hibernating", "hibernating")]
    [InlineData("<b>x</b>", "<b>x</b>")]
    [InlineData("", "unknown")]
    public async Task Render_OtherState_IsShownAsSentAndDashed(string sent, string shown)
    {
        await using var rig = new PageRig();

        var chip = rig.Render<StateChip>(c => c.Add(s => s.State, ExecutionState.Parse(sent)));

        Assert.Equal(shown, chip.Find(".state").TextContent.Trim());
        Assert.Contains("st-other", chip.Find(".state").ClassList);
        Assert.Equal("#i-other", chip.Find("use").GetAttribute("href"));
    }

    [Fact]
    public async Task Render_LastKnown_SaysSo()
    {
        await using var rig = new PageRig();

        var chip = rig.Render<StateChip>(c => c.Add(s => s.State, ExecutionState.Parse("running")).Add(s => s.LastKnown, true));

        Assert.Contains("last-known", chip.Find(".state").ClassList);
        Assert.Contains("unreachable", chip.Find(".state").GetAttribute("title"), StringComparison.Ordinal);
    }
}
