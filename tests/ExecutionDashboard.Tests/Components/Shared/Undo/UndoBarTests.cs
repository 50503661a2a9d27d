using Bunit;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Undo;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Undo;
using ExecutionDashboard.Tests.Feed;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Undo;

/// <summary>The bar that a command waits in.</summary>
public sealed class UndoBarTests : IAsyncDisposable
{
    private static readonly Deployment Rollout = new() { Id = "d", JobId = "job-1", State = "in_progress", FromVersion = 1, ToVersion = 2, Revision = 1 };

    private readonly PageRig _rig = new();
    private readonly IRenderedComponent<UndoBar> _bar;

    public UndoBarTests()
    {
        _rig.JSInterop.SetupModule("./js/undo.js").Mode = JSRuntimeMode.Loose;
        _rig.Load(PageRig.Good, FleetChange.Of(Rollout), FleetChange.Of(new Job { Id = "job-1", Name = "ingest", State = "deploying", Version = 2 }));
        _bar = _rig.Render<UndoBar>();
        Commands.Ask(OperationKind.Pause, "d", "ingest v1 → v2", "Pauses the rollout.");
        Draw();
        _bar.WaitForElement("[data-undo=waiting]");
    }

    private UndoableCommands Commands => _rig.Services.GetRequiredService<UndoableCommands>();

    private IReadOnlyList<string> Calls => ((TestControlPlane)_rig.Services.GetRequiredService<IControlPlane>()).Calls;

    [Fact]
    public void Waiting_IsShownWithItsTimeAndSaid()
    {
        Assert.Equal("Pausing ingest v1 → v2 in 5 seconds. Press z to undo.", _bar.Find("[role=status]").TextContent);
        Assert.Contains("Pauses the rollout.", _bar.Find(".undo-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("animation-duration: 5s", _bar.Find(".undo-time").GetAttribute("style"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_ByButtonOrKey_IsTakenBackAndSaid(bool byKey)
    {
        if (byKey) await _bar.InvokeAsync(() => _rig.Services.GetRequiredService<Viewer>().PressAsync("z"));
        else await _bar.InvokeAsync(() => _bar.Find(".undo-button").Click());
        Draw();

        _bar.WaitForAssertion(() => Assert.Equal("Pause of ingest v1 → v2 undone.", _bar.Find("[role=status]").TextContent));
        Assert.Empty(_bar.FindAll(".undo-bar"));
        Assert.DoesNotContain("pause", Calls);
    }

    [Fact]
    public async Task Moved_IsAskedAgainInPlainWords()
    {
        _rig.Follow(null, FleetChange.Of(Rollout with { ToVersion = 3, Revision = 2 }));
        _rig.Time.Advance(DelayedCommands.Delay);
        Draw();
        _bar.WaitForElement("[data-undo=answered]");
        Assert.Contains("It rolled out version 2 when you asked; it rolls out version 3.", _bar.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        await _bar.InvokeAsync(() => _bar.FindAll(".undo-button").Single(b => b.TextContent == "Pause anyway").Click());
        Draw();

        _bar.WaitForElement("[data-undo=waiting]");
        Assert.DoesNotContain("pause", Calls);
    }

    [Fact]
    public void Moved_NotPossibleAnyMore_OffersOnlyToCloseIt()
    {
        _rig.Follow(null, FleetChange.Of(Rollout with { State = "completed", Revision = 2, CompletedAt = PageRig.Start }));
        _rig.Time.Advance(DelayedCommands.Delay);
        Draw();
        _bar.WaitForElement("[data-undo=answered]");

        Assert.Contains("it has completed since", _bar.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("It has ended: completed.", _bar.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Dismiss", Assert.Single(_bar.FindAll(".undo-button")).TextContent);
    }

    // Signals that follow each other closely come together.
    private void Draw() => _rig.Time.Advance(LiveSignals.Interval);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
