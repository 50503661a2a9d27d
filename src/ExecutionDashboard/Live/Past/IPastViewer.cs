namespace ExecutionDashboard.Live.Past;

/// <summary>A tab that looks at a moment, as <see cref="PastStores"/> needs to know it when others want to look at more moments than there is memory for. Called on any thread.</summary>
public interface IPastViewer
{
    /// <summary>When a person last did something in it, UTC: <see cref="DateTimeOffset.MinValue"/> while nobody sees it, <see cref="DateTimeOffset.MaxValue"/> while it cannot be told to give its moment up.</summary>
    DateTimeOffset LastUsed { get; }

    /// <summary>Its moment waits until there is memory.</summary>
    /// <param name="moments">How many others are looked at.</param>
    void Wait(int moments);

    /// <summary>Its fleet was given to somebody else: it shows that, and asks again when a person comes back.</summary>
    void PutAside();
}
