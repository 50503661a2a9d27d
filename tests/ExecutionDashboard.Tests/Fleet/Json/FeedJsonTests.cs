using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Tests.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Json;

/// <summary>The feed's JSON that is written and read by hand.</summary>
public sealed class FeedJsonTests
{
    // What the serializer makes of the same types: the form of logs and feeds of before.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly Gen<FeedBatch> Batches = Gen.Select(FleetGen.Change.List[0, 30], Gen.Long[0, 9], Gen.Bool, Gen.Int[0, 5], Gen.Bool,
        (changes, number, reset, remaining, told) => new FeedBatch
        {
            Previous = number, Sequence = number * 7, Reset = reset, Remaining = remaining, Changes = changes,
            Status = told ? new FeedStatus { LogId = "log", Loading = number, Problem = "none \"yet\"" } : null,
        });

    [Fact]
    public void AnyBatch_WrittenAndRead_IsTheSame() => Batches.Sample(batch => AssertSame(batch, Read(Written(batch, FeedContract.Json), FeedContract.Json)));

    [Fact]
    public void AnyBatch_FromOrToTheSerializersForm_IsTheSame() => Batches.Sample(batch =>
    {
        AssertSame(batch, Read(Written(batch, Plain), FeedContract.Json));
        AssertSame(batch, Read(Written(batch, FeedContract.Json), Plain));
    });

    [Fact]
    public void AnyBatch_InPiecesOfAFewBytes_IsReadAsOne() => Gen.Select(Batches, Gen.Int[1, 40]).Sample((batch, size) =>
    {
        var reader = new Utf8JsonReader(Pieces(Written(batch, FeedContract.Json), size));
        AssertSame(batch, JsonSerializer.Deserialize<FeedBatch>(ref reader, FeedContract.Json)!);
    });

    [Fact]
    public void Read_MembersInAnyOrderUnknownOnesAndNulls_AreTakenOrLeft()
    {
        const string json = """
            {"new":[{"a":1}],"changes":[{"execution":{"updatedAt":null,"later":{"x":[]},"nodeId":"n","details":null,"desired":null,"actual":{"details":{"a":"b"},"y":0,"state":"complete"},"id":"e"},"id":"e"},{"id":"j","kind":"job","removed":true}],"sequence":7,"status":null}
            """;

        var batch = JsonSerializer.Deserialize<FeedBatch>(json, FeedContract.Json)!;

        Assert.Equal(7, batch.Sequence);
        Assert.Equal(
            [
                FleetChange.Of(new Execution { Id = "e", NodeId = "n", Actual = new StateReport(ExecutionState.Of(KnownExecutionState.Completed), "", new Dictionary<string, string> { ["a"] = "b" }) }),
                FleetChange.Gone(FleetKind.Job, "j"),
            ],
            batch.Changes);
    }

    [Theory]
    [InlineData("""{"changes":[{"kind":"execution"}]}""")]
    [InlineData("""{"changes":[{"kind":"wave","id":"w"}]}""")]
    [InlineData("""{"changes":[{"id":"e","execution":{"jobId":"j"}}]}""")]
    [InlineData("""{"changes":[{"id":"e","execution":{"id":"e","revision":"x"}}]}""")]
    [InlineData("""{"changes":[{"id":"e","execution":{"id":"e","actual":"running"}}]}""")]
    [InlineData("""{"changes":{}}""")]
    [InlineData("[]")]
    public void Read_WhatIsNoBatch_SaysSo(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FeedBatch>(json, FeedContract.Json));

    [Fact]
    public void Write_ManyChanges_GoToThePipeInOnePiece()
    {
        var pipe = new CountingWriter();
        using (var writer = new Utf8JsonWriter(pipe))
            JsonSerializer.Serialize(writer, new FeedBatch { Changes = [.. Enumerable.Range(0, 1_000).Select(i => FleetChange.Of(new Execution { Id = $"e{i}", JobId = "job" }))] }, FeedContract.Json);

        Assert.Equal(1, pipe.Pieces);
    }

    private static byte[] Written(FeedBatch batch, JsonSerializerOptions options) => JsonSerializer.SerializeToUtf8Bytes(batch, options);

    private static FeedBatch Read(byte[] json, JsonSerializerOptions options) => JsonSerializer.Deserialize<FeedBatch>(json, options)!;

    private static void AssertSame(FeedBatch expected, FeedBatch actual)
    {
        Assert.Equal(expected.Changes, actual.Changes);
        Assert.Equal(expected with { Changes = [] }, actual with { Changes = [] });
    }

    private static ReadOnlySequence<byte> Pieces(byte[] bytes, int size)
    {
        var first = new Piece(bytes.AsMemory(0, Math.Min(size, bytes.Length)), 0);
        var last = first;
        for (var at = size; at < bytes.Length; at += size) last = last.Then(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    private sealed class CountingWriter : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _all = new();

        public int Pieces { get; private set; }

        public void Advance(int count)
        {
            Pieces++;
            _all.Advance(count);
        }

        // A pipe gives a page where no more is asked for.
        public Memory<byte> GetMemory(int sizeHint = 0) => _all.GetMemory(Math.Max(sizeHint, 4_096))[..Math.Max(sizeHint, 4_096)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
