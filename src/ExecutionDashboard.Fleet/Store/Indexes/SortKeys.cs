using System.Globalization;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>
/// A sort as numbers: each row has a key, and rows with the same key are sorted by id. Keys are odd, so that a cursor for a removed text falls between two of them.
/// </summary>
internal abstract class SortKeys
{
    /// <summary>The key of a row.</summary>
    public abstract ulong Of(int row);

    /// <summary>A row's key as text, for a cursor.</summary>
    public abstract string Text(int row);

    /// <summary>Reads the key of a cursor; false when invalid.</summary>
    public abstract bool TryRead(string text, out ulong key);

    public static SortKeys For(ExecutionSort sort, ExecutionTable table, RankCache ranks) => sort switch
    {
        ExecutionSort.Created => new Numbers(table.Created),
        ExecutionSort.Revision => new Numbers(table.Revision),
        ExecutionSort.Id => new Same(),
        ExecutionSort.Version => new Versions(table.JobVersion),
        ExecutionSort.State => new Ranked(table.State, ranks.States(table), number => RankCache.StateText(table.States[number])),
        ExecutionSort.Desired => new Ranked(table.Desired, ranks.States(table), number => RankCache.StateText(table.States[number])),
        ExecutionSort.Job => new Ranked(table.Job, ranks.Groups(table.Jobs), number => table.Jobs[number].Name, table.JobVersion),
        ExecutionSort.Node => new Ranked(table.Node, ranks.Groups(table.Nodes), number => table.Nodes[number].Name),
        ExecutionSort.Deployment => new Ranked(table.Deployment, ranks.Groups(table.Deployments), number => table.Deployments[number].Name),
        ExecutionSort.Namespace => new Ranked(table.Namespace, ranks.Names(table.Namespaces), number => table.Namespaces[number]),
        ExecutionSort.Type => new Ranked(table.Type, ranks.Names(table.Types), number => table.Types[number]),
        ExecutionSort.Message => new Ranked(table.Message, ranks.Texts(table.Messages), number => table.Messages[number]),
        _ => new Numbers(table.Updated),
    };

    /// <summary>Maps a signed number to an unsigned one with the same order.</summary>
    public static ulong Ordered(long number) => (ulong)number ^ 1UL << 63;

    private sealed class Numbers(LongColumn column) : SortKeys
    {
        public override ulong Of(int row) => Ordered(column[row]);

        public override string Text(int row) => column[row].ToString(CultureInfo.InvariantCulture);

        public override bool TryRead(string text, out ulong key)
        {
            var read = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            key = Ordered(number);
            return read;
        }
    }

    private sealed class Versions(NumberColumn column) : SortKeys
    {
        public override ulong Of(int row) => Ordered(column[row]);

        public override string Text(int row) => column[row].ToString(CultureInfo.InvariantCulture);

        public override bool TryRead(string text, out ulong key)
        {
            var read = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            key = Ordered(number);
            return read;
        }
    }

    private sealed class Same : SortKeys
    {
        public override ulong Of(int row) => 0;

        public override string Text(int row) => "";

        public override bool TryRead(string text, out ulong key)
        {
            key = 0;
            return text.Length == 0;
        }
    }

    private sealed class Ranked(NumberColumn column, Ranks ranks, Func<int, string> text, NumberColumn? version = null) : SortKeys
    {
        public override ulong Of(int row)
        {
            var key = (ulong)ranks.Of[column[row]] * 2 + 1;
            return version is null ? key : key << 32 | Ordered(version[row]);
        }

        public override string Text(int row) =>
            version is null ? text(column[row]) : version[row].ToString(CultureInfo.InvariantCulture) + " " + text(column[row]);

        public override bool TryRead(string cursor, out ulong key)
        {
            key = 0;
            var number = 0;
            if (version is not null)
            {
                var space = cursor.IndexOf(' ');
                if (space < 0 || !int.TryParse(cursor.AsSpan(0, space), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return false;
                cursor = cursor[(space + 1)..];
            }
            var at = Array.BinarySearch(ranks.Sorted, cursor, NaturalOrder.Instance);
            key = at >= 0 ? (ulong)at * 2 + 1 : (ulong)~at * 2;
            if (version is not null) key = key << 32 | Ordered(number);
            return true;
        }

        // The version is the lower half of the key.
        private static uint Ordered(int number) => (uint)number ^ 1U << 31;
    }
}
