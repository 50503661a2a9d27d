namespace ExecutionDashboard.Storage;

/// <summary>A prepared statement that can be run any number of times. Parameters are <c>?</c>, or <c>?1</c> where one is used twice; numbers start at 1. Used by one thread.</summary>
/// <remarks>SQL that all providers read: upserts by <c>ON CONFLICT</c>, keys by <c>RETURNING</c>, no function of one of them only.</remarks>
internal abstract class Statement : IDisposable
{
    public abstract Statement Bind(int parameter, long value);

    public abstract Statement Bind(int parameter, string value);

    /// <summary>Binds a blob; an empty one is stored as null.</summary>
    public abstract Statement Bind(int parameter, ReadOnlySpan<byte> value);

    /// <summary>Runs it to the end.</summary>
    /// <returns>Number of rows changed.</returns>
    /// <exception cref="System.Data.Common.DbException">It failed.</exception>
    public abstract int Run();

    /// <summary>Reads the next row. At the end, or after an error, the statement can be bound again.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="System.Data.Common.DbException">It failed.</exception>
    public abstract bool Read();

    /// <summary>A column of the row, from 0.</summary>
    public abstract long Long(int column);

    /// <summary>A column of the row, from 0; empty for null.</summary>
    public abstract string Text(int column);

    /// <summary>A column of the row, from 0, valid until the next call.</summary>
    public abstract ReadOnlySpan<byte> Blob(int column);

    /// <summary>Whether a column of the row is null.</summary>
    public abstract bool IsNull(int column);

    /// <summary>Skips the remaining rows.</summary>
    public abstract void Reset();

    public abstract void Dispose();
}
