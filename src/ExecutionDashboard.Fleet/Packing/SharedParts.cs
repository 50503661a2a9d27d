namespace ExecutionDashboard.Fleet.Packing;

/// <summary>What packed executions and nodes refer to by number. One writer; any number of readers.</summary>
/// <param name="texts">Names that many executions have.</param>
/// <param name="reports">States with their messages, without those that have details.</param>
/// <param name="words">Words that many nodes have.</param>
/// <param name="maps">Sets of labels and of identity facts that many nodes have.</param>
/// <param name="lists">Capabilities that many nodes have.</param>
public sealed class SharedParts(
    SharedValues<string> texts, SharedValues<StateReport> reports, SharedValues<string> words, SharedValues<IReadOnlyDictionary<string, string>> maps,
    SharedValues<IReadOnlyDictionary<string, IReadOnlyList<string>>> lists)
{
    private const int MostTexts = 500_000, MostReports = 50_000;
    // What only one node has gains nothing by being shared.
    private const int MostOfNodes = 20_000;

    /// <summary>With the usual limits.</summary>
    public SharedParts() : this(MostTexts, MostReports, MostOfNodes)
    {
    }

    /// <summary>With limits: most names, most states of executions, most of each kind of part of nodes.</summary>
    public SharedParts(int mostTexts, int mostReports, int mostOfNodes)
        : this(new(mostTexts), new(mostReports), new(mostOfNodes), new(mostOfNodes, Fleet.Texts.ByContent), new(mostOfNodes, Fleet.Texts.ListsByContent))
    {
    }

    /// <summary>Names that many executions have.</summary>
    public SharedValues<string> Texts { get; } = texts;
    /// <summary>States with their messages.</summary>
    public SharedValues<StateReport> Reports { get; } = reports;
    /// <summary>Words that many nodes have.</summary>
    public SharedValues<string> Words { get; } = words;
    /// <summary>Labels and identity facts.</summary>
    public SharedValues<IReadOnlyDictionary<string, string>> Maps { get; } = maps;
    /// <summary>Capabilities.</summary>
    public SharedValues<IReadOnlyDictionary<string, IReadOnlyList<string>>> Lists { get; } = lists;

    /// <summary>After the last value was restored.</summary>
    public void Restored()
    {
        Texts.Restored();
        Reports.Restored();
        Words.Restored();
        Maps.Restored();
        Lists.Restored();
    }
}

/// <summary>Is told the numbers of <see cref="SharedParts"/> that a packed entity refers to.</summary>
public interface ISharedNumbers
{
    /// <summary>One of <see cref="SharedParts.Texts"/>.</summary>
    void Text(int number);
    /// <summary>One of <see cref="SharedParts.Reports"/>.</summary>
    void Report(int number);
    /// <summary>One of <see cref="SharedParts.Words"/>.</summary>
    void Word(int number);
    /// <summary>One of <see cref="SharedParts.Maps"/>.</summary>
    void Map(int number);
    /// <summary>One of <see cref="SharedParts.Lists"/>.</summary>
    void Lists(int number);
}

/// <summary>Entities of one kind as bytes. Packing is the writer's; any number of readers may unpack.</summary>
public interface IPacking<T>
{
    /// <summary>Where the packed id begins.</summary>
    int IdAt { get; }
    /// <summary>Packs an entity. Valid until the next call.</summary>
    ReadOnlySpan<byte> Pack(T entity);
    /// <summary>The entity that was packed.</summary>
    T Unpack(ReadOnlySpan<byte> packed);
    /// <summary>Tells the numbers that a packed entity refers to; a number may come twice.</summary>
    void Visit(ReadOnlySpan<byte> packed, ISharedNumbers numbers);
}
