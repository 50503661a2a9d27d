using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live.Planes;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Live;

/// <summary>Requests histories from the feed, of what the viewer sees; secrets are masked in the answers. Of several planes the feed of the one that has it is asked, and all of them about the fleet.</summary>
public sealed class FeedHistoryClient(HttpClient http, IFeedAddress address, FeedKey key, FleetSight? sight = null, PlaneFeeds? planes = null)
{
    // Servers accept request lines of 8 KB.
    private const int LongestPath = 4_000;

    /// <summary>The history of an execution, or why there is none.</summary>
    public async Task<(FeedHistory? History, string? Problem)> OfExecutionAsync(string id, CancellationToken cancel)
    {
        if (sight?.SeesExecution(id) == false) return (null, FleetSight.None);
        var (at, plane, own) = Of(id);
        var (history, problem) = await AskAsync<FeedHistory>(at, FeedContract.HistoryPath(own), cancel);
        return (history is null ? null : new([.. history.Items.Where(change => !(change.At > sight?.At)).Select(change => Shown(PlaneEntities.In(plane, change)))], ShownText.Of(history.Problem)), problem);
    }

    /// <summary>The states of a deployment's nodes over time, or why there are none.</summary>
    public Task<(DeploymentHistory? History, string? Problem)> OfDeploymentAsync(string id, CancellationToken cancel) =>
        WhyNot(id) is { } why ? Task.FromResult<(DeploymentHistory?, string?)>((null, why)) : UpToThePastAsync(AskAsync<DeploymentHistory>(Of(id).At, FeedContract.DeploymentHistoryPath(Of(id).Id), cancel));

    /// <summary>The canary verdict of a deployment just before a point in time, or why it is unknown.</summary>
    public Task<(CanaryVerdict? Verdict, string? Problem)> OfCanaryAsync(string id, DateTimeOffset at, CancellationToken cancel) =>
        WhyNot(id) is { } why ? Task.FromResult<(CanaryVerdict?, string?)>((null, why)) : AskAsync<CanaryVerdict>(Of(id).At, FeedContract.CanaryPath(Of(id).Id, at), cancel);

    /// <summary>The timelines of nodes in a range, or why they are unknown. At most <see cref="FeedContract.MostLanes"/> nodes.</summary>
    public async Task<(FleetTimeline? Timeline, string? Problem)> OfNodesAsync(IEnumerable<string> nodeIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var answer = await SeenAsync(nodeIds, from, to, cancel);
        return answer.Timeline is { } told && sight?.At is { } at ? (UpTo(told, at), answer.Problem) : answer;
    }

    private async Task<(FleetTimeline? Timeline, string? Problem)> SeenAsync(IEnumerable<string> nodeIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        if (sight is not { IsWhole: false }) return await LanesAsync([.. nodeIds], from, to, cancel);
        var (timeline, problem) = await LanesAsync([.. nodeIds.Where(sight.SeesNode)], from, to, cancel);
        // How many changes were left out counts those of others too.
        return (timeline is null ? null : timeline with { Lanes = [.. timeline.Lanes.Select(lane => lane with { LeftOut = 0, Bars = [.. lane.Bars.Where(bar => sight.Sees(bar.JobId, lane.NodeId))] })] }, problem);
    }

    private async Task<(FleetTimeline? Timeline, string? Problem)> LanesAsync(List<string> nodes, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        if (planes is null) return await LanesAsync(address, nodes, from, to, cancel);
        var sequence = planes.Sequence;
        var ofPlanes = nodes.Select(planes.Of).Where(node => node is not null).GroupBy(node => node!.Value.Feed, node => node!.Value.Id).ToDictionary(own => own.Key, own => own.ToList());
        // Also without nodes: since when anything is known is told all the same.
        var (answers, problem) = await planes.AskAllAsync(ofPlanes.Count > 0 ? ofPlanes.Keys : planes.All, feed => LanesAsync(feed.Address, ofPlanes.GetValueOrDefault(feed) ?? [], from, to, cancel));
        if (answers.Count == 0) return (null, problem);
        var timeline = PlaneAnswers.Timeline(answers, nodes, sequence, planes.LogId);
        // What a plane did not answer is asked for again.
        return (problem is null ? timeline : timeline with { IsFilling = true }, problem);
    }

    private Task<(FleetTimeline? Timeline, string? Problem)> LanesAsync(IFeedAddress at, List<string> nodes, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var path = FeedContract.TimelinePath(nodes, from, to);
        if (path.Length <= LongestPath) return AskAsync<FleetTimeline>(at, path, cancel);
        var question = new TimelineQuestion(nodes, from.UtcDateTime.ToString("O"), to.UtcDateTime.ToString("O"));
        return AskAsync<FleetTimeline>(at, FeedContract.TimelineQuestionPath, cancel, () => JsonContent.Create(question, options: FeedContract.Json));
    }

    /// <summary>The fleet at a point in time, or why it is unknown.</summary>
    public Task<(FleetMoment? Moment, string? Problem)> AtAsync(DateTimeOffset at, bool withNodes, CancellationToken cancel) =>
        sight is { IsWhole: false } ? Task.FromResult<(FleetMoment?, string?)>((null, FleetSight.OfTheWhole)) : OfFleetAsync<FleetMoment>(FeedContract.MomentPath(at, withNodes), PlaneAnswers.Moment, cancel);

