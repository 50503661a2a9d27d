using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Counts calls to the control plane and their failures, meter <c>ExecutionDashboard.ControlPlane</c>.</summary>
internal sealed class CallMetrics
{
    private static readonly ControlPlaneError[] Kinds = Enum.GetValues<ControlPlaneError>();
    private readonly long[] _errors = new long[Kinds.Length];
    private readonly Counter<long> _requests;
    private ImmutableList<ViewerQueue> _queues;

    public CallMetrics(IMeterFactory meters, ViewerQueue turns)
    {
        _queues = [turns];
        var meter = meters.Create("ExecutionDashboard.ControlPlane");
        _requests = meter.CreateCounter<long>("control_plane.requests", "{request}", "Calls to the control plane, by the feed (caller=feed) and for viewers (caller=viewer)");
        // All kinds from the start: a counter that appears with its first failure has no rate at that time.
        meter.CreateObservableCounter(
            "control_plane.errors", () => Kinds.Select(k => new Measurement<long>(Volatile.Read(ref _errors[(int)k]), KeyValuePair.Create<string, object?>("error", ErrorKinds.Name(k)))),
            "{error}", "Calls to the control plane that failed, by kind of failure");
        meter.CreateObservableGauge(
            "control_plane.queue.length", () => new Measurement<long>[] { Queue("reads", _queues.Sum(queue => queue.WaitingReads)), Queue("commands", _queues.Sum(queue => queue.WaitingCommands)) },
            "{request}", "Calls for viewers that wait for a turn (ControlPlane:MaxConcurrentRequests)");

        static Measurement<long> Queue(string name, long length) => new(length, KeyValuePair.Create<string, object?>("queue", name));
    }

    /// <summary>Counts those that wait in another queue, too: there is one for each of several control planes.</summary>
    public void Count(ViewerQueue queue) => ImmutableInterlocked.Update(ref _queues, queues => queues.Add(queue));

    /// <summary>Counts a call.</summary>
    public void Called(bool isForViewer) => _requests.Add(1, KeyValuePair.Create<string, object?>("caller", isForViewer ? "viewer" : "feed"));

    /// <summary>Counts a failure.</summary>
    public void Failed(ControlPlaneError error) => Interlocked.Increment(ref _errors[(int)error]);
}
