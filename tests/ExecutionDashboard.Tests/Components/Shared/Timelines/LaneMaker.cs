using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

/// <summary>Lanes and answers for tests. Moments are minutes from <see cref="Start"/>.</summary>
internal static class LaneMaker
{
    public static DateTimeOffset Start { get; } = PageRig.Start;

    public static DateTimeOffset At(double minute) => Start.AddMinutes(minute);

    public static StateSpan Span(string state, double from, double? to = null) => new(state, At(from), to is { } end ? At(end) : null);

    public static ExecutionBar Bar(string id, string job, string previous, params StateSpan[] spans) =>
        new() { ExecutionId = id, JobId = job, JobVersion = 1, PreviousExecutionId = previous, Spans = spans };

    public static NodeLane Node(string id, params ExecutionBar[] bars) => new() { NodeId = id, Bars = bars, Connection = [Span("connected", -60)] };

    public static FleetTimeline Answer(long sequence, params NodeLane[] lanes) =>
        new() { From = At(-60), To = At(0), LogId = "log", Sequence = sequence, KnownSince = At(-600), Lanes = lanes };
}
