using System.Data.Common;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using static ExecutionDashboard.Tests.Feed.Problems.ProblemRig;

namespace ExecutionDashboard.Tests.Feed.Problems;

/// <summary>What the feed makes of the reports of dashboards, and keeps.</summary>
public sealed class ProblemStoreTests : IDisposable
{
    private readonly ProblemRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Report_ProblemComesGrowsAndGoes_IsOpenedChangedResolved()
    {
        _rig.Report(Problem("a"));
        _rig.Report(Problem("a"));
        _rig.Report(Problem("a", nodes: 3));
        Assert.Equal(3, _rig.Record("a").Problem.Nodes);
        _rig.Time.Advance(TimeSpan.FromMinutes(4));
        _rig.Report();

        Assert.Empty(_rig.Store.Open().Items);
        Assert.Equal("Opened Changed Resolved", _rig.Events("a"));
        var resolved = Assert.Single(_rig.Reader.Resolved(null, null, 10));
        Assert.Equal((Noon, Noon.AddMinutes(4), 3), (resolved.OpenedAt, resolved.ResolvedAt, resolved.Problem.Nodes));
    }

    [Fact]
    public void Report_GrowsALittleEverySecond_HasARowAMinuteAndIsShownAsItIs()
    {
        for (var second = 0; second < 150; second++)
        {
            _rig.Report(Problem("a", nodes: 10_000 + second));
            Assert.Equal(10_000 + second, _rig.Record("a").Problem.Nodes);
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("Opened Changed Changed", _rig.Events("a"));
    }

    [Fact]
    public void Report_TheSameAgain_StoresNothingAndTellsNobody()
    {
        _rig.Report(Problem("a"));
        var version = _rig.Board.Status.ProblemsVersion;

        for (var i = 0; i < 5; i++) _rig.Report(Problem("a"));

        Assert.Equal(1, version);
        Assert.Equal(version, _rig.Board.Status.ProblemsVersion);
        Assert.Equal("Opened", _rig.Events("a"));
    }

    [Fact]
    public void Report_ComesBackThirdTimeWithin24Hours_SaysSo()
    {
        for (var i = 0; i < 3; i++)
        {
            _rig.Report(Problem("a"));
            _rig.Report();
            _rig.Time.Advance(TimeSpan.FromHours(1));
        }
        _rig.Restart();
        _rig.Report(Problem("a"));
        Assert.Equal(4, _rig.Record("a").OpenedToday);

        _rig.Time.Advance(TimeSpan.FromHours(21.5));
        Assert.Equal(3, _rig.Record("a").OpenedToday);

        _rig.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, _rig.Record("a").OpenedToday);
    }

    [Fact]
    public void Report_OfAnotherDashboardWithinTheLease_IsRefusedByName()
    {
        Assert.Null(_rig.ReportAs("one", Problem("a")));

        Assert.Equal("'one' reports the problems.", _rig.ReportAs("two"));
        _rig.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.NotNull(_rig.ReportAs("two"));
        Assert.Null(_rig.ReportAs("one", Problem("a")));
        _rig.Time.Advance(ProblemLimits.Lease);
        Assert.Null(_rig.ReportAs("two"));
        Assert.Equal("'two' reports the problems.", _rig.ReportAs("one", Problem("a")));
        Assert.Empty(_rig.Store.Open().Items);
    }

    [Fact]
    public void Report_OfAnOlderCopyOfTheFleet_IsRefused()
    {
        _rig.Report(Problem("a"));
        _rig.Report();

        Assert.Contains("already reported up to change 2", _rig.ReportLate(Problem("a")), StringComparison.Ordinal);

        Assert.Empty(_rig.Store.Open().Items);
    }

    [Fact]
    public void Report_OfAnotherLog_IsRefused() =>
        Assert.Equal("The report is of another change log.", _rig.Store.Report(new ProblemReport("x", 1, [], "another")));

