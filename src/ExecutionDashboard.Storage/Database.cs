using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage;

/// <summary>Where everything is stored that lasts: one of the providers. Opened and migrated to this version. Safe for any thread.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>What it is called in messages: the file, or the database and its server. Without a password.</summary>
    public abstract string Name { get; }

    /// <summary>A session that writes.</summary>
    /// <param name="isDurable">Whether what was committed is there after the machine lost its power, too.</param>
    public abstract Session OpenSession(bool isDurable = false);

    /// <summary>A session that reads, beside those that write.</summary>
    public abstract Session OpenReader();

    /// <summary>The session of the change log's writer, of which there is one.</summary>
    /// <param name="leads">Whether it writes from now on, whoever did before; else when the lead was taken by <see cref="Lease"/>.</param>
    public abstract Session OpenLogSession(bool leads);

    /// <summary>Which of several feeds leads; null where there is one only.</summary>
    public virtual LeaderLease? Lease => null;

    /// <summary>What writes the change log.</summary>
    /// <param name="session">The session of the writer.</param>
    /// <param name="placements">Takes what is placed.</param>
    /// <param name="keyframeEvery">Number of changes between keyframes.</param>
    /// <param name="isLoading">Whether a first load has not ended.</param>
    public abstract ILogWriter OpenWriter(Session session, Placements placements, int keyframeEvery, bool isLoading);

    /// <summary>What removes old changes.</summary>
    public abstract LogPruner OpenPruner(Session session, ILogWriter writer, Placements placements);

    /// <summary>What reads changes by their numbers.</summary>
    public abstract LaneEvents OpenEvents(LogReader reader);

    /// <summary>SQL that depends on how the writer stores entities.</summary>
    public abstract EntitySql Entities { get; }

    /// <summary>Moves everything that belongs to a control plane aside, and gives where it is. What people saved and the audit stay.</summary>
    /// <param name="session">The session of the writer.</param>
    /// <param name="logId">Id of the log.</param>
    public abstract string SetAside(Session session, string logId);

    /// <summary>Path of a file on this machine; what is kept beside the database, but not in it, has its name with a suffix.</summary>
    public abstract string LocalFile { get; }

    /// <summary>Size, bytes.</summary>
    public abstract long Bytes { get; }

    public abstract void Dispose();
}

/// <summary>SQL that depends on how the writer stores entities.</summary>
/// <param name="Newest">All entities that exist: key, last, kind, id, body.</param>
/// <param name="After">The entities that changed after a number, with their newest change: key, last, kind, id, body, which is null for one that was removed.</param>
/// <param name="Last">The number of the newest change of an entity, by kind and id.</param>
/// <param name="Steps">The changes of one entity up to one of them, by its number, oldest first: <see cref="StepColumns"/>.</param>
/// <param name="Between">The entities that changed after a number and up to another, as they are now, by their newest change: the same columns. Empty where a log has no followers.</param>
internal sealed record EntitySql(string Newest, string After, string Last, string Steps, string Between = "")
{
    /// <summary>What is read of a change; texts by their keys.</summary>
    public const string StepColumns = "seq, old, new, desired, message, error, job, version, node, deployment, revision, at, seen, source";
}
