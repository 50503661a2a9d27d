using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>Texts in natural order: <paramref name="Sorted"/> has each once, <paramref name="Of"/> the rank by number.</summary>
internal sealed record Ranks(string[] Sorted, int[] Of)
{
    public static Ranks Make(int count, Func<int, string> text)
    {
        var texts = new string[count];
        var numbers = new int[count];
        for (var number = 0; number < count; number++) (texts[number], numbers[number]) = (text(number), number);
        Array.Sort(texts, numbers, NaturalOrder.Instance);
        var ranks = new int[count];
        var rank = -1;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || texts[i] != texts[rank]) texts[++rank] = texts[i];
            ranks[numbers[i]] = rank;
        }
        return new Ranks(texts[..(rank + 1)], ranks);
    }
}

/// <summary>Caches ranks until a name is added or changed.</summary>
internal sealed class RankCache
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<object, (int Edition, Ranks Ranks)> _kept = new();

    public Ranks Groups(GroupTable groups) => Get(groups, groups.Edition, groups.Count, number => groups[number].Name);

    public Ranks Names(NameTable names) => Get(names, names.Edition, names.Count, number => names[number]);

    public Ranks Texts(SharedPool<string> texts) => Get(texts, texts.Edition, texts.Limit, number => texts[number]);

    public Ranks States(ExecutionTable table) => Get(table.States, table.States.Count, table.States.Count, number => StateText(table.States[number]));

    /// <summary>A text that sorts states in the order an execution passes through them: none, known ones, then others by name.</summary>
    public static string StateText(ExecutionState state) =>
        state.IsNone ? "" : state.Known == KnownExecutionState.Other ? "~" + state.Name : ((char)('A' + (int)state.Known)).ToString();

    private Ranks Get(object source, int edition, int count, Func<int, string> text)
    {
        if (_kept.TryGetValue(source, out var kept) && kept.Edition == edition) return kept.Ranks;
        var ranks = Ranks.Make(count, text);
        _kept[source] = (edition, ranks);
        return ranks;
    }
}
