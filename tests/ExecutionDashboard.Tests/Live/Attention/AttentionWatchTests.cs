using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live.Attention;

public sealed class AttentionWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly Replica _replica;
    private readonly Problems _problems;
    private readonly AttentionWatch _watch;
    private long _sequence = 7;

    public AttentionWatchTests()
    {
        var signals = new LiveSignals(_time);
        _replica = new Replica(signals, _time);
        _problems = new Problems(signals);
        _watch = new AttentionWatch(_replica, _problems, Options.Create(new AttentionOptions()), _time, NullLogger<AttentionWatch>.Instance);
    }

    private static FeedStatus Answered(double seconds) => new() { LogId = "log", LastSuccessAt = Start.AddSeconds(seconds) };

    private static FleetChange Pending(string id = "e1") => FleetChange.Of(new Execution
    {
        Id = id, JobId = "job", NodeId = "n1", Desired = new(ExecutionState.Parse("running")), Actual = new(ExecutionState.Parse("pending")), CreatedAt = Start, UpdatedAt = Start,
    });

    private static FleetChange Connected => FleetChange.Of(new Node { Id = "n1", Connection = "connected" });

    private void Load(FeedStatus status, int remaining = 0) =>
        Assert.True(_replica.Apply(new FeedBatch { Sequence = _sequence, Reset = true, Remaining = remaining, Changes = [Connected, Pending()], Status = status }));

    private void Hear(FeedStatus status, params FleetChange[] changes)
    {
        Assert.True(_replica.Apply(new FeedBatch { Previous = _sequence, Sequence = _sequence + changes.Length, Changes = changes, Status = status }));
        _sequence += changes.Length;
    }

    private string[] Look()
    {
        _watch.Look();
        return [.. _problems.Open.Select(p => p.Problem.Id)];
    }

    [Fact]
    public void Look_BeforeAllIsLoaded_KnowsNothing()
    {
        Load(Answered(500), remaining: 1);

        Assert.Empty(Look());
        Assert.False(_problems.IsKnown);
    }

    [Fact]
    public void Look_FleetInTrouble_ShowsItForAllThatItConcerns()
    {
        Load(Answered(500));

        Assert.Equal(["dispatch-lost/job@0"], Look());
        Assert.True(_problems.IsKnown);
        Assert.Equal(Start.AddSeconds(500), _problems.AsOf);
        Assert.Single(_problems.Of(FleetKind.Execution, "e1"));
        Assert.Single(_problems.Of(FleetKind.Node, "n1"));
        Assert.Empty(_problems.Of(FleetKind.Execution, "e2"));
    }

    [Fact]
    public void Look_BlindFeed_OpensNothingButThatItIsBlind()
    {
        Load(Answered(60));
        Assert.Empty(Look());

        _time.Advance(TimeSpan.FromMinutes(10));
        Hear(Answered(60) with { BlindSince = Start.AddSeconds(61), Problem = "Connection refused" });

        Assert.Equal(["control-plane-unreachable"], Look());
        Assert.False(_problems.IsKnown);
        Hear(Answered(100));
        Assert.Empty(Look());
        Assert.True(_problems.IsKnown);
    }

    [Fact]
    public void Look_FeedGone_KeepsWhatWasKnownBehindIt()
    {
        Load(Answered(500));
        Look();
        _replica.FeedLost("The feed ended the stream.");
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(["feed-lost", "dispatch-lost/job@0"], Look());
    }

    [Fact]
    public void Look_NothingChanged_KeepsTheVersionThoughTimeGoesOn()
    {
        Load(Answered(500));
        Look();
        var version = _problems.Version;
        Hear(Answered(501));

        Look();
        Assert.Equal((version, (DateTimeOffset?)Start.AddSeconds(501)), (_problems.Version, _problems.AsOf));
    }

    [Fact]
    public void Look_ClockOfTheControlPlane_CountsInsteadOfOurs()
    {
        Load(Answered(0) with { ClockSkewSeconds = 100 });
        Assert.DoesNotContain("dispatch-lost/job@0", Look());

        Hear(Answered(20) with { ClockSkewSeconds = 100 });
        Assert.Contains("dispatch-lost/job@0", Look());
    }

    [Fact]
    public void Look_NewSnapshot_ForgetsWhatIsGone()
    {
        Load(Answered(500));
        Look();
        _sequence = 20;
        Assert.True(_replica.Apply(new FeedBatch { Sequence = _sequence, Reset = true, Changes = [Connected], Status = Answered(501) }));

        Assert.Empty(Look());
    }
}
