namespace ExecutionDashboard.Storage;

/// <summary>
/// Which of several feeds over one database leads: the one whose lease has not run out, by the database's clock. The lease decides who may take over; that a former leader stores nothing more is made sure of
/// in each transaction. Safe for any thread.
/// </summary>
internal abstract class LeaderLease : IDisposable
{
    /// <summary>Who leads, and how far the log is.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be asked.</exception>
    public abstract LeaderSeat Look();

    /// <summary>Takes the lead, if nobody has it.</summary>
    /// <param name="claim">Who asks.</param>
    /// <param name="mayReplaceItself">Whether a leader of the same name counts as nobody: a process that was started in the place of one that ended.</param>
    /// <returns>The epoch of the lead; null when another feed has it.</returns>
    /// <exception cref="System.Data.Common.DbException">The database cannot be asked, or a transaction of the former leader is still open: nothing was taken.</exception>
    public abstract long? TryTake(LeaderClaim claim, bool mayReplaceItself = false);

    /// <summary>Makes the lease last for its whole length from now on. False when another feed leads: from then on this one stores nothing.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be asked.</exception>
    public abstract bool Renew();

    /// <summary>Gives the lead up, so that another feed takes it at once. From then on this one stores nothing.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be asked: the lease ends by itself.</exception>
    public abstract void Release();

    /// <summary>From now on this feed stores nothing, until it takes the lead.</summary>
    public abstract void StandBy();

    public abstract void Dispose();
}

/// <summary>Who asks for the lead.</summary>
/// <param name="Name">Its name in messages: a machine and a port.</param>
/// <param name="Address">Where dashboards reach it; empty when it does not know.</param>
/// <param name="Length">Length of the lease.</param>
internal sealed record LeaderClaim(string Name, string Address, TimeSpan Length);

/// <summary>The lead as the database has it.</summary>
/// <param name="Epoch">Grows each time that it is taken or given up.</param>
/// <param name="Holder">Who has it, or had it last; empty before the first.</param>
/// <param name="Address">Where dashboards reach the holder; empty when unknown.</param>
/// <param name="IsFree">Whether the lease ran out or was given up.</param>
/// <param name="LastSequence">The newest change in the log; 0 without any.</param>
internal sealed record LeaderSeat(long Epoch, string Holder, string Address, bool IsFree, long LastSequence);
