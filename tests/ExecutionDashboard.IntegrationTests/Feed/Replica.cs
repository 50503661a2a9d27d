using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.SignalR.Client;

namespace ExecutionDashboard.IntegrationTests.Feed;

/// <summary>A strict client of the feed: it applies batches by the rules of <see cref="FeedBatch"/> and fails on any gap.</summary>
internal sealed class Replica
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private bool _inSnapshot;

    public string LogId { get; private set; } = "";
    public long Sequence { get; private set; }
    public Dictionary<string, Execution> Executions { get; } = [];
    public HashSet<string> Specs { get; } = [];
    public List<FeedBatch> Batches { get; } = [];
    public FeedStatus? Status { get; private set; }
    public int Resets { get; private set; }

    public Dictionary<string, (string State, long Revision)> States => Executions.ToDictionary(e => e.Key, e => (e.Value.Actual.State.Name, e.Value.Revision));

    /// <summary>Subscribes from where it stands and applies until the condition holds.</summary>
    public async Task FollowAsync(HubConnection connection, Func<Replica, bool> until)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await foreach (var batch in connection.StreamAsync<FeedBatch>(FeedContract.Subscribe, LogId, Sequence, patience.Token))
        {
            Apply(batch);
            if (!_inSnapshot && until(this)) return;
        }
        Assert.Fail($"The stream ended at {Sequence}: {Status}");
    }

    private void Apply(FeedBatch batch)
    {
        Batches.Add(batch);
        if (batch.Status is { } status)
        {
            Status = status;
            LogId = status.LogId;
        }
        if (batch.Reset)
        {
            Resets++;
            Executions.Clear();
            Specs.Clear();
            Sequence = batch.Sequence;
            _inSnapshot = true;
        }
        Assert.Equal(Sequence, batch.Previous);
        Assert.True(batch.Sequence >= batch.Previous);
        Assert.Equal(batch.Changes.Count, batch.Changes.Select(c => (c.Kind, c.Id)).Distinct().Count());
        foreach (var change in batch.Changes)
        {
            if (change.Spec is { } spec) Specs.Add(spec.Hash);
            if (change.Kind != FleetKind.Execution) continue;
            if (change.Removed) Executions.Remove(change.Id);
            else Executions[change.Id] = change.Execution!;
        }
        if (_inSnapshot && batch.Remaining == 0) _inSnapshot = false;
        Sequence = batch.Sequence;
    }
}
