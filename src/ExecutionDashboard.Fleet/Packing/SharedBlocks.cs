using System.Collections;

namespace ExecutionDashboard.Fleet.Packing;

/// <summary>Writes each shared value once, before the first block of entities that refers to it. Values that nobody refers to any more are left out.</summary>
/// <param name="shared">The values.</param>
public sealed class SharedBlocks(SharedParts shared) : ISharedNumbers
{
    private readonly Sought _texts = new(), _reports = new(), _words = new(), _maps = new(), _lists = new();
    private byte[] _buffer = new byte[16 * 1024];

    /// <inheritdoc/>
    public void Text(int number) => _texts.Add(number);
    /// <inheritdoc/>
    public void Report(int number) => _reports.Add(number);
    /// <inheritdoc/>
    public void Word(int number) => _words.Add(number);
    /// <inheritdoc/>
    public void Map(int number) => _maps.Add(number);
    /// <inheritdoc/>
    public void Lists(int number) => _lists.Add(number);

    /// <summary>The blocks of the values that were named since the last call. The bytes are valid until the next block.</summary>
    public IEnumerable<(PackedBlock Kind, ReadOnlyMemory<byte> Bytes)> Take()
    {
        if (_texts.Any) yield return (PackedBlock.Texts, Write(_texts, shared.Texts, static (ref writer, text) => writer.Text(text)));
        if (_reports.Any) yield return (PackedBlock.Reports, Write(_reports, shared.Reports, WriteReport));
        if (_words.Any) yield return (PackedBlock.Words, Write(_words, shared.Words, static (ref writer, text) => writer.Text(text)));
        if (_maps.Any) yield return (PackedBlock.Maps, Write(_maps, shared.Maps, WriteMap));
        if (_lists.Any) yield return (PackedBlock.Lists, Write(_lists, shared.Lists, WriteLists));
    }

    private ReadOnlyMemory<byte> Write<T>(Sought sought, SharedValues<T> values, WriteOne<T> write) where T : class
    {
        var writer = new PackedWriter(_buffer);
        foreach (var number in sought.Take())
        {
            writer.Number(number);
            write(ref writer, values[number]);
        }
        _buffer = writer.Buffer;
        return _buffer.AsMemory(0, writer.Written.Length);
    }

    private static void WriteReport(ref PackedWriter writer, StateReport report)
    {
        writer.Text(report.State.Name);
        writer.Text(report.Message);
    }

    private static void WriteMap(ref PackedWriter writer, IReadOnlyDictionary<string, string> map)
    {
        writer.Number(map.Count);
        foreach (var (name, value) in map)
        {
            writer.Text(name);
            writer.Text(value);
        }
    }

    private static void WriteLists(ref PackedWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        writer.Number(lists.Count);
        foreach (var (name, texts) in lists)
        {
            writer.Text(name);
            writer.Number(texts.Count);
            foreach (var text in texts) writer.Text(text);
        }
    }

    private delegate void WriteOne<in T>(ref PackedWriter writer, T value);

    private sealed class Sought
    {
        private readonly BitArray _seen = new(1024);
        private readonly List<int> _new = [];

        public bool Any => _new.Count > 0;

        public void Add(int number)
        {
            if (number >= _seen.Length) _seen.Length = Math.Max(number + 1, _seen.Length * 2);
            if (_seen[number]) return;
            _seen[number] = true;
            _new.Add(number);
        }

        public List<int> Take()
        {
            List<int> taken = [.. _new];
            _new.Clear();
            return taken;
        }
    }
}

/// <summary>Reads the blocks of <see cref="SharedBlocks"/> into empty <see cref="SharedParts"/>.</summary>
/// <param name="shared">Takes the values.</param>
public sealed class SharedRestore(SharedParts shared)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads a block. False when it is of another kind.</summary>
    /// <exception cref="FormatException">A number or a value comes twice.</exception>
    public bool TryRead(PackedBlock kind, ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        switch (kind)
        {
            case PackedBlock.Texts:
                while (reader.Left > 0) shared.Texts.Restore((int)reader.Number(), reader.Text());
                return true;
            case PackedBlock.Reports:
                while (reader.Left > 0) shared.Reports.Restore((int)reader.Number(), new StateReport(ExecutionState.Parse(Text(ref reader)), reader.Text()));
                return true;
            case PackedBlock.Words:
                while (reader.Left > 0) shared.Words.Restore((int)reader.Number(), Text(ref reader));
                return true;
            case PackedBlock.Maps:
                while (reader.Left > 0) shared.Maps.Restore((int)reader.Number(), Map(ref reader));
                return true;
            case PackedBlock.Lists:
                while (reader.Left > 0) shared.Lists.Restore((int)reader.Number(), Lists(ref reader));
                return true;
            default: return false;
        }
    }

    private string Text(ref PackedReader reader)
    {
        var text = reader.Text();
        if (_texts.TryGetValue(text, out var known)) return known;
        return _texts[text] = text;
    }

    private Dictionary<string, string> Map(ref PackedReader reader)
    {
        var count = (int)reader.Number();
        var map = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (; count > 0; count--) map[Text(ref reader)] = Text(ref reader);
        return map;
    }

    private Dictionary<string, IReadOnlyList<string>> Lists(ref PackedReader reader)
    {
        var count = (int)reader.Number();
        var lists = new Dictionary<string, IReadOnlyList<string>>(count, StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            var name = Text(ref reader);
            var texts = new string[reader.Number()];
            for (var i = 0; i < texts.Length; i++) texts[i] = Text(ref reader);
            lists[name] = texts;
        }
        return lists;
    }
}
