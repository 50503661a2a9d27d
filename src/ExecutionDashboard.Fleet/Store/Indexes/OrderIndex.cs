using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>
/// The rows sorted by a time column, then by id: sorted blocks under a sorted directory. Appending (nearly always, as the newest change) costs one comparison;
/// inserting elsewhere two binary searches and a move within a block. Walking and seeking need no sort, whatever the clocks did. Held lists share the blocks, so the
/// writer copies a held block before it changes it.
/// </summary>
internal sealed class OrderIndex(LongColumn keys, Column<UInt128> ids, IdTable texts)
{
    private OrderBlock[] _blocks = new OrderBlock[8];
    private long[] _firstKeys = new long[8];
    private int _count;
    private long _changes;
    // Increases with every list that is held; older blocks may be in use by one.
    private long _epoch;
    private Kept? _kept;

    /// <summary>Number of rows.</summary>
    public int Total { get; private set; }

    /// <summary>The time that a row is sorted by.</summary>
    public long KeyOf(int row) => keys[row];

    /// <summary>Fills an empty index with the rows from 0 on: as many inserts would, but sorted once. Writer only.</summary>
    public void Fill(int count)
    {
        var (sorted, rows) = (new long[count], new int[count]);
        for (var row = 0; row < count; row++) (sorted[row], rows[row]) = (keys[row], row);
        Array.Sort(sorted, rows);
        for (var from = 0; from < count;)
        {
            var to = from + 1;
            while (to < count && sorted[to] == sorted[from]) to++;
            if (to - from > 1) rows.AsSpan(from, to - from).Sort(Compare);
            from = to;
        }
        _count = (count + OrderBlock.Most - 1) / OrderBlock.Most;
        (_blocks, _firstKeys) = (new OrderBlock[Math.Max(8, _count)], new long[Math.Max(8, _count)]);
        for (var at = 0; at < _count; at++)
        {
            var block = _blocks[at] = NewBlock();
            block.Count = Math.Min(OrderBlock.Most, count - at * OrderBlock.Most);
            rows.AsSpan(at * OrderBlock.Most, block.Count).CopyTo(block.Rows);
            _firstKeys[at] = keys[block.Rows[0]];
        }
        Total = count;
        Volatile.Write(ref _changes, _changes + 1);
    }

    /// <summary>Inserts a row by its present key. Writer only.</summary>
    public void Insert(int row)
    {
        PutIn(row);
        Total++;
        // Last, so that a list held during the insert is recognised as outdated.
        Volatile.Write(ref _changes, _changes + 1);
    }

    private void PutIn(int row)
    {
        if (_count == 0)
        {
            InsertBlock(0, NewBlock()).Append(row);
            _firstKeys[0] = keys[row];
            return;
        }
        var last = _blocks[_count - 1];
        if (Compare(row, last.Last) > 0)
        {
            if (last.Count == OrderBlock.Most)
            {
                last = InsertBlock(_count, NewBlock());
                _firstKeys[_count - 1] = keys[row];
            }
            last.Append(row);
            return;
        }
        var at = BlockOf(row);
        var block = Own(at);
        var position = block.Count;
        if (at == 0 && Compare(row, block.Rows[0]) < 0) position = 0;
        if (block.Count == OrderBlock.Most)
        {
            if (position == 0)
            {
                // Rows in descending order, as in a first load: fill blocks instead of splitting them.
                block = InsertBlock(at, NewBlock());
            }
            else
            {
                var upper = InsertBlock(at + 1, block.SplitOff(Epoch));
                _firstKeys[at + 1] = keys[upper.Rows[0]];
                if (Compare(row, upper.Rows[0]) > 0) (block, at) = (upper, at + 1);
            }
        }
        position = position == 0 ? 0 : PositionIn(block, row);
        block.Insert(position, row);
        if (position == 0) _firstKeys[at] = keys[row];
    }

    /// <summary>Removes a row; its column must still have the key it was inserted with. Writer only.</summary>
    public void Remove(int row)
    {
        var at = BlockOf(row);
        var block = Own(at);
        TakeOut(at, block, block.Rows.AsSpan(0, block.Count).IndexOf(row));
        Total--;
        Volatile.Write(ref _changes, _changes + 1);
    }

    private void TakeOut(int at, OrderBlock block, int position)
    {
        block.RemoveAt(position);
        if (block.Count == 0)
        {
            RemoveBlock(at);
            return;
        }
        if (position == 0) _firstKeys[at] = keys[block.Rows[0]];
        // Old blocks become empty, because changed rows move to the end.
        if (block.Count < OrderBlock.Most / 4 && at + 1 < _count && block.Count + _blocks[at + 1].Count <= OrderBlock.Most / 2)
        {
            block.AppendAll(_blocks[at + 1]);
            RemoveBlock(at + 1);
        }
    }

    /// <summary>Position before the first row, or after the last.</summary>
    public Place End(bool ascending) => ascending ? new(0, -1) : new(_count, 0);

