using ExecutionDashboard.Fleet.Attention;
using static ExecutionDashboard.Tests.Feed.Problems.ProblemRig;

namespace ExecutionDashboard.Tests.Feed.Problems;

/// <summary>Acknowledgements as the feed keeps and ends them.</summary>
public sealed class AcknowledgementTests : IDisposable
{
    private readonly ProblemRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Acknowledge_UntilAMoment_EndsThenEvenIfItGetsWorse()
    {
        _rig.Report(Problem("a"));
        Assert.True(_rig.Store.Acknowledge("a", "Ann", Noon.AddMinutes(10)));
        _rig.Report(Problem("a", ProblemSeverity.Critical, nodes: 100));
        Assert.Equal("Ann", _rig.Record("a").Acknowledgement!.By);

        _rig.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), _rig.Service.Step());
        Assert.NotNull(_rig.Record("a").Acknowledgement);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        _rig.Service.Step();

        Assert.Null(_rig.Record("a").Acknowledgement);
        Assert.Equal("Opened Acknowledged Changed Unacknowledged", _rig.Events("a"));
    }

    [Fact]
    public void Acknowledge_WithoutATime_EndsWhenItGetsATenthWorse()
    {
        _rig.Report(Problem("a", nodes: 100));
        _rig.Store.Acknowledge("a", "Ann", null);

        _rig.Report(Problem("a", nodes: 109));
        Assert.NotNull(_rig.Record("a").Acknowledgement);
        _rig.Restart();
        _rig.Report(Problem("a", nodes: 110));

        Assert.Null(_rig.Record("a").Acknowledgement);
    }

    [Fact]
    public void Acknowledge_ThenResolvedAndBack_IsNotAcknowledged()
    {
        _rig.Report(Problem("a"));
        _rig.Store.Acknowledge("a", "Ann", Noon.AddHours(1));
        _rig.Report();
        _rig.Report(Problem("a"));
        Assert.Null(_rig.Record("a").Acknowledgement);
        _rig.Store.Acknowledge("a", "Bob", Noon.AddHours(3));

        _rig.Time.Advance(TimeSpan.FromHours(1));
        _rig.Service.Step();

        Assert.Equal("Bob", _rig.Record("a").Acknowledgement!.By);
    }

    [Fact]
    public void Acknowledge_EndedWhileTheFeedWasOff_EndsAtTheStart()
    {
        _rig.Report(Problem("a"));
        _rig.Store.Acknowledge("a", "Ann", Noon.AddMinutes(1));
        _rig.Time.Advance(TimeSpan.FromHours(1));

        _rig.Restart();
        _rig.Service.Step();

        Assert.Null(_rig.Record("a").Acknowledgement);
    }

    [Fact]
    public void At_MomentsAroundAnAcknowledgement_SayWhoHadItThenAlsoWhenItIsResolvedByNow()
    {
        _rig.Report(Problem("a"));
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        _rig.Store.Acknowledge("a", "Ann", Noon.AddHours(1));
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        _rig.Store.Acknowledge("a", "Bob", null);
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        _rig.Store.Unacknowledge("a", "Bob");
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        _rig.Report();

        string[] who = [.. new[] { 30, 90, 150, 210 }.Select(seconds => _rig.Reader.At(Noon.AddSeconds(seconds)).Items.Single().Acknowledgement?.By ?? "nobody")];

        Assert.Equal(["nobody", "Ann", "Bob", "nobody"], who);
    }

    [Fact]
    public void Unacknowledge_NobodyDid_IsFalse()
    {
        _rig.Report(Problem("a"));

        Assert.False(_rig.Store.Unacknowledge("a", "Ann"));
        Assert.False(_rig.Store.Unacknowledge("b", "Ann"));
        Assert.False(_rig.Store.Acknowledge("b", "Ann", null));
        _rig.Store.Acknowledge("a", "Ann", null);
        Assert.True(_rig.Store.Unacknowledge("a", "Bob"));
        Assert.Equal("Bob", _rig.Reader.Of("a")!.Events[^1].By);
    }
}
