using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// Executions as about a hundred bytes instead of a dozen objects: names and states are numbers of shared values, UUIDs 16 bytes, other ids their text. Equal bytes are equal
/// executions. Packing is the writer's; any number of readers may unpack.
/// </summary>
/// <param name="texts">Names that many executions have.</param>
/// <param name="reports">States with their messages, without those that have details.</param>
internal sealed class ExecutionPacking(SharedValues<string> texts, SharedValues<StateReport> reports)
{
    /// <summary>Where the id begins, after the numbers of job and deployment.</summary>
    public const int IdAt = 2 * sizeof(int);
    // Instead of the number of a text that is not shared, which then follows.
    private const int Unshared = -1;
    private const int Uuid = 1, UuidBytes = 16, UuidLength = 36;

    private byte[] _buffer = new byte[1_024];

    /// <summary>Packs an execution. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Pack(Execution execution)
    {
        var writer = new Writer(_buffer);
        var (job, deployment) = (NumberOf(execution.JobId), NumberOf(execution.DeploymentId));
        writer.Fixed(job);
        writer.Fixed(deployment);
        writer.Text(execution.Id);
        if (job == Unshared) writer.Text(execution.JobId);
        if (deployment == Unshared) writer.Text(execution.DeploymentId);
        Shared(ref writer, execution.JobType);
        writer.Number(execution.JobVersion);
        Shared(ref writer, execution.Namespace);
        Shared(ref writer, execution.NodeId);
        writer.Text(execution.EvaluationId);
        Shared(ref writer, execution.SpecHash);
        Report(ref writer, execution.Desired);
        Report(ref writer, execution.Actual);
        Map(ref writer, execution.Details);
        writer.Text(execution.PreviousId);
        writer.Text(execution.NextId);
        writer.Number(execution.Revision);
        writer.Time(execution.CreatedAt);
        writer.Time(execution.UpdatedAt);
        writer.Time(execution.StableAt);
        _buffer = writer.Buffer;
        return writer.Written;
    }

    /// <summary>The execution that was packed.</summary>
    public Execution Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new Reader(packed);
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

    /// <summary>The job of a packed execution.</summary>
    public string JobOf(ReadOnlySpan<byte> packed) => PartOf(packed, 0) is { } text ? text : Unpack(packed).JobId;

    /// <summary>The deployment of a packed execution; empty without one.</summary>
    public string DeploymentOf(ReadOnlySpan<byte> packed) => PartOf(packed, 1) is { } text ? text : Unpack(packed).DeploymentId;

    /// <summary>The packed form of an id, as it is at <see cref="IdAt"/>. No other id begins with it.</summary>
    public static byte[] PackId(string id)
    {
        var writer = new Writer(new byte[64]);
        writer.Text(id);
        return writer.Written.ToArray();
    }

