using ExecutionDashboard.Fleet.Packing;

namespace ExecutionDashboard.Fleet.Snapshots;

/// <summary>Shared values in a block: which of <see cref="SharedParts"/> it is, its number, and the value.</summary>
public static class SharedValueBlocks
{
    private const int Text = 1, Report = 2, Word = 3, Map = 4, Lists = 5;

    /// <summary>Writes one of <see cref="SharedParts.Texts"/>.</summary>
    public static void WriteText(ref PackedWriter writer, int number, string text) => Write(ref writer, Text, number, text);

    /// <summary>Writes one of <see cref="SharedParts.Words"/>.</summary>
    public static void WriteWord(ref PackedWriter writer, int number, string word) => Write(ref writer, Word, number, word);

    /// <summary>Writes one of <see cref="SharedParts.Reports"/>.</summary>
    public static void WriteReport(ref PackedWriter writer, int number, StateReport report)
    {
        Write(ref writer, Report, number, report.State.Name);
        writer.Text(report.Message);
    }

    /// <summary>Writes one of <see cref="SharedParts.Maps"/>.</summary>
    public static void WriteMap(ref PackedWriter writer, int number, IReadOnlyDictionary<string, string> map)
    {
        writer.Number((long)Map);
        writer.Number((long)number);
        writer.Number((long)map.Count);
        foreach (var (name, value) in map)
        {
            writer.Text(name);
            writer.Text(value);
        }
    }

    /// <summary>Writes one of <see cref="SharedParts.Lists"/>.</summary>
    public static void WriteLists(ref PackedWriter writer, int number, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        writer.Number((long)Lists);
        writer.Number((long)number);
        writer.Number((long)lists.Count);
        foreach (var (name, texts) in lists)
        {
            writer.Text(name);
            writer.Number((long)texts.Count);
            foreach (var text in texts) writer.Text(text);
        }
    }

    /// <summary>Reads the values of a block.</summary>
    /// <exception cref="FormatException">A value is out of place.</exception>
    public static void Read(ReadOnlySpan<byte> block, SharedParts into)
    {
        var reader = new PackedReader(block);
        while (reader.Left > 0)
        {
            var (part, number) = (reader.Number(), (int)reader.Number());
            switch (part)
            {
                case Text: into.Texts.Restore(number, reader.Text()); break;
                case Word: into.Words.Restore(number, reader.Text()); break;
                case Report: into.Reports.Restore(number, new StateReport(ExecutionState.Parse(reader.Text()), reader.Text())); break;
                case Map: into.Maps.Restore(number, ReadMap(ref reader)); break;
                case Lists: into.Lists.Restore(number, ReadLists(ref reader)); break;
                default: throw new FormatException($"The feed's snapshot has a shared value of kind {part}.");
            }
        }
    }

    private static void Write(ref PackedWriter writer, int part, int number, string text)
    {
        writer.Number((long)part);
        writer.Number((long)number);
        writer.Text(text);
    }

    private static Dictionary<string, string> ReadMap(ref PackedReader reader)
    {
        var count = (int)reader.Number();
        var map = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (; count > 0; count--) map[reader.Text()] = reader.Text();
        return map;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadLists(ref PackedReader reader)
    {
        var count = (int)reader.Number();
        var lists = new Dictionary<string, IReadOnlyList<string>>(count, StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            var name = reader.Text();
            var texts = new string[reader.Number()];
            for (var i = 0; i < texts.Length; i++) texts[i] = reader.Text();
            lists[name] = texts;
        }
        return lists;
    }
}
