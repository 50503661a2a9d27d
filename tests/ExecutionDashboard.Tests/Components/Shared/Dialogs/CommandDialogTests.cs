using Bunit;
using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Tests.Feed;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Shared.Dialogs;

/// <summary>What the dialogs of commands ask for, what they say of what moved, and of others.</summary>
public sealed class CommandDialogTests : IAsyncDisposable
{
    private static readonly Deployment Canary = new()
    {
        Id = "d", JobId = "job-1", State = "in_progress", FromVersion = 1, ToVersion = 2, TotalNodes = 20, CanaryNodes = ["node-1"], CanaryPromoted = false, RollbackToVersion = 1, Revision = 1,
    };

    private readonly PageRig _rig = new();
    private readonly IRenderedComponent<MudDialogProvider> _dialogs;

    public CommandDialogTests()
    {
        _rig.Load(PageRig.Good, PageRig.Execution("exec-1"), FleetChange.Of(Canary), FleetChange.Of(new Job { Id = "job-1", Name = "ingest", State = "deploying", Version = 2, Revision = 1 }));
        _dialogs = _rig.Render<MudDialogProvider>();
    }

    private IReadOnlyList<string> Calls => ((TestControlPlane)_rig.Services.GetRequiredService<IControlPlane>()).Calls;

    [Fact]
    public async Task Promote_ManyNodesFollow_NeedsReasonAndName()
    {
        await OpenAsync(dialogs => dialogs.AskOfDeploymentAsync("d", OperationKind.Promote));
        Assert.True(IsOff("Promote 1 canary"));
        await TypeAsync("#command-reason", "Seen enough");
        Assert.True(IsOff("Promote 1 canary"));
        await TypeAsync("#command-typed", "Ingest");
        Assert.False(IsOff("Promote 1 canary"));

        await PressAsync("Promote 1 canary");

        _dialogs.WaitForAssertion(() => Assert.Empty(_dialogs.FindAll(".stop-dialog")));
        Assert.Contains("promote", Calls);
    }

    [Fact]
    public async Task Promote_FewNodesFollow_AsksOnly()
    {
        Follow(Canary with { TotalNodes = 4, Revision = 2 });
        await OpenAsync(dialogs => dialogs.AskOfDeploymentAsync("d", OperationKind.Promote));
        Assert.Empty(_dialogs.FindAll("#command-typed"));
        Assert.False(IsOff("Promote 1 canary"));

        // More nodes than a person can look through: it becomes high, and stays so.
        Follow(Canary with { TotalNodes = 40, Revision = 3 });
        _dialogs.WaitForElement("#command-typed");
        Follow(Canary with { TotalNodes = 4, Revision = 4 });
        await TypeAsync("#command-reason", "Seen enough");
        Assert.True(IsOff("Promote 1 canary"));
    }

    [Fact]
    public async Task Stop_ExecutionMovedWhileItStoodOpen_IsAskedAgain()
    {
        await OpenAsync(dialogs => dialogs.AskToStopAsync("exec-1"));
        Assert.False(IsOff("Stop the execution"));

        FollowExecution(KnownExecutionState.Degraded);
        _dialogs.WaitForAssertion(() => Assert.Contains("It was running when you asked; it is degraded now.", _dialogs.Find(".moved").TextContent, StringComparison.Ordinal));
        Assert.True(IsOff("Stop the execution"));
        await _dialogs.InvokeAsync(() => _dialogs.Find(".moved .text-button").Click());
        Assert.Empty(_dialogs.FindAll(".moved"));
        await PressAsync("Stop the execution");

        _dialogs.WaitForAssertion(() => Assert.Contains("stop", Calls));
    }

    [Fact]
    public async Task Stop_ExecutionEndedWhileItStoodOpen_OffersNothingMore()
    {
        await OpenAsync(dialogs => dialogs.AskToStopAsync("exec-1"));

        FollowExecution(KnownExecutionState.Failed);

        _dialogs.WaitForAssertion(() => Assert.Contains("It was running when you asked; it has failed since", _dialogs.Find(".moved").TextContent, StringComparison.Ordinal));
        Assert.Empty(_dialogs.FindAll(".moved .text-button"));
        Assert.True(IsOff("Stop the execution"));
    }

    [Fact]
    public async Task Dialog_OfAnotherOperator_IsSaidWhileItIsOpen()
    {
        await OpenAsync(dialogs => dialogs.AskOfDeploymentAsync("d", OperationKind.Promote));
        var own = Assert.Single(_rig.Services.GetRequiredService<OpenCommands>().Own);
        Assert.Equal(("Promote", FleetKind.Deployment, "d"), (own.Command, own.Kind, own.TargetId));

        Say(1, new IntendedCommand { Id = "x:1", By = "Ann", Command = "Promote", Kind = FleetKind.Deployment, TargetId = "d", JobId = "job-1" }, new IntendedCommand { Id = "x:2", Command = "StopJob", Kind = FleetKind.Job, TargetId = "job-1", JobId = "job-1" });
        _dialogs.WaitForAssertion(() => Assert.Equal(["Ann is about to promote it", "Somebody is about to stop the job"], _dialogs.FindAll(".presence").Select(p => p.TextContent.Trim())));
        Say(2);
        _dialogs.WaitForAssertion(() => Assert.Empty(_dialogs.FindAll(".presence")));

        await PressAsync("Cancel");
        _dialogs.WaitForAssertion(() => Assert.Empty(_rig.Services.GetRequiredService<OpenCommands>().Own));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private async Task OpenAsync(Func<IDialogService, Task> ask)
    {
        await _dialogs.InvokeAsync(() => ask(_rig.Services.GetRequiredService<IDialogService>()));
        _dialogs.WaitForElement(".stop-dialog");
    }

    private void Say(long version, params IntendedCommand[] commands)
    {
        _rig.Services.GetRequiredService<OpenCommands>().Take(new(version, commands));
        _rig.Time.Advance(LiveSignals.Interval);
    }

    private void Follow(Deployment deployment)
    {
        // The nodes that a rollout reaches are counted again every few seconds.
        _rig.Time.Advance(LiveSignals.ClockPace);
        _rig.Follow(null, FleetChange.Of(deployment));
        _rig.Time.Advance(LiveSignals.Interval);
    }

    private void FollowExecution(KnownExecutionState state)
    {
        _rig.Follow(null, PageRig.Execution("exec-1", state));
        _rig.Time.Advance(LiveSignals.Interval);
    }

    private Task TypeAsync(string css, string text) => _dialogs.InvokeAsync(() => _dialogs.Find(css).Input(text));

    private Task PressAsync(string button) => _dialogs.InvokeAsync(() => _dialogs.FindAll(".stop-dialog button").Single(b => b.TextContent.Trim() == button).Click());

    private bool IsOff(string button) => _dialogs.FindAll(".stop-dialog button").Single(b => b.TextContent.Trim() == button).HasAttribute("disabled");
}
