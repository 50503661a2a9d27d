namespace ExecutionDashboard.Fleet.Packing;

/// <summary>
/// Nodes as some 150 bytes: system, versions and whole sets of labels, identity facts and capabilities are numbers of shared values. Equal bytes are equal nodes. Packing is the
/// writer's; any number of readers may unpack.
/// </summary>
/// <param name="shared">What the packed nodes refer to.</param>
public sealed class NodePacking(SharedParts shared) : IPacking<Node>
{
    // Nodes have some ten labels; what has hundreds of entries is no common set.
    private const int LargestShared = 100;

    // The maps of a page of nodes are mostly the same objects: their entries are looked at once.
    private const int MostSeen = 2_000;

    private readonly Dictionary<object, int> _seen = new(ReferenceEqualityComparer.Instance);
    private byte[] _buffer = new byte[1_024];

    /// <inheritdoc/>
    public int IdAt => 0;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Pack(Node entity)
    {
        var writer = new PackedWriter(_buffer);
        writer.Text(entity.Id);
        writer.Text(entity.Name == entity.Id ? "" : entity.Name);
        writer.Number(entity.Name == entity.Id ? 1 : 0);
        writer.Text(entity.Hostname);
        writer.Text(entity.HardwareFingerprint);
        Word(ref writer, entity.OperatingSystem);
        Word(ref writer, entity.Architecture);
        Word(ref writer, entity.AgentVersion);
        Word(ref writer, entity.Connection);
        Word(ref writer, entity.Message);
        Map(ref writer, entity.Labels);
        Map(ref writer, entity.Identity);
        Lists(ref writer, entity.Capabilities);
        writer.Time(entity.ConnectedSince);
        writer.Time(entity.DisconnectedSince);
        writer.Time(entity.LastHeartbeat);
        writer.Time(entity.CreatedAt);
        writer.Time(entity.UpdatedAt);
        writer.Number(entity.Revision);
        writer.Number(entity.LastEdgeSequence);
        writer.Number(entity.LastOrchestratorSequence);
        Resources(ref writer, entity.Resources);
        _buffer = writer.Buffer;
        return writer.Written;
    }

