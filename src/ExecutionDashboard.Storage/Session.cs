using System.Globalization;

namespace ExecutionDashboard.Storage;

/// <summary>
/// A conversation with the database, by one thread at a time. One that failed can be used again: it finds the database when that is back. While one statement still has rows, others of the same session
/// wait for it to be reset, so read to the end, or use another session.
/// </summary>
internal abstract class Session : IDisposable
{
    /// <summary>Prepares a statement.</summary>
    public abstract Statement Prepare(string sql);

    /// <summary>Begins to write: all of it, or none.</summary>
    public abstract Transaction Begin();

    /// <summary>Begins to read one state of the database.</summary>
    public abstract Transaction BeginRead();

    /// <summary>Runs statements without parameters.</summary>
    public abstract void Execute(string sql);

    /// <summary>The highest number that a table with numbers of its own has given; 0 before the first.</summary>
    public abstract long LastNumber(string table);

    /// <summary>SQL for the bytes of a column's text.</summary>
    public abstract string BytesOf(string column);

    /// <summary>Sequence number of the last change seen by a time; 0 without one. Binary search, because numbers increase with time.</summary>
    public virtual long LastSeenBy(DateTimeOffset at, long upTo)
    {
        using var statement = Prepare("SELECT seq, seen FROM events WHERE seq >= ? ORDER BY seq LIMIT 1");
        var (low, high, last) = (1L, upTo, 0L);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            // Pruned numbers are missing: use the next existing one.
            if (!statement.Bind(1, middle).Read())
            {
                high = middle - 1;
                continue;
            }
            var (sequence, seen) = (statement.Long(0), statement.Long(1));
            statement.Reset();
            if (sequence > high || seen > at.UtcTicks)
            {
                high = middle - 1;
            }
            else
            {
                last = sequence;
                low = sequence + 1;
            }
        }
        return last;
    }

    /// <summary>The number in the first column of the first row; null without one.</summary>
    public long? Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Read() && !statement.IsNull(0) ? statement.Long(0) : null;
    }

    /// <summary>Sets a value of <c>meta</c>.</summary>
    public void SetMeta(string name, string value)
    {
        using var statement = Prepare("INSERT INTO meta(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value");
        statement.Bind(1, name).Bind(2, value).Run();
    }

    /// <summary>A value of <c>meta</c>; null without one, or when it is empty.</summary>
    public string? Meta(string name)
    {
        using var statement = Prepare("SELECT value FROM meta WHERE name = ?");
        return statement.Bind(1, name).Read() && statement.Text(0) is { Length: > 0 } value ? value : null;
    }

    /// <summary>A number in <c>meta</c>; 0 without one.</summary>
    public long MetaNumber(string name) => Meta(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    public abstract void Dispose();
}

/// <summary>What is undone unless it is committed.</summary>
internal abstract class Transaction : IDisposable
{
    /// <exception cref="System.Data.Common.DbException">Nothing of it was stored, unless the answer was lost.</exception>
    public abstract void Commit();

    public abstract void Dispose();
}
