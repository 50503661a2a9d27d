using ExecutionDashboard.Feed.Audit;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Tests.Feed.Audit;

/// <summary>What the feed keeps of the acts that dashboards tell it.</summary>
public sealed class AuditStoreTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Append_TheSameAgain_IsStoredOnceAndHasItsNumber()
    {
        Assert.Equal([1, 2], _rig.Store.Append([_rig.Entry("a", AuditOutcome.Asked), _rig.Entry("b", AuditOutcome.Asked)]));
        // The answer was lost, and the dashboard tells both again with what followed.
        Assert.Equal([1, 2, 3], _rig.Store.Append([_rig.Entry("a", AuditOutcome.Asked), _rig.Entry("b", AuditOutcome.Asked), _rig.Entry("a", AuditOutcome.Accepted)]));

        Assert.Equal(3, _rig.Board.Status.AuditVersion);
        Assert.Equal("b:asked a:accepted", _rig.Acts());
    }

    [Fact]
    public void Append_ClockThatWentBack_KeepsTheOrderOfTheRows()
    {
        _rig.Add(_rig.Entry("a"));
        _rig.Restart();
        _rig.Time.AdjustTime(_rig.Time.GetUtcNow().AddHours(-2));
        _rig.Add(_rig.Entry("b"));

        var rows = _rig.Reader.Acts(new(), 10).Acts.SelectMany(act => act.Rows).ToList();
        Assert.Equal(rows[1].StoredAt, rows[0].StoredAt);
        Assert.True(rows[0].Entry.At < rows[1].Entry.At);
        Assert.Equal(0, _rig.Verify().Broken);
    }

    [Fact]
    public void CloseAbandoned_ActOfADashboardThatEnded_IsClosedOnceAlsoAfterARestart()
    {
        _rig.Add(_rig.Entry("left", AuditOutcome.Asked), _rig.Entry("left", AuditOutcome.Accepted), _rig.Entry("done", AuditOutcome.Asked), _rig.Entry("done", AuditOutcome.Seen));
        _rig.Time.Advance(AuditStore.Abandoned / 2);
        _rig.Restart();
        _rig.Time.Advance(AuditStore.Abandoned / 2);
        Assert.Equal(0, _rig.Store.CloseAbandoned());
        _rig.Time.Advance(AuditStore.Abandoned / 2);

        Assert.Equal(1, _rig.Store.CloseAbandoned());
        Assert.Equal(0, _rig.Store.CloseAbandoned());
        Assert.Equal("done:seen left:unknown", _rig.Acts());
        // It was there after all: that is told, too.
        _rig.Add(_rig.Entry("left", AuditOutcome.Seen, answer: "stopped"));
        Assert.Equal("done:seen left:seen", _rig.Acts());
    }

    [Fact]
    public void Prune_RowsPastTheRetention_AreDeletedAndTheRestStaysVerifiable()
    {
        _rig.Add(_rig.Entry("old-1"), _rig.Entry("old-2"));
        _rig.Time.Advance(TimeSpan.FromDays(29));
        _rig.Add(_rig.Entry("young"));
        var head = _rig.Store.Head.ToString();
        _rig.Service.Step();
        Assert.Equal("young:done old-2:done old-1:done", _rig.Acts());

        // Not a moment before the retention is over.
        _rig.Time.Advance(TimeSpan.FromDays(1));
        _rig.Service.Step();
        Assert.Equal("young:done old-2:done old-1:done", _rig.Acts());
        _rig.Time.Advance(TimeSpan.FromDays(1));
        _rig.Service.Step();

        Assert.StartsWith("young:done", _rig.Acts(new AuditQuery { Who = "ann" }), StringComparison.Ordinal);
        Assert.Equal(AuditActions.Prune, _rig.Reader.Acts(new(), 10).Acts[0].Opened.Action);
        var verdict = _rig.Verify(head);
        Assert.Equal((0, "The audit is unbroken: rows 3 to 4."), (verdict.Broken, verdict.Message));
        _rig.Restart();
        _rig.Add(_rig.Entry("next"));
        Assert.Equal(0, _rig.Verify(head).Broken);
    }

    [Fact]
    public void Acts_Filters_FindByPersonActionOutcomeTargetTextAndTime()
    {
        _rig.Add(_rig.Entry("a", AuditOutcome.Asked), _rig.Entry("a", AuditOutcome.Failed, answer: "409 It moves"));
        _rig.Time.Advance(TimeSpan.FromHours(1));
        _rig.Add(_rig.Entry("b", AuditOutcome.Refused, AuditActions.DeleteJob, "Bob", "job-2", "This needs the role admin"));
        _rig.Add(_rig.Entry("c", action: AuditActions.SignIn, who: "somebody at 10.0.0.9"));

        Assert.Equal("c:done b:refused a:failed", _rig.Acts());
        Assert.Equal("b:refused", _rig.Acts(new() { Who = "BOB" }));
        Assert.Equal("c:done", _rig.Acts(new() { Who = "10.0.0.9" }));
        Assert.Equal("b:refused a:failed", _rig.Acts(new() { Actions = [AuditActions.DeleteJob, AuditActions.StopJob] }));
        Assert.Equal("a:failed", _rig.Acts(new() { Outcomes = [AuditOutcome.Failed] }));
        Assert.Equal("", _rig.Acts(new() { Outcomes = [AuditOutcome.Asked] }));
        Assert.Equal("b:refused", _rig.Acts(new() { Target = "job-2" }));
        Assert.Equal("a:failed", _rig.Acts(new() { Text = "it MOVES" }));
        Assert.Equal("a:failed", _rig.Acts(new() { Range = TimeRange.Of(null, Moment.At(_rig.Time.GetUtcNow())) }));
        Assert.Equal("c:done b:refused", _rig.Acts(new() { Range = TimeRange.Of(Moment.At(_rig.Time.GetUtcNow()), null) }));
        Assert.Equal("", _rig.Acts(new() { Text = "100%' OR 1=1 --" }));
        var page = _rig.Reader.Acts(new(), 2);
        Assert.True(page.More);
        Assert.Equal("a:failed", _rig.Acts(new() { Before = page.Acts[^1].Number }));
    }

    [Fact]
    public void Commands_AfterANumber_AreTheNewestRowsAboutCommands()
    {
        _rig.Add(_rig.Entry("a", action: AuditActions.SignIn), _rig.Entry("b", AuditOutcome.Asked), _rig.Entry("c", AuditOutcome.Asked, AuditActions.Pause));

        Assert.Equal([2, 3], _rig.Reader.Commands(0).Rows.Select(row => row.Number));
        Assert.Equal([3], _rig.Reader.Commands(2).Rows.Select(row => row.Number));
        Assert.Equal(3, _rig.Reader.Commands(3).Version);
    }

    [Fact]
    public void Attach_AnotherControlPlane_KeepsTheAudit()
    {
        _rig.Add(_rig.Entry("a"));
        _rig.Attach("http://elsewhere");
        _rig.Add(_rig.Entry("b"));
        Assert.Equal("b:done a:done", _rig.Acts());
        Assert.Equal(0, _rig.Verify().Broken);
    }
}
