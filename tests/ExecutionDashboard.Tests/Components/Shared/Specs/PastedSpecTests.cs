using System.Text;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet.Specs;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Tests.Components.Shared.Specs;

public sealed class PastedSpecTests
{
    private static readonly PasteLimits Small = new(1_000, 20, 8);

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("\uFEFF{\"a\":1}", """{"a":1}""")]
    [InlineData("\uFEFFa: 1", """{"a":1}""")]
    [InlineData("{a: 1, b: [x, 'y']}", """{"a":1,"b":["x","y"]}""")]
    [InlineData("a: 1\nb:\n- x\n- true\nc: |\n  l\n  m\nd: ~\ne: '7'\nf: 1.5", """{"a":1,"b":["x",true],"c":"l\nm\n","d":null,"e":"7","f":1.5}""")]
    [InlineData("a: 1\na: 2", """{"a":2}""")]
    [InlineData("a: 0x1F\nb: 1.10\nc: 0777\nd: 2026-01-01\ne: 0o17\nf: 1_000\ng: 1e-29\nh: 010", """{"a":31,"b":1.1,"c":511,"d":"2026-01-01","e":15,"f":1000,"g":1e-29,"h":8}""")]
    [InlineData("a: 123456789012345678901234567890", """{"a":123456789012345678901234567890}""")]
    [InlineData("on: yes\n1: a\n~: b", """{"on":"yes","1":"a","~":"b"}""")]
    [InlineData("a: !!int \"5\"\nb: !!str 5\nc: !!binary aGVsbG8=\nd: !own 5\ne: ! 5", """{"a":5,"b":"5","c":"hello","d":"5","e":"5"}""")]
    [InlineData("a: &x [1, *y]\n", null)]
    [InlineData("a: &x [1]\nb: *x\n*z : 2\n", null)]
    [InlineData("a: &x [1]\nb: *x", """{"a":[1],"b":[1]}""")]
    [InlineData("a: &n name\n*n : 2", """{"a":"name","name":2}""")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x", """{"a":1,"b":2,"c":2}""")]
    [InlineData("base: &b {x: 1, y: 2}\njob:\n  y: 3\n  <<: *b", """{"base":{"x":1,"y":2},"job":{"x":1,"y":3}}""")]
    [InlineData("a: {<<: [{x: 1}, {x: 2, y: 3}]}", """{"a":{"x":1,"y":3}}""")]
    [InlineData("a: {\"<<\": {x: 1}}", """{"a":{"<<":{"x":1}}}""")]
    public void Read_JsonOrYaml_IsWhatExpansoReads(string text, string? json)
    {
        var read = PastedSpec.Read(text);
        if (json is null)
        {
            Assert.Contains("has no anchor above it", read.Problem, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(("", ""), (read.Problem, read.Note));
        Assert.Empty(SpecDiff.Of(read.Spec!.Json, json));
    }

    [Fact]
    public void Read_SeveralDocuments_TakesTheFirstAndSaysSo()
    {
        var read = PastedSpec.Read("---\na: 1\n---\nb: 2");
        Assert.Equal("""{"a":1}""", read.Spec!.Json);
        Assert.Equal("The text has several YAML documents. Only the first is compared.", read.Note);
    }

    [Theory]
    [InlineData("", "Nothing is pasted")]
    [InlineData("\uFEFF \n", "Nothing is pasted")]
    [InlineData("# only a comment", "not an object")]
    [InlineData("just words", "not an object")]
    [InlineData("[1]", "not an object")]
    [InlineData("{\"a\": ", "neither JSON nor YAML. Line ")]
    [InlineData("a: \"\\ud83d\"", "neither JSON nor YAML. Line 1")]
    [InlineData("{\"\\ud83d\": 1}", "half a character")]
    [InlineData("a: 1\n}", "Line 2, column 1")]
    [InlineData("a: 1\nb: *x", "Line 2, column 4: the alias *x has no anchor")]
    [InlineData("a: &x [*x]", "the alias *x has no anchor")]
    [InlineData("? [a]\n: 1", "a name is a list or an object")]
    [InlineData("a: {<<: 1}", "a merge key (<<) takes an object")]
    [InlineData("a: !!int x", "Line 1, column 4: the value is not what its tag !!int says")]
    public void Read_AnythingElse_IsRefusedWithThePlaceAndTheReason(string text, string reason) => Assert.Contains(reason, PastedSpec.Read(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]")]
    [InlineData("{\"a\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}")]
    [InlineData("a: &a [1, 2, 3]\nb: &b [*a, *a]\nc: [*b, *b]")]
    [InlineData("a: &a {p: 1, q: 2, r: 3, s: 4}\nb: {<<: *a}\nc: {<<: *a}\nd: {<<: *a}")]
    public void Read_MoreValuesThanAllowed_IsRefusedWhateverTheyComeFrom(string text) =>
        Assert.Equal("The spec has more than 20 values, the most that can be compared.", PastedSpec.Read(text, Small).Problem);

    [Theory]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]")]
    [InlineData("a: [[[[[[[[[1]]]]]]]]]")]
    [InlineData("a: &a [[[[1]]]]\nb: [[[[*a]]]]")]
    public void Read_DeeperThanAllowed_IsRefusedWhateverItComesFrom(string text) =>
        Assert.Equal("The spec is nested deeper than 8 levels, the most that can be compared.", PastedSpec.Read(text, Small).Problem);

    [Fact]
    public void Read_FarTooLongOrDeep_IsRefusedWithoutHarm()
    {
        Assert.Contains("nested deeper than 256", PastedSpec.Read(new string('[', 1_000_000)).Problem, StringComparison.Ordinal);
        Assert.Contains("nested deeper than 256", PastedSpec.Read(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000)).Problem, StringComparison.Ordinal);
        Assert.Contains("nested deeper than 256", PastedSpec.Read(string.Concat(Enumerable.Repeat("- ", 50_000)) + "1").Problem, StringComparison.Ordinal);
        Assert.Contains("more than 200,000 values", PastedSpec.Read(string.Concat(Enumerable.Range(0, 250_000).Select(i => $"n{i}: 1\n"))).Problem, StringComparison.Ordinal);
        Assert.Contains("longer than 4 MB", PastedSpec.Read(new string('a', 5_000_000)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => PastedSpec.Read("a: 1", cancel: new CancellationToken(canceled: true)));

    [Fact]
    public async Task ReadAsync_FromACircuit_LeavesTheCircuitFree()
    {
        var circuit = Dispatcher.CreateDefault();
        using var text = new HeldStream("a: 1");
        var reading = circuit.InvokeAsync(() => PastedSpec.ReadAsync(text, default));
        await text.Begun;
        // While the text is being read the circuit takes the viewer's next click.
        await circuit.InvokeAsync(text.Release);
        Assert.Equal("""{"a":1}""", (await reading).Spec!.Json);
        Assert.False(text.ReadOnACircuit);
    }

    /// <summary>A text that is not there until somebody releases it.</summary>
    private sealed class HeldStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public bool ReadOnACircuit { get; private set; }

        public void Release() => _released.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ReadOnACircuit |= SynchronizationContext.Current is not null;
            _begun.TrySetResult();
            await _released.Task;
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