    /// <summary>What changed in a range of time, or why it is unknown.</summary>
    public async Task<(FleetChanges? Changes, string? Problem)> OfChangesAsync(DateTimeOffset from, DateTimeOffset to, ChangeGrouping by, CancellationToken cancel)
    {
        if (sight is { IsWhole: false }) return (null, FleetSight.OfTheWhole);
        var (changes, problem) = await OfFleetAsync<FleetChanges>(FeedContract.ChangesPath(from, to, by), answers => PlaneAnswers.Changes(answers, by), cancel);
        return (changes is null ? null : changes with { Opened = [.. changes.Opened.Select(Attention.ProblemClient.Shown)], Resolved = [.. changes.Resolved.Select(Attention.ProblemClient.Shown)] }, problem);
    }

    /// <summary>The convergence of a job, or of the fleet, or why it is unknown.</summary>
    /// <param name="jobId">The job; empty for the fleet.</param>
    /// <param name="cancel">Cancels it.</param>
    public Task<(ConvergenceReport? Report, string? Problem)> OfConvergenceAsync(string jobId, CancellationToken cancel) =>
        sight is { IsWhole: false } && (jobId.Length == 0 || !sight.SeesWholeJob(jobId)) ? Task.FromResult<(ConvergenceReport?, string?)>((null, FleetSight.OfTheWhole))
        : jobId.Length == 0 ? OfFleetAsync<ConvergenceReport>(FeedContract.ConvergencePath(jobId), PlaneAnswers.Convergence, cancel)
        : AskAsync<ConvergenceReport>(Of(jobId).At, FeedContract.ConvergencePath(Of(jobId).Id), cancel);

    private string? WhyNot(string deployment) => sight is null || sight.SeesWholeDeployment(deployment) ? null : sight.SeesDeployment(deployment) ? FleetSight.InPart : FleetSight.None;

    // Mask here as the store does, so that no caller receives a secret.
    private static StateChange Shown(StateChange change) => change with { Message = ShownText.Of(change.Message), ErrorCode = ShownText.Of(change.ErrorCode) };

    // What came after the moment that is seen is not told.
    private async Task<(DeploymentHistory? History, string? Problem)> UpToThePastAsync(Task<(DeploymentHistory? History, string? Problem)> asked)
    {
        var (history, problem) = await asked;
        if (history is null || sight?.At is not { } at) return (history, problem);
        var count = history.Times.TakeWhile(time => time <= at).Count();
        return (new([.. history.Times.Take(count)], [.. history.Series.Select(series => series with { Counts = [.. series.Counts.Take(count)] })]), problem);
    }

    private static FleetTimeline UpTo(FleetTimeline timeline, DateTimeOffset at) => timeline with
    {
        Lanes =
        [
            .. timeline.Lanes.Select(lane => lane with { Connection = UpTo(lane.Connection, at), Bars = [.. lane.Bars.Select(bar => bar with { Spans = UpTo(bar.Spans, at) }).Where(bar => bar.Spans.Count > 0)] }),
        ],
    };

    private static IReadOnlyList<StateSpan> UpTo(IReadOnlyList<StateSpan> spans, DateTimeOffset at) => [.. spans.Where(span => span.From <= at).Select(span => span.To > at ? span with { To = null } : span)];

    // Which feed has it, under which id.
    private (IFeedAddress At, string Plane, string Id) Of(string id) => planes?.Of(id) is { } own ? (own.Feed.Address, own.Feed.Plane, own.Id) : (address, "", id);

    // Where a plane does not answer there is no answer about the fleet: it would look like one.
    private async Task<(T? Answer, string? Problem)> OfFleetAsync<T>(string path, Func<IReadOnlyList<(string Plane, T Answer)>, T> merge, CancellationToken cancel) where T : class
    {
        if (planes is null) return await AskAsync<T>(address, path, cancel);
        var (answers, problem) = await planes.AskAllAsync(planes.All, feed => AskAsync<T>(feed.Address, path, cancel));
        return problem is null ? (merge(answers), null) : (null, problem);
    }

    private async Task<(T? Answer, string? Problem)> AskAsync<T>(IFeedAddress at, string path, CancellationToken cancel, Func<HttpContent>? question = null) where T : class
    {
        if (at.BaseAddress is not { } feed) return (null, "The feed's address is not known yet.");
        try
        {
            using var request = new HttpRequestMessage(question is null ? HttpMethod.Get : HttpMethod.Post, new Uri(feed, path.TrimStart('/'))) { Content = question?.Invoke() };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!reply.IsSuccessStatusCode) return (null, reply.StatusCode == HttpStatusCode.Unauthorized ? FeedConnection.KeyRefused : $"The feed has no history of it (status {(int)reply.StatusCode}).");
            var answer = await reply.Content.ReadFromJsonAsync<T>(FeedContract.Json, cancel);
            return answer is null ? (null, "The feed sent no history.") : (answer, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, $"The feed cannot be asked for the history: {ShownText.Of(e.Message)}");
        }
    }
}
