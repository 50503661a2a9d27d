namespace ExecutionDashboard.Fleet.Convergence;

/// <summary>
/// Counts of durations in buckets, eight an octave: a value read from it is at most 9 % above the real one. Adding two gives what all values together would give.
/// </summary>
public sealed class ConvergenceHistogram
{
    // Eight buckets an octave, from 1/8 s to 24 days.
    private const int PerOctave = 8, Octaves = 24;
    private const double Least = 0.125;

    private readonly long[] _counts = new long[PerOctave * Octaves + 1];

    /// <summary>Number of durations.</summary>
    public long Count { get; private set; }

    /// <summary>Executions that were replaced or removed before they reached their desired state.</summary>
    public long Missed { get; private set; }

    /// <summary>Adds a duration; a negative one, of clocks that differ, is none.</summary>
    public void Add(TimeSpan duration)
    {
        _counts[BucketOf(duration)]++;
        Count++;
    }

    /// <summary>Adds one that did not reach its desired state.</summary>
    public void Miss() => Missed++;

    /// <summary>Adds all of another.</summary>
    public void Add(ConvergenceHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        (Count, Missed) = (Count + other.Count, Missed + other.Missed);
    }

    /// <summary>The duration that a share of all did not exceed; null without any.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan? Quantile(double share)
    {
        if (Count == 0) return null;
        var (wanted, seen) = (Math.Max(1, (long)Math.Ceiling(share * Count)), 0L);
        for (var i = 0; i < _counts.Length; i++)
            if ((seen += _counts[i]) >= wanted) return EdgeOf(i);
        return EdgeOf(_counts.Length - 1);
    }

    /// <summary>Number of durations within an objective: those in buckets that end by it.</summary>
    public long Within(TimeSpan objective)
    {
        var count = 0L;
        for (var i = 0; i < _counts.Length && EdgeOf(i) <= objective; i++) count += _counts[i];
        return count;
    }

    /// <summary>The stored form: pairs of bucket and count, and the missed ones first.</summary>
    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed);
        writer.Write7BitEncodedInt64(Missed);
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0) continue;
            writer.Write7BitEncodedInt(i);
            writer.Write7BitEncodedInt64(_counts[i]);
        }
        writer.Flush();
        return packed.ToArray();
    }

    /// <summary>Reads the stored form.</summary>
    public static ConvergenceHistogram Unpack(ReadOnlySpan<byte> packed)
    {
        var histogram = new ConvergenceHistogram();
        using var reader = new BinaryReader(new MemoryStream(packed.ToArray()));
        histogram.Missed = reader.Read7BitEncodedInt64();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var (bucket, count) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
            histogram._counts[bucket] += count;
            histogram.Count += count;
        }
        return histogram;
    }

    private static int BucketOf(TimeSpan duration) =>
        duration.TotalSeconds <= Least ? 0 : Math.Min(PerOctave * Octaves, (int)Math.Ceiling(Math.Log2(duration.TotalSeconds / Least) * PerOctave - 1e-9));

    private static TimeSpan EdgeOf(int bucket) => TimeSpan.FromSeconds(Math.Round(Least * Math.Pow(2, (double)bucket / PerOctave), 3));
}
