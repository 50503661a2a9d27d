namespace ExecutionDashboard.Simulator.Engine;

/// <summary>The only source of random numbers (SplitMix64). Its state is a single number, so that a restart continues the same sequence.</summary>
internal sealed class SeededRandom(ulong state)
{
    /// <summary>The state.</summary>
    public ulong State { get; set; } = state;

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(State += 0x9E3779B97F4A7C15);

    /// <summary>0 ≤ result &lt; <paramref name="below"/>.</summary>
    public int Next(int below) => (int)(((UInt128)Next() * (ulong)below) >> 64);

    /// <summary><paramref name="least"/> ≤ result ≤ <paramref name="most"/>.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    /// <summary>0 ≤ result &lt; 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True in the given share of cases.</summary>
    public bool Chance(double share) => share > 0 && Fraction() < share;

    /// <summary>A random element.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    /// <summary>A random time span between two, in seconds.</summary>
    public TimeSpan Seconds(double least, double most) => TimeSpan.FromSeconds(least + (most - least) * Fraction());

    /// <summary>Shuffles items.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A hash that looks random and is the same for the same input.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