    /// <summary>The packed form of a packed execution's id.</summary>
    public static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> packed)
    {
        var reader = new Reader(packed[IdAt..]);
        reader.SkipText();
        return packed[IdAt..^reader.Left];
    }

    private string? PartOf(ReadOnlySpan<byte> packed, int part)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(packed[(part * sizeof(int))..]);
        return number == Unshared ? null : number == 0 ? "" : texts[number];
    }

    private int NumberOf(string text) => text.Length == 0 ? 0 : texts.NumberOf(text) is > 0 and var number ? number : Unshared;

    private string TextOf(int number, ref Reader reader) => number == Unshared ? reader.Text() : number == 0 ? "" : texts[number];

    private void Shared(ref Writer writer, string text)
    {
        var number = NumberOf(text);
        writer.Number(number);
        if (number == Unshared) writer.Text(text);
    }

    private string Shared(ref Reader reader) => TextOf((int)reader.Number(), ref reader);

    private void Report(ref Writer writer, StateReport report)
    {
        var number = report.Details is null ? reports.NumberOf(report) : 0;
        writer.Number(number);
        if (number > 0) return;
        Shared(ref writer, report.State.Name);
        writer.Text(report.Message);
        Map(ref writer, report.Details);
    }

    private StateReport Report(ref Reader reader) =>
        reader.Number() is > 0 and var number ? reports[(int)number]
        : new StateReport(ExecutionState.Parse(Shared(ref reader)), reader.Text(), Map(ref reader));

    private void Map(ref Writer writer, IReadOnlyDictionary<string, string>? map)
    {
        writer.Number(map is null ? 0 : map.Count + 1);
        if (map is null) return;
        foreach (var (name, value) in map)
        {
            Shared(ref writer, name);
            writer.Text(value);
        }
    }

    private Dictionary<string, string>? Map(ref Reader reader)
    {
        var count = (int)reader.Number() - 1;
        if (count < 0) return null;
        var map = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (; count > 0; count--) map[Shared(ref reader)] = reader.Text();
        return map;
    }

    private ref struct Writer(byte[] buffer)
    {
        private int _at;

        public byte[] Buffer { get; private set; } = buffer;

        public readonly ReadOnlySpan<byte> Written => Buffer.AsSpan(0, _at);

        public void Fixed(int number) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), number);

        // Small numbers of either sign take one byte.
        public void Number(long number)
        {
            var left = (ulong)(number << 1 ^ number >> 63);
            for (; left >= 0x80; left >>= 7) Next(1)[0] = (byte)(left | 0x80);
            Next(1)[0] = (byte)left;
        }

        public void Time(DateTimeOffset? time)
        {
            Next(1)[0] = time is null ? (byte)0 : (byte)1;
            if (time is { } value) BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), value.UtcTicks);
        }

        // A UUID as the server writes it, else one or two bytes a character: UTF-8 would lose a lone surrogate.
        public void Text(string text)
        {
            Span<char> canonical = stackalloc char[UuidLength];
            if (text.Length == UuidLength && Guid.TryParseExact(text, "D", out var uuid) && uuid.TryFormat(canonical, out _) && text.AsSpan().SequenceEqual(canonical))
            {
                Number(Uuid);
                uuid.TryWriteBytes(Next(UuidBytes));
                return;
            }
            var isWide = !Ascii.IsValid(text);
            Number(text.Length == 0 ? 0 : (text.Length + 1L) * 2 + (isWide ? 1 : 0));
            if (isWide) MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(Next(text.Length * 2));
            else Ascii.FromUtf16(text, Next(text.Length), out _);
        }

        private Span<byte> Next(int count)
        {
            if (_at + count > Buffer.Length)
            {
                var grown = new byte[Math.Max(_at + count, Buffer.Length * 2)];
                Written.CopyTo(grown);
                Buffer = grown;
            }
            _at += count;
            return Buffer.AsSpan(_at - count, count);
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> packed)
    {
        private ReadOnlySpan<byte> _rest = packed;

        public readonly int Left => _rest.Length;

        public int Fixed() => BinaryPrimitives.ReadInt32LittleEndian(Next(sizeof(int)));

        public long Number()
        {
            var (number, shift) = (0UL, 0);
            while (true)
            {
                var part = Next(1)[0];
                number |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80) return (long)(number >> 1) ^ -(long)(number & 1);
                shift += 7;
            }
        }

        public DateTimeOffset? Time() => Next(1)[0] == 0 ? null : new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(Next(sizeof(long))), TimeSpan.Zero);

        public string Text()
        {
            var bytes = NextText(out var form);
            return form == 0 ? "" : form == Uuid ? new Guid(bytes).ToString("D", CultureInfo.InvariantCulture)
                : IsWide(form) ? new string(MemoryMarshal.Cast<byte, char>(bytes)) : Encoding.ASCII.GetString(bytes);
        }

        public void SkipText() => NextText(out _);

        private ReadOnlySpan<byte> NextText(out long form)
        {
            form = Number();
            return Next(form == 0 ? 0 : form == Uuid ? UuidBytes : (int)(form / 2 - 1) * (IsWide(form) ? sizeof(char) : 1));
        }

        private static bool IsWide(long form) => (form & 1) != 0;

        private ReadOnlySpan<byte> Next(int count)
        {
            var next = _rest[..count];
            _rest = _rest[count..];
            return next;
        }
    }
}
