using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Live;

/// <summary>What a connection to a feed keeps up to date. One caller at a time.</summary>
public interface IFeedTarget
{
    /// <summary>Id of the log of <see cref="Sequence"/>; empty before the first batch.</summary>
    string LogId { get; }

    /// <summary>Sequence number of the last change applied; -1 before the first complete snapshot.</summary>
    long Sequence { get; }

    /// <summary>Whether the whole fleet of the feed is loaded.</summary>
    bool IsComplete { get; }

    /// <summary>What the feed last said.</summary>
    FeedStatus Status { get; }

    /// <summary>Number of executions.</summary>
    int ExecutionCount { get; }

    /// <summary>What a store that is loaded aside goes on from.</summary>
    FleetObservations Observations { get; }

    /// <summary>Applies a batch. False when its numbers do not follow: nothing was applied, and the caller must subscribe again.</summary>
    bool Apply(FeedBatch batch);

    /// <summary>Replaces the data by a snapshot that was loaded aside.</summary>
    /// <param name="store">Has all of it.</param>
    /// <param name="logId">The log of the sequence number.</param>
    /// <param name="sequence">The changes after this number follow.</param>
    void Load(FleetStore store, string logId, long sequence);

    /// <summary>Tells how much of a snapshot is loaded aside, while there is nothing else to show.</summary>
    void Loading(int executions);

    /// <summary>Records that the feed is unreachable. The data is kept.</summary>
    void FeedLost(string problem);
}
