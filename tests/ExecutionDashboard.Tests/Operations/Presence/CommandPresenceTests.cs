using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Presence;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations.Presence;

/// <summary>Two tabs of one dashboard see each other's dialogs, and what the feed says of other dashboards.</summary>
public sealed class CommandPresenceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LiveSignals _signals;
    private readonly Replica _replica;
    private readonly OpenCommands _all;
    private readonly TestUser _ann = new(), _ben = new();
    private readonly CommandPresence _first, _second;

    public CommandPresenceTests()
    {
        _signals = new LiveSignals(_time);
        _replica = new Replica(_signals, _time);
        _all = new OpenCommands(_signals, _time);
        _ann.Show(new DashboardUser("Ann", AccessRole.Operator));
        _ben.Show(new DashboardUser("Ben", AccessRole.Viewer));
        (_first, _second) = (new(_all, _replica, new(_replica), _ann), new(_all, _replica, new(_replica), _ben));
        Assert.True(_replica.Apply(new FeedBatch
        {
            Previous = 1, Sequence = 1, Reset = true, Status = new FeedStatus { LogId = "log" },
            Changes = [FleetChange.Of(new Job { Id = "j" }), FleetChange.Of(new Deployment { Id = "d", JobId = "j" }), FleetChange.Of(new Execution { Id = "e", JobId = "j" }), FleetChange.Of(new Deployment { Id = "other", JobId = "k" })],
        }));
    }

    [Fact]
    public void Open_Dialog_IsSeenByTheOthersUntilItIsClosed()
    {
        var open = _first.Open(OperationKind.Promote, FleetKind.Deployment, "d");

        var seen = Assert.Single(_second.Others(FleetKind.Deployment, "d"));
        Assert.Equal(("Ann", "Promote", "j"), (seen.By, seen.Command, seen.JobId));
        Assert.Empty(_first.Others(FleetKind.Deployment, "d"));
        Assert.Empty(_second.Others(FleetKind.Deployment, "other"));
        open.Dispose();
        Assert.Empty(_second.Others(FleetKind.Deployment, "d"));
        Assert.Empty(_all.Own);
    }

    // What is done to a job is done to all of it; what is done to one execution is no matter for the others.
    [Theory]
    [InlineData(FleetKind.Job, "j", true, true, true)]
    [InlineData(FleetKind.Deployment, "d", true, true, false)]
    [InlineData(FleetKind.Execution, "e", false, false, true)]
    public void Others_OfTheSameJob_AreSeenWhereItMatters(FleetKind kind, string id, bool atJob, bool atDeployment, bool atExecution)
    {
        using var open = _first.Open(OperationKind.StopJob, kind, id);

        Assert.Equal((atJob, atDeployment, atExecution), (_second.Others(FleetKind.Job, "j").Count > 0, _second.Others(FleetKind.Deployment, "d").Count > 0, _second.Others(FleetKind.Execution, "e").Count > 0));
    }

    // Few are told one by one; of many, the jobs are told, since each of a thousand would be noise for everybody.
    [Theory]
    [InlineData(5, FleetKind.Execution)]
    [InlineData(6, FleetKind.Job)]
    public void Open_ForSeveral_IsSeenByWhoIsAboutToDoSomethingToOneOfThem(int count, FleetKind told)
    {
        Feed([.. Enumerable.Range(0, count).Select(i => FleetChange.Of(new Execution { Id = $"m{i}", JobId = i % 2 == 0 ? "j" : "k" })), FleetChange.Of(new Job { Id = "k" })]);
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"m{i}")];

        using (_first.Open(OperationKind.StopExecution, FleetKind.Execution, ids))
        {
            Assert.All(_all.Own, command => Assert.Equal((told, "StopExecution"), (command.Kind, command.Command)));
            Assert.Equal(told == FleetKind.Job ? 2 : count, _all.Own.Count);
            Assert.Single(_second.Others(FleetKind.Execution, "m1"));
            Assert.Equal(told == FleetKind.Job ? 2 : 1, _second.Others(FleetKind.Execution, ["m1", "e"]).Count);
            Assert.Equal(told == FleetKind.Job, _second.Others(FleetKind.Job, "j").Count > 0);
        }
        Assert.Empty(_all.Own);
        using var single = _first.Open(OperationKind.StopExecution, FleetKind.Execution, "m1");
        Assert.Single(_second.Others(FleetKind.Execution, ids));
    }

    [Fact]
    public void Open_ForSeveralOfManyJobs_LeavesRoomForOthers()
    {
        string[] jobs = [.. Enumerable.Range(0, 2 * CommandPresence.MostJobs).Select(i => $"j{i}")];

        using var open = _first.Open(OperationKind.StopJob, FleetKind.Job, jobs);

        Assert.Equal(CommandPresence.MostJobs, _all.Own.Count);
    }

    [Fact]
    public void Others_WithoutARole_SeeNothing()
    {
        using var open = _first.Open(OperationKind.Promote, FleetKind.Deployment, "d");
        _ben.Show(new DashboardUser("Ben", AccessRole.None, "Your sign-in ended."));

        Assert.Empty(_second.Others(FleetKind.Deployment, "d"));
    }

    [Fact]
    public void Tab_WithoutAConnectionOrClosed_IsAboutToDoNothing()
    {
        _first.Open(OperationKind.Promote, FleetKind.Deployment, "d");
        _first.SetConnected(false);
        Assert.Empty(_second.Others(FleetKind.Deployment, "d"));
        _first.SetConnected(true);
        Assert.Single(_second.Others(FleetKind.Deployment, "d"));

        _first.Dispose();

        Assert.Empty(_second.Others(FleetKind.Deployment, "d"));
    }

    [Fact]
    public void Take_OfTheFeed_AddsOtherDashboardsAndNoEchoOfThisOne()
    {
        using var open = _first.Open(OperationKind.Promote, FleetKind.Deployment, "d");
        var theirs = new IntendedCommand { Id = "elsewhere:1", By = "Cem\u202e", Command = "Rollback", Kind = FleetKind.Deployment, TargetId = "d", JobId = "j", Since = _time.GetUtcNow() };

        _all.Take(new(5, [.. _all.Own, theirs]));
        Assert.Equal(["Ann", "Cem[U+202E]"], _second.Others(FleetKind.Deployment, "d").Select(c => c.By));
        // An answer that was overtaken.
        _all.Take(new(4, []));
        Assert.Equal(2, _second.Others(FleetKind.Deployment, "d").Count);

        _all.Lose();
        Assert.Equal(["Ann"], _second.Others(FleetKind.Deployment, "d").Select(c => c.By));
        // A feed that started again counts from the beginning.
        _all.Take(new(1, [theirs]));
        Assert.Equal(2, _second.Others(FleetKind.Deployment, "d").Count);
    }

    public void Dispose() => _signals.Stop();

    private void Feed(params FleetChange[] changes) => Assert.True(_replica.Apply(new FeedBatch { Previous = 1, Sequence = 2, Changes = changes }));
}