    /// <inheritdoc/>
    public Node Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new PackedReader(packed);
        var (id, name) = (reader.Text(), reader.Text());
        return new Node
        {
            Id = id,
            Name = reader.Number() == 1 ? id : name,
            Hostname = SameAs(name, reader.Text()),
            HardwareFingerprint = reader.Text(),
            OperatingSystem = Word(ref reader),
            Architecture = Word(ref reader),
            AgentVersion = Word(ref reader),
            Connection = Word(ref reader),
            Message = Word(ref reader),
            Labels = Map(ref reader),
            Identity = Map(ref reader),
            Capabilities = Lists(ref reader),
            ConnectedSince = reader.Time(),
            DisconnectedSince = reader.Time(),
            LastHeartbeat = reader.Time(),
            CreatedAt = reader.Time(),
            UpdatedAt = reader.Time(),
            Revision = reader.Number(),
            LastEdgeSequence = reader.Number(),
            LastOrchestratorSequence = reader.Number(),
            Resources = Resources(ref reader),
        };
    }

    /// <inheritdoc/>
    public void Visit(ReadOnlySpan<byte> packed, ISharedNumbers numbers)
    {
        var reader = new PackedReader(packed);
        reader.SkipText();
        reader.SkipText();
        reader.Number();
        reader.SkipText();
        reader.SkipText();
        for (var words = 0; words < 5; words++) VisitWord(ref reader, numbers);
        for (var maps = 0; maps < 2; maps++)
            if (reader.Number() is > 0 and var map) numbers.Map((int)map);
            else
                for (var left = reader.Number() * 2; left > 0; left--) VisitWord(ref reader, numbers);
        if (reader.Number() is > 0 and var lists)
        {
            numbers.Lists((int)lists);
            return;
        }
        for (var left = reader.Number(); left > 0; left--)
        {
            VisitWord(ref reader, numbers);
            for (var texts = reader.Number(); texts > 0; texts--) VisitWord(ref reader, numbers);
        }
    }

    private static string SameAs(string one, string other) => one == other ? one : other;

    // 0 is followed by the text itself.
    private void Word(ref PackedWriter writer, string text)
    {
        var number = text.Length == 0 ? 0 : shared.Words.NumberOf(text);
        writer.Number(number);
        if (number == 0) writer.Text(text);
    }

    private string Word(ref PackedReader reader) => reader.Number() is > 0 and var number ? shared.Words[(int)number] : reader.Text();

    private static void VisitWord(ref PackedReader reader, ISharedNumbers numbers)
    {
        if (reader.Number() is > 0 and var number) numbers.Word((int)number);
        else reader.SkipText();
    }

    private void Map(ref PackedWriter writer, IReadOnlyDictionary<string, string> map)
    {
        // The words are the same everywhere, too.
        var number = map.Count is 0 or > LargestShared ? 0 : _seen.TryGetValue(map, out var seen) ? seen
            : Seen(map, shared.Maps.NumberOf(map, m => m.ToDictionary(e => shared.Words.Share(e.Key), e => shared.Words.Share(e.Value), StringComparer.Ordinal)));
        writer.Number(number);
        if (number > 0) return;
        writer.Number(map.Count);
        foreach (var (name, value) in map)
        {
            Word(ref writer, name);
            Word(ref writer, value);
        }
    }

    private int Seen(object parts, int number)
    {
        if (_seen.Count == MostSeen) _seen.Clear();
        return _seen[parts] = number;
    }

    private IReadOnlyDictionary<string, string> Map(ref PackedReader reader)
    {
        if (reader.Number() is > 0 and var number) return shared.Maps[(int)number];
        var count = (int)reader.Number();
        if (count == 0) return Node.NoTexts;
        var map = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (; count > 0; count--) map[Word(ref reader)] = Word(ref reader);
        return map;
    }

    private void Lists(ref PackedWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        var number = lists.Count is 0 or > LargestShared ? 0 : _seen.TryGetValue(lists, out var seen) ? seen
            : Seen(lists, shared.Lists.NumberOf(lists, l => l.ToDictionary(e => shared.Words.Share(e.Key), e => (IReadOnlyList<string>)[.. e.Value.Select(shared.Words.Share)], StringComparer.Ordinal)));
        writer.Number(number);
        if (number > 0) return;
        writer.Number(lists.Count);
        foreach (var (name, texts) in lists)
        {
            Word(ref writer, name);
            writer.Number(texts.Count);
            foreach (var text in texts) Word(ref writer, text);
        }
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Lists(ref PackedReader reader)
    {
        if (reader.Number() is > 0 and var number) return shared.Lists[(int)number];
        var count = (int)reader.Number();
        if (count == 0) return Node.NoLists;
        var lists = new Dictionary<string, IReadOnlyList<string>>(count, StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            var name = Word(ref reader);
            var texts = new string[reader.Number()];
            for (var i = 0; i < texts.Length; i++) texts[i] = Word(ref reader);
            lists[name] = texts;
        }
        return lists;
    }

    private static void Resources(ref PackedWriter writer, NodeResources? resources)
    {
        writer.Number(resources is null ? 0 : 1);
        if (resources is null) return;
        writer.Double(resources.CpuPercent);
        writer.Double(resources.MemoryPercent);
        writer.Number(resources.MemoryUsedBytes);
        writer.Number(resources.MemoryCapacityBytes);
        writer.Double(resources.DiskPercent);
        writer.Number(resources.DiskUsedBytes);
        writer.Number(resources.DiskCapacityBytes);
    }

    private static NodeResources? Resources(ref PackedReader reader) =>
        reader.Number() == 0 ? null
        : new(reader.Double(), reader.Double(), reader.NumberOrNone(), reader.NumberOrNone(), reader.Double(), reader.NumberOrNone(), reader.NumberOrNone());
}