    [Fact]
    public void Load_AfterARestart_EverythingIsAsItWas()
    {
        var problem = Problem("outage/region=eu", ProblemSeverity.Critical, nodes: 40) with
        {
            Subjects = [new(FleetKind.Node, "n/1", "node one")], Evidence = [new("40 nodes lost contact", "change log", Noon, "timeline")],
            NextSteps = [new(StepAction.Open, "nodes?q=eu", "Show the nodes", "Opens the list")], AwaitsDecision = true,
        };
        _rig.Report(problem, Problem("b", ProblemSeverity.Notice, cause: ProblemCause.DispatchLost));
        _rig.Store.Comment("outage/region=eu", "Ann", "The provider knows");
        _rig.Store.Acknowledge("outage/region=eu", "Bob", Noon.AddHours(2));
        var before = _rig.Store.Open();

        _rig.Restart();

        var after = _rig.Store.Open();
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(before.Items), System.Text.Json.JsonSerializer.Serialize(after.Items));
        Assert.Equal((before.Version, before.Version), (after.Version, _rig.Board.Status.ProblemsVersion));
        Assert.Equal("The provider knows", Assert.Single(after.Items[0].Comments).Text);
        Assert.Equal("Opened Commented Acknowledged", _rig.Events("outage/region=eu"));
    }

    [Fact]
    public void Comment_MoreThanAreKept_IsFalse()
    {
        _rig.Report(Problem("a"));
        for (var i = 0; i < ProblemLimits.Comments; i++) Assert.True(_rig.Store.Comment("a", "Ann", $"{i}"));

        Assert.False(_rig.Store.Comment("a", "Ann", "one more"));
    }

    [Fact]
    public void At_AnyPastMoment_HasWhatWasOpenAsItWasThen()
    {
        _rig.Report(Problem("a", nodes: 1));
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        _rig.Report(Problem("a", nodes: 5), Problem("b", ProblemSeverity.Critical));
        _rig.Store.Comment("a", "Ann", "later");
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        _rig.Report(Problem("b", ProblemSeverity.Critical));
        _rig.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_rig.Reader.At(Noon.AddSeconds(-1)).Items);
        Assert.Equal("a1", Open(Noon));
        Assert.Equal("a1", Open(Noon.AddSeconds(59)));
        Assert.Empty(_rig.Reader.At(Noon.AddSeconds(59)).Items[0].Comments);
        Assert.Equal("b1 a5", Open(Noon.AddSeconds(60)));
        Assert.Equal("b1", Open(Noon.AddSeconds(120)));
        Assert.Equal("b1", Open(_rig.Now));
        Assert.Equal(Noon, _rig.Reader.At(Noon).KnownSince);

        string Open(DateTimeOffset at) => string.Join(' ', _rig.Reader.At(at).Items.Select(r => $"{r.Problem.Id}{r.Problem.Nodes}"));
    }

    [Fact]
    public void Resolved_ByPages_NewestFirst()
    {
        for (var i = 0; i < 5; i++)
        {
            _rig.Report(Problem($"p{i}"));
            _rig.Report();
            _rig.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["p4", "p3"], _rig.Reader.Resolved(null, null, 2).Select(r => r.Problem.Id));
        Assert.Equal(["p2", "p1", "p0"], _rig.Reader.Resolved(null, Noon.AddMinutes(3), 9).Select(r => r.Problem.Id));
        Assert.Equal(["p4"], _rig.Reader.Resolved(Noon.AddMinutes(3), null, 9).Select(r => r.Problem.Id));
    }

    [Fact]
    public void Prune_OlderThanTheRetention_IsGoneAndWhatIsOpenStays()
    {
        _rig.Report(Problem("old"), Problem("open", nodes: 1));
        _rig.Report(Problem("open", nodes: 2));
        _rig.Store.Comment("open", "Ann", "kept");
        _rig.Report(Problem("open", nodes: 4));
        _rig.Time.Advance(_rig.Options.Retention + TimeSpan.FromMinutes(1));
        _rig.Report(Problem("open", nodes: 8));
        var version = _rig.Store.Open().Version;
        _rig.Service.Step();

        Assert.Equal("", _rig.Events("old"));
        Assert.Empty(_rig.Reader.Resolved(null, null, 9));
        // The newest state before the horizon tells what it was at it.
        Assert.Equal("Commented Changed Changed", _rig.Events("open"));
        Assert.Equal(4, _rig.Reader.At(_rig.Now - _rig.Options.Retention).Items.Single().Problem.Nodes);
        Assert.Equal(Noon + TimeSpan.FromMinutes(1), _rig.Reader.At(_rig.Now).KnownSince);
        _rig.Report();
        Assert.True(_rig.Store.Open().Version > version);
    }

    [Fact]
    public void Report_TheDatabaseIsLocked_ChangesNothingAndIsTakenLater()
    {
        _rig.Report(Problem("a"));
        using (TestStorage.Hold(_rig.File))
        {
            Assert.ThrowsAny<DbException>(() => _rig.Report(Problem("b")));
            Assert.Equal("a", Assert.Single(_rig.Store.Open().Items).Problem.Id);
        }

        Assert.Null(_rig.Report(Problem("b")));
        Assert.Equal("b", Assert.Single(_rig.Store.Open().Items).Problem.Id);
    }

    [Fact]
    public void Follow_WhatHappens_IsTheOpenOnesAndEachChange()
    {
        _rig.Report(Problem("a"));
        var (open, changes) = _rig.Store.Follow();
        _rig.Report(Problem("b"));
        _rig.Store.Acknowledge("b", "Ann", null);

        Assert.Equal("a", Assert.Single(open).Id);
        var seen = new List<string>();
        while (changes.TryRead(out var change)) seen.Add($"{change.Id} {(change.IsOpen ? "open" : "resolved")} {change.Record.Acknowledgement?.By}".TrimEnd());
        Assert.Equal(["b open", "a resolved", "b open Ann"], seen);
    }
}
