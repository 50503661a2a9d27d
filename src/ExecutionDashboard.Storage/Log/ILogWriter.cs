namespace ExecutionDashboard.Storage.Log;

/// <summary>Appends to the log. There is one, used by one thread.</summary>
internal interface ILogWriter : IDisposable
{
    /// <summary>The last sequence number; 0 before the first.</summary>
    long LastSequence { get; }

    /// <summary>The key that the next new entity gets.</summary>
    long NextKey { get; }

    /// <summary>Number of entities whose newest body is not settled.</summary>
    int Unsettled { get; }

    /// <summary>Whether ids are indexed, so that a later run recognises removed entities.</summary>
    bool HasIndex { get; }

    /// <summary>Numbers and stores changes, all or none. Returns the first number and the key of each entity.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was stored; the numbers are used for the next changes.</exception>
    (long First, long[] Keys) Append(IReadOnlyList<Difference> differences);

    /// <summary>Whether a body that is newer than a change is not settled.</summary>
    bool IsUnsettled(long key, long sequence);

    /// <summary>Settles at most this many bodies in one transaction.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was settled.</exception>
    void Settle(int atMost);

    /// <summary>Indexes the ids after the first load.</summary>
    /// <exception cref="System.Data.Common.DbException">The index was not created.</exception>
    void IndexIds();
}
