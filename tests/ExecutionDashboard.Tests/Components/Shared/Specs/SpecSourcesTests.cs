using System.Text;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Tests.ControlPlane;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Components.Shared.Specs;

public sealed class SpecSourcesTests
{
    private const string Versions = """{"items":[{"version":2,"spec":{"name":"of-two"}},{"version":1,"spec":{"name":"of-one"}}]}""";

    private static SpecSources Sources(IControlPlane controlPlane, params FleetChange[] known)
    {
        var time = new FakeTimeProvider();
        var replica = new Replica(new LiveSignals(time), time);
        replica.Apply(new FeedBatch { Reset = true, Previous = 0, Sequence = 1, Changes = known, Status = new FeedStatus { LogId = "log", LastSuccessAt = DateTimeOffset.UnixEpoch } });
        return new SpecSources(replica, controlPlane);
    }

    private static SpecSources Answering(string execution, string versions = Versions, params FleetChange[] known) =>
        Sources(CannedControlPlane.Answering(path => path.Contains("/versions", StringComparison.Ordinal) ? versions : $$"""{"execution":{{execution}}}"""), known);

    private static string Name(FoundSpec found) => found.Spec is null ? found.Problem : SpecText.Json(found.Spec);

    [Fact]
    public async Task Find_ExecutionWithItsSpec_IsThatSpec()
    {
        var found = await Answering("""{"id":"e","job_id":"j","job_version":2,"job_spec":{"name":"own"}}""").FindAsync(SpecRef.Execution("e"));
        Assert.Contains("own", Name(found), StringComparison.Ordinal);
        Assert.Equal("", found.Note);
    }

    [Fact]
    public async Task Find_ExecutionWithoutASpec_IsTheVersionAndSaysSo()
    {
        var found = await Answering("""{"id":"e","job_id":"j","job_version":2}""").FindAsync(SpecRef.Execution("e"));
        Assert.Contains("of-two", Name(found), StringComparison.Ordinal);
        Assert.Equal("The server sent no spec with this execution. Shown is version 2 of its job.", found.Note);
    }

    [Theory]
    [InlineData("[1]", "no object but a list")]
    [InlineData("\"text\"", "no object but a string")]
    public async Task Find_SpecThatIsNoObject_SaysWhatItIs(string spec, string words)
    {
        var found = await Answering($$"""{"id":"e","job_id":"j","job_version":2,"job_spec":{{spec}}}""").FindAsync(SpecRef.Execution("e"));
        Assert.Contains(words, found.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_VersionThatIsGone_SaysSo()
    {
        var sources = Answering("{}");
        Assert.Equal("The server no longer has version 9 of the job.", (await sources.FindAsync(SpecRef.Version("j", 9))).Problem);
        var found = await Answering("""{"id":"e","job_id":"j","job_version":9}""").FindAsync(SpecRef.Execution("e"));
        Assert.Equal("The server sent no spec with this execution, and the server no longer has version 9 of the job.", found.Problem);
    }

    [Fact]
    public async Task Find_VersionThatIsGoneButRuns_IsTheSnapshot()
    {
        var snapshot = new JobSpec { Hash = "h", Json = """{"name":"snapshot"}""" };
        var running = FleetChange.Of(new Execution { Id = "x", JobId = "j", JobVersion = 9, SpecHash = "h" });
        var found = await Answering("{}", Versions, FleetChange.Of(snapshot), running).FindAsync(SpecRef.Version("j", 9));
        Assert.Contains("snapshot", Name(found), StringComparison.Ordinal);
        Assert.Contains("no longer has version 9", found.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_BeforeTheFirst_SaysThatThereIsNone() =>
        Assert.Contains("no predecessor", (await Answering("""{"id":"e","job_id":"j"}""").FindAsync(SpecRef.Previous("e"))).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Find_DuplicateNamesAndBytesThatAreNoText_AreShownWithTheLastAndNotFatal()
    {
        byte[] reply = [.. Encoding.UTF8.GetBytes("{\"execution\":{\"id\":\"e\",\"job_id\":\"j\",\"job_spec\":{\"a\":1,\"a\":2,\"b\":\""), 0xC3, 0x28, 0xFF, .. Encoding.UTF8.GetBytes("\",\"name\":\"odd\"}}}")];
        var found = await Sources(CannedControlPlane.AnsweringBytes(_ => reply)).FindAsync(SpecRef.Execution("e"));
        if (found.Spec is not { } spec)
        {
            Assert.NotEqual("", found.Problem);
            return;
        }
        foreach (var syntax in Enum.GetValues<SpecSyntax>()) Assert.NotEmpty(SpecLines.Of(spec.Json, syntax).Lines);
        Assert.DoesNotContain("1", SpecText.Yaml(spec), StringComparison.Ordinal);
    }
}