    /// <summary>Position of the first row that is not before a bound.</summary>
    public Place Seek(long key, IdBound id)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(_firstKeys[middle], _blocks[middle].Rows[0], key, id) < 0) low = middle + 1;
            else high = middle;
        }
        if (low == 0) return new(0, 0);
        var block = _blocks[low - 1];
        int from = 0, to = block.Count;
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (Compare(keys[block.Rows[middle]], block.Rows[middle], key, id) < 0) from = middle + 1;
            else to = middle;
        }
        return new(low - 1, from);
    }

    /// <summary>Number of rows before a position from <see cref="Seek"/>.</summary>
    public int CountBefore(Place place)
    {
        var count = place.Position;
        for (var i = 0; i < place.Block; i++) count += _blocks[i].Count;
        return count;
    }

    /// <summary>Moves a position from <see cref="Seek"/> so that the next ascending step is the first row after the bound.</summary>
    public Place AtOrBefore(Place place, long key, IdBound id)
    {
        var before = place with { Position = place.Position - 1 };
        var next = before;
        var row = Step(ref next, ascending: true);
        return row >= 0 && Compare(keys[row], row, key, id) == 0 ? next : before;
    }

    /// <summary>The next row in a direction; moves the position. -1 at the end.</summary>
    public int Step(ref Place place, bool ascending)
    {
        var (at, position) = (place.Block, place.Position);
        if (ascending)
        {
            position++;
            while (at < _count && position >= _blocks[at].Count) (at, position) = (at + 1, 0);
            if (at >= _count) return -1;
        }
        else
        {
            position--;
            while (position < 0)
            {
                if (--at < 0) return -1;
                position = _blocks[at].Count - 1;
            }
        }
        place = new(at, position);
        return _blocks[at].Rows[position];
    }

    /// <summary>Holds all rows in a direction. For readers: valid only if the writer did not overtake the read.</summary>
    public HeldOrder Hold(bool ascending)
    {
        var kept = Volatile.Read(ref _kept);
        var changes = Volatile.Read(ref _changes);
        if (kept is null || kept.Changes != changes)
        {
            // Either the writer sees the new epoch before it changes a block, or this read is overtaken and runs again.
            Interlocked.Increment(ref _epoch);
            var (pieces, ends, total) = (new int[_count][], new int[_count], 0);
            for (var i = 0; i < pieces.Length; i++)
            {
                pieces[i] = _blocks[i].Rows;
                ends[i] = total += _blocks[i].Count;
            }
            kept = new Kept(changes, new HeldOrder(pieces, ends, backwards: false));
            Volatile.Write(ref _kept, kept);
        }
        return ascending ? kept.Order : kept.Order.Reversed;
    }

    private long Epoch => Volatile.Read(ref _epoch);

    private OrderBlock NewBlock() => new(Epoch);

    /// <summary>The block for a change: a copy if it may be held. Rows behind its count belong to nobody, so appending needs no copy.</summary>
    private OrderBlock Own(int at)
    {
        var block = _blocks[at];
        return block.Epoch == Epoch ? block : _blocks[at] = block.Copy(Epoch);
    }

    private int Compare(int a, int b)
    {
        var (left, right) = (keys[a], keys[b]);
        return left != right ? left.CompareTo(right) : a == b ? 0 : texts.Compare(ids[a], ids[b]);
    }

    private int Compare(long rowKey, int row, long key, IdBound id) => rowKey != key ? rowKey.CompareTo(key) : id.CompareRow(ids[row], texts);

    /// <summary>The block that a row is in or belongs to: the last one that does not start after it.</summary>
    private int BlockOf(int row)
    {
        var key = keys[row];
        int low = 1, high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var first = _firstKeys[middle];
            var starts = first != key ? first.CompareTo(key) : Compare(_blocks[middle].Rows[0], row);
            if (starts <= 0) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }

    private int PositionIn(OrderBlock block, int row)
    {
        int low = 0, high = block.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(block.Rows[middle], row) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private OrderBlock InsertBlock(int at, OrderBlock block)
    {
        if (_count == _blocks.Length)
        {
            Array.Resize(ref _blocks, _count * 2);
            Array.Resize(ref _firstKeys, _count * 2);
        }
        Array.Copy(_blocks, at, _blocks, at + 1, _count - at);
        Array.Copy(_firstKeys, at, _firstKeys, at + 1, _count - at);
        _blocks[at] = block;
        _count++;
        return block;
    }

    private void RemoveBlock(int at)
    {
        _count--;
        Array.Copy(_blocks, at + 1, _blocks, at, _count - at);
        Array.Copy(_firstKeys, at + 1, _firstKeys, at, _count - at);
        _blocks[_count] = null!;
    }

    /// <summary>A position in the order.</summary>
    internal readonly record struct Place(int Block, int Position);

    private sealed record Kept(long Changes, HeldOrder Order);
}
