using System.Text.Json;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>
/// Matches the entries of two lists: first by equal content, then by identity, then by position between matched entries. As few entries as possible count as moved.
/// </summary>
internal sealed class SpecListMatch
{
    private static readonly string[] IdentityNames = ["name", "id", "label"];

    private readonly IReadOnlyList<SpecValue> _before, _after;

    private SpecListMatch(IReadOnlyList<SpecValue> before, IReadOnlyList<SpecValue> after)
    {
        (_before, _after) = (before, after);
        (ToAfter, ToBefore, IsMoved) = (new int[before.Count], new int[after.Count], new bool[after.Count]);
        Array.Fill(ToAfter, -1);
        Array.Fill(ToBefore, -1);
    }

    /// <summary>Index in the second list of each entry of the first; -1 without a match.</summary>
    public int[] ToAfter { get; }
    /// <summary>Index in the first list of each entry of the second; -1 without a match.</summary>
    public int[] ToBefore { get; }
    /// <summary>Whether each entry of the second list moved.</summary>
    public bool[] IsMoved { get; }

    /// <summary>Matches two lists in O(n log n).</summary>
    public static SpecListMatch Of(IReadOnlyList<SpecValue> before, IReadOnlyList<SpecValue> after)
    {
        var match = new SpecListMatch(before, after);
        match.MatchEnds();
        match.MatchBy(value => (value.Key, ""), mustBeSame: true);
        match.MatchBy(Identity, mustBeSame: false);
        match.MarkMoved();
        match.MatchBetween();
        return match;
    }

    private void Pair(int before, int after) => (ToAfter[before], ToBefore[after]) = (after, before);

    private void MatchEnds()
    {
        var (start, end, otherEnd) = (0, _before.Count, _after.Count);
        while (start < end && start < otherEnd && _before[start].Same(_after[start])) Pair(start, start++);
        while (end > start && otherEnd > start && _before[end - 1].Same(_after[otherEnd - 1])) Pair(--end, --otherEnd);
    }

    private void MatchBy(Func<SpecValue, (long, string)?> keyOf, bool mustBeSame)
    {
        var waiting = new Dictionary<(long, string), Queue<int>>();
        for (var i = 0; i < _before.Count; i++)
        {
            if (ToAfter[i] >= 0 || keyOf(_before[i]) is not { } key) continue;
            if (!waiting.TryGetValue(key, out var queue)) waiting[key] = queue = new Queue<int>();
            queue.Enqueue(i);
        }
        if (waiting.Count == 0) return;
        for (var j = 0; j < _after.Count; j++)
            if (ToBefore[j] < 0 && keyOf(_after[j]) is { } key && waiting.TryGetValue(key, out var queue) && queue.TryPeek(out var i)
                && (!mustBeSame || _before[i].Same(_after[j])))
                Pair(queue.Dequeue(), j);
    }

    private static (long, string)? Identity(SpecValue value)
    {
        if (value.Kind != JsonValueKind.Object) return null;
        for (var i = 0; i < IdentityNames.Length; i++)
            if (value.Members.TryGetValue(IdentityNames[i], out var named) && named.Kind is JsonValueKind.String or JsonValueKind.Number)
                return (i, named.Scalar);
        return value.Members.Count == 1 ? (IdentityNames.Length, value.Members.Keys.First()) : null;
    }

    /// <summary>Keeps the longest increasing run of matches in place and marks the others as moved.</summary>
    private void MarkMoved()
    {
        // Patience sorting: the smallest end of an increasing run of each length, and its predecessors.
        var ends = new List<int>();
        var previous = new int[_after.Count];
        for (var j = 0; j < _after.Count; j++)
        {
            if (ToBefore[j] < 0) continue;
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (ToBefore[ends[middle]] < ToBefore[j]) low = middle + 1;
                else high = middle;
            }
            previous[j] = low > 0 ? ends[low - 1] : -1;
            if (low == ends.Count) ends.Add(j);
            else ends[low] = j;
            IsMoved[j] = true;
        }
        for (var j = ends.Count > 0 ? ends[^1] : -1; j >= 0; j = previous[j]) IsMoved[j] = false;
    }

    /// <summary>Matches the remaining entries between two entries that did not move.</summary>
    private void MatchBetween()
    {
        var i = 0;
        for (var j = 0; j < _after.Count; j++)
        {
            if (ToBefore[j] >= 0)
            {
                if (!IsMoved[j]) i = ToBefore[j] + 1;
                continue;
            }
            while (i < _before.Count && (ToAfter[i] < 0 ? !MayBecome(_before[i], _after[j]) : IsMoved[ToAfter[i]])) i++;
            // An entry that did not move ends the range.
            if (i < _before.Count && ToAfter[i] < 0) Pair(i++, j);
        }
    }

    private static bool MayBecome(SpecValue before, SpecValue after)
    {
        if (before.Kind is JsonValueKind.Object or JsonValueKind.Array || after.Kind is JsonValueKind.Object or JsonValueKind.Array)
            return before.Kind == after.Kind && Identity(before) is null && Identity(after) is null;
        return true;
    }
}
