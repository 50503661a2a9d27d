namespace ExecutionDashboard.Live;

/// <summary>Number of changes received in each ten seconds of the last half hour. One writer, any number of readers.</summary>
public sealed class ChangeRate(TimeProvider time)
{
    /// <summary>Length of one bucket.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);
    private const int Buckets = 180;

    private readonly Lock _gate = new();
    private readonly int[] _counts = new int[Buckets];
    private long _first = -1;
    private long _last = -1;

    /// <summary>Counts changes received now.</summary>
    public void Add(int changes)
    {
        lock (_gate)
        {
            Roll();
            _counts[_last % Buckets] += changes;
        }
    }

    /// <summary>Changes in the last minute; less at the start.</summary>
    public int PerMinute()
    {
        lock (_gate)
        {
            Roll();
            var sum = 0;
            for (var b = Math.Max(_first, _last - 5); b <= _last; b++) sum += _counts[b % Buckets];
            return sum;
        }
    }

    /// <summary>Counts per bucket, oldest first, at most half an hour.</summary>
    public int[] Series()
    {
        lock (_gate)
        {
            Roll();
            var from = Math.Max(_first, _last - Buckets + 1);
            var series = new int[_last - from + 1];
            for (var i = 0; i < series.Length; i++) series[i] = _counts[(from + i) % Buckets];
            return series;
        }
    }

    private void Roll()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / (long)Bucket.TotalSeconds;
        if (_last < 0) _first = _last = now;
        for (var b = Math.Max(_last + 1, now - Buckets + 1); b <= now; b++) _counts[b % Buckets] = 0;
        _last = Math.Max(_last, now);
    }
}
