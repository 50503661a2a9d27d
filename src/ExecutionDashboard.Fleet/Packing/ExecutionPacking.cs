using System.Buffers.Binary;

namespace ExecutionDashboard.Fleet.Packing;

/// <summary>
/// Executions as about a hundred bytes instead of a dozen objects: names and states are numbers of shared values, UUIDs 16 bytes, other ids their text. Equal bytes are equal
/// executions. Packing is the writer's; any number of readers may unpack.
/// </summary>
/// <param name="shared">What the packed executions refer to.</param>
public sealed class ExecutionPacking(SharedParts shared) : IPacking<Execution>
{
    // The id is after the numbers of job and deployment.
    private const int IdBegin = 2 * sizeof(int);
    // Instead of the number of a text that is not shared, which then follows.
    private const int Unshared = -1;

    private byte[] _buffer = new byte[1_024];

    /// <inheritdoc/>
    public int IdAt => IdBegin;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Pack(Execution entity)
    {
        var writer = new PackedWriter(_buffer);
        var (job, deployment) = (NumberOf(entity.JobId), NumberOf(entity.DeploymentId));
        writer.Fixed(job);
        writer.Fixed(deployment);
        writer.Text(entity.Id);
        if (job == Unshared) writer.Text(entity.JobId);
        if (deployment == Unshared) writer.Text(entity.DeploymentId);
        Shared(ref writer, entity.JobType);
        writer.Number(entity.JobVersion);
        Shared(ref writer, entity.Namespace);
        Shared(ref writer, entity.NodeId);
        writer.Text(entity.EvaluationId);
        Shared(ref writer, entity.SpecHash);
        Report(ref writer, entity.Desired);
        Report(ref writer, entity.Actual);
        Map(ref writer, entity.Details);
        writer.Text(entity.PreviousId);
        writer.Text(entity.NextId);
        writer.Number(entity.Revision);
        writer.Time(entity.CreatedAt);
        writer.Time(entity.UpdatedAt);
        writer.Time(entity.StableAt);
        _buffer = writer.Buffer;
        return writer.Written;
    }

    /// <inheritdoc/>
    public Execution Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new PackedReader(packed);
        var (job, deployment, id) = (reader.Fixed(), reader.Fixed(), reader.Text());
        return new Execution
        {
            Id = id,
            JobId = TextOf(job, ref reader),
            DeploymentId = TextOf(deployment, ref reader),
            JobType = Shared(ref reader),
            JobVersion = (int)reader.Number(),
            Namespace = Shared(ref reader),
            NodeId = Shared(ref reader),
            EvaluationId = reader.Text(),
            SpecHash = Shared(ref reader),
            Desired = Report(ref reader),
            Actual = Report(ref reader),
            Details = Map(ref reader),
            PreviousId = reader.Text(),
            NextId = reader.Text(),
            Revision = reader.Number(),
            CreatedAt = reader.Time(),
            UpdatedAt = reader.Time(),
            StableAt = reader.Time(),
        };
    }

    /// <inheritdoc/>
    public void Visit(ReadOnlySpan<byte> packed, ISharedNumbers numbers)
    {
        var reader = new PackedReader(packed);
        var (job, deployment) = (reader.Fixed(), reader.Fixed());
        reader.SkipText();
        VisitText(job, ref reader, numbers);
        VisitText(deployment, ref reader, numbers);
        VisitText((int)reader.Number(), ref reader, numbers);
        reader.Number();
        VisitText((int)reader.Number(), ref reader, numbers);
        VisitText((int)reader.Number(), ref reader, numbers);
        reader.SkipText();
        VisitText((int)reader.Number(), ref reader, numbers);
        VisitReport(ref reader, numbers);
        VisitReport(ref reader, numbers);
        VisitMap(ref reader, numbers);
    }

    /// <summary>The job of a packed execution.</summary>
    public string JobOf(ReadOnlySpan<byte> packed) => PartOf(packed, 0) is { } text ? text : Unpack(packed).JobId;

    /// <summary>The deployment of a packed execution; empty without one.</summary>
    public string DeploymentOf(ReadOnlySpan<byte> packed) => PartOf(packed, 1) is { } text ? text : Unpack(packed).DeploymentId;

    private string? PartOf(ReadOnlySpan<byte> packed, int part)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(packed[(part * sizeof(int))..]);
        return number == Unshared ? null : number == 0 ? "" : shared.Texts[number];
    }

    private int NumberOf(string text) => text.Length == 0 ? 0 : shared.Texts.NumberOf(text) is > 0 and var number ? number : Unshared;

    private string TextOf(int number, ref PackedReader reader) => number == Unshared ? reader.Text() : number == 0 ? "" : shared.Texts[number];

    private static void VisitText(int number, ref PackedReader reader, ISharedNumbers numbers)
    {
        if (number == Unshared) reader.SkipText();
        else if (number > 0) numbers.Text(number);
    }

    private void Shared(ref PackedWriter writer, string text)
    {
        var number = NumberOf(text);
        writer.Number(number);
        if (number == Unshared) writer.Text(text);
    }

    private string Shared(ref PackedReader reader) => TextOf((int)reader.Number(), ref reader);

    private void Report(ref PackedWriter writer, StateReport report)
    {
        var number = report.Details is null ? shared.Reports.NumberOf(report) : 0;
        writer.Number(number);
        if (number > 0) return;
        Shared(ref writer, report.State.Name);
        writer.Text(report.Message);
        Map(ref writer, report.Details);
    }

    private StateReport Report(ref PackedReader reader) =>
        reader.Number() is > 0 and var number ? shared.Reports[(int)number]
        : new StateReport(ExecutionState.Parse(Shared(ref reader)), reader.Text(), Map(ref reader));

    private static void VisitReport(ref PackedReader reader, ISharedNumbers numbers)
    {
        if (reader.Number() is > 0 and var number)
        {
            numbers.Report((int)number);
            return;
        }
        VisitText((int)reader.Number(), ref reader, numbers);
        reader.SkipText();
        VisitMap(ref reader, numbers);
    }

    private void Map(ref PackedWriter writer, IReadOnlyDictionary<string, string>? map)
    {
        writer.Number(map is null ? 0 : map.Count + 1);
        if (map is null) return;
        foreach (var (name, value) in map)
        {
            Shared(ref writer, name);
            writer.Text(value);
        }
    }

    private Dictionary<string, string>? Map(ref PackedReader reader)
    {
        var count = (int)reader.Number() - 1;
        if (count < 0) return null;
        var map = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (; count > 0; count--) map[Shared(ref reader)] = reader.Text();
        return map;
    }

    private static void VisitMap(ref PackedReader reader, ISharedNumbers numbers)
    {
        for (var count = reader.Number() - 1; count > 0; count--)
        {
            VisitText((int)reader.Number(), ref reader, numbers);
            reader.SkipText();
        }
    }
}
