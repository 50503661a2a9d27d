using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>A change as lanes need it; texts by their key.</summary>
internal readonly record struct LaneEvent(
    long Previous, DateTimeOffset At, DateTimeOffset Seen, long Old, long New, long Node, ChangeSource Source, long Job, int JobVersion, long Deployment);

/// <summary>An execution that was removed, as lanes need it.</summary>
internal readonly record struct GoneExecution(string Id, long Last, string PreviousId, DateTimeOffset? CreatedAt, DateTimeOffset? StableAt);

/// <summary>Reads changes for those who follow them backwards, each by its number. Used by one thread.</summary>
/// <param name="reader">The log.</param>
internal abstract class LaneEvents(LogReader reader) : IDisposable
{
    /// <summary>Begins to read one state of the log.</summary>
    public abstract IDisposable Begin();

    /// <summary>Says which changes will be asked for, with those before them.</summary>
    public virtual void Expect(IReadOnlyList<long> sequences)
    {
    }

    /// <summary>Says which removed executions will be asked for, by key.</summary>
    public virtual void ExpectGone(IReadOnlyList<long> keys)
    {
    }

    /// <summary>The execution of a key whose end is stored; null when there is none.</summary>
    public abstract GoneExecution? Gone(long key);

    /// <summary>The change of a number; null when it was pruned.</summary>
    public abstract LaneEvent? Find(long sequence);

    /// <summary>Sequence number of the last change seen by a time; 0 without one.</summary>
    public abstract long LastSeenBy(DateTimeOffset at, long upTo);

    /// <summary>The text of a key; empty for 0.</summary>
    public string TextOf(long key) => reader.TextOf(key);

    public abstract void Dispose();

    /// <summary>A stored time; null for 0.</summary>
    protected static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
