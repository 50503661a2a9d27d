using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>The newest lines of a log; older ones fall out and are counted. Not for more than one thread.</summary>
/// <param name="capacity">Most lines held, at least 1.</param>
public sealed class LogRing(int capacity)
{
    private readonly LogEntry?[] _entries = new LogEntry?[capacity];
    private readonly int[] _byLevel = new int[Enum.GetValues<LogLevelName>().Length];
    private long _next = 1;

    /// <summary>Most lines held.</summary>
    public int Capacity => _entries.Length;

    /// <summary>Lines so far, those that fell out included.</summary>
    public long Total => _next - 1;

    /// <summary>Lines held.</summary>
    public int Count => (int)Math.Min(Total, Capacity);

    /// <summary>Lines that fell out.</summary>
    public long FellOut => Total - Count;

    /// <summary>Lines held of a level.</summary>
    public int Of(LogLevelName level) => _byLevel[(int)level];

    /// <summary>Takes a line, its secrets masked.</summary>
    public void Add(LogLine line) => Add(new LogEntry(_next, line.At, line.NodeId, line.Level, SecretMask.MaskText(line.Text)));

    /// <summary>Notes that lines may be missing here.</summary>
    public void AddGap(DateTimeOffset at, string why) => Add(new LogEntry(_next, at, "", LogLevelName.None, why, IsGap: true));

    /// <summary>The lines that match, oldest first.</summary>
    public List<LogEntry> Lines(LogFilter filter)
    {
        var lines = new List<LogEntry>(filter.IsUnfiltered ? Count : 64);
        for (var number = Total - Count + 1; number <= Total; number++)
            if (_entries[Slot(number)] is { } entry && filter.Matches(entry)) lines.Add(entry);
        return lines;
    }

    private void Add(LogEntry entry)
    {
        ref var slot = ref _entries[Slot(entry.Number)];
        if (slot is { IsGap: false }) _byLevel[(int)slot.Level]--;
        slot = entry;
        if (!entry.IsGap) _byLevel[(int)entry.Level]++;
        _next++;
    }

    private int Slot(long number) => (int)((number - 1) % Capacity);
}
