using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live.Logs;

/// <summary>The newest lines of a log; older ones are dropped and counted. Not safe for concurrent use.</summary>
/// <param name="capacity">Most lines, at least 1; twice as many after <see cref="Keep"/>.</param>
public sealed class LogRing(int capacity)
{
    /// <summary>Longest line, characters.</summary>
    public const int LongestLine = 8_192;

    private readonly LogEntry?[] _entries = new LogEntry?[capacity];
    private readonly int[] _byLevel = new int[Enum.GetValues<LogLevelName>().Length];
    private readonly Dictionary<string, int> _byNode = new(StringComparer.Ordinal);
    private List<LogEntry> _kept = [];
    private long _next = 1;
    private long _before;

    /// <summary>Most lines, without those that are kept.</summary>
    public int Capacity => _entries.Length;

    /// <summary>Number of lines received.</summary>
    public long Total => _next - 1;

    /// <summary>Lines held.</summary>
    public int Count => _kept.Count + InRing;

    /// <summary>Number of lines dropped.</summary>
    public long FellOut => Total - Count;

    /// <summary>Number of lines by node.</summary>
    public IReadOnlyDictionary<string, int> ByNode => _byNode;

    /// <summary>Number of the note of <see cref="Keep"/>; 0 without one.</summary>
    public long Mark { get; private set; }

    private int InRing => (int)Math.Min(Total - _before, Capacity);

    /// <summary>Number of lines with a level.</summary>
    public int Of(LogLevelName level) => _byLevel[(int)level];

    /// <summary>Adds a line. Secrets are masked before it is cut.</summary>
    public void Add(LogLine line)
    {
        var text = ShownText.Of(line.Text);
        var end = text.Length <= LongestLine ? text.Length : char.IsHighSurrogate(text[LongestLine - 1]) ? LongestLine - 1 : LongestLine;
        Add(new LogEntry(_next, line.At, line.NodeId, line.Level, text[..end], Left: line.Left + text.Length - end));
    }

    /// <summary>Adds a note that lines may be missing.</summary>
    public void AddGap(DateTimeOffset at, string why) => Add(new LogEntry(_next, at, "", LogLevelName.None, why, IsGap: true));

    /// <summary>Keeps the present lines, however many follow, and adds a note. Call it once: each call makes room for as many lines again.</summary>
    public void Keep(DateTimeOffset at, string why)
    {
        (_kept, _before) = (Lines(), Total);
        Array.Clear(_entries);
        Mark = _next;
        AddGap(at, why);
    }

    /// <summary>The matching lines, oldest first; all without a test.</summary>
    public List<LogEntry> Lines(Func<LogEntry, bool>? matches = null)
    {
        var lines = new List<LogEntry>(matches is null ? Count : 64);
        lines.AddRange(matches is null ? _kept : _kept.Where(matches));
        for (var number = Total - InRing + 1; number <= Total; number++)
            if (_entries[Slot(number)] is { } entry && matches?.Invoke(entry) != false) lines.Add(entry);
        return lines;
    }

    private void Add(LogEntry entry)
    {
        ref var slot = ref _entries[Slot(entry.Number)];
        if (slot is not null) Forget(slot);
        slot = entry;
        _next++;
        if (entry.IsGap) return;
        _byLevel[(int)entry.Level]++;
        if (entry.NodeId.Length > 0) _byNode[entry.NodeId] = _byNode.GetValueOrDefault(entry.NodeId) + 1;
    }

    private void Forget(LogEntry entry)
    {
        if (entry.IsGap) return;
        _byLevel[(int)entry.Level]--;
        if (entry.NodeId.Length == 0) return;
        if (_byNode[entry.NodeId] == 1) _byNode.Remove(entry.NodeId);
        else _byNode[entry.NodeId]--;
    }

    private int Slot(long number) => (int)((number - 1) % Capacity);
}
