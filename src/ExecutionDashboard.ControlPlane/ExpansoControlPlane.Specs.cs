using System.Text.Json;
using ExecutionDashboard.ControlPlane.Api;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.ControlPlane.Reading;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Creating, testing and comparing specs on the server.</summary>
internal sealed partial class ExpansoControlPlane
{
    public Task<ControlPlaneResult<ServerDiff>> DiffJobVersionsAsync(string jobId, int from, int? to = null, CancellationToken cancel = default) =>
        PathId.Check(Jobs.One, jobId) is { } invalid
            ? Task.FromResult<ControlPlaneResult<ServerDiff>>(invalid)
            : caller.AskAsync(c => jobs.VersionsDiffAsync(jobId, from, to, c), DiffOf, cancel);

    public async Task<ControlPlaneResult<ServerDiff>> DiffJobAsync(string spec, CancellationToken cancel = default) =>
        SpecOf(spec) is { } json
            ? MissingRoute(await caller.AskAsync(c => jobs.DiffAsync(new DiffJobRequest(json), c), DiffOf, cancel))
            : NoSpec;

    public async Task<ControlPlaneResult<JobPut>> PutJobAsync(string spec, bool dryRun = false, bool force = false, CancellationToken cancel = default) =>
        SpecOf(spec) is { } json
            ? MissingRoute(await caller.TellAsync<JobPut>(
                c => jobs.PutAsync(new PutJobRequest(json, force ? true : null, dryRun ? true : null), c),
                reply => new JobPut(
                    JobReader.Read(Fields.Get(reply.Root, "job"u8), new PageReading(specs))?.Job,
                    Fields.Get(reply.Root, "created"u8).Bool() ?? false,
                    [.. Fields.Get(reply.Root, "warnings"u8).Texts().Select(Words)]),
                cancel))
            : NoSpec;

    // A text, or with some servers an object.
    private ControlPlaneResult<ServerDiff> DiffOf(Reply reply) =>
        reply.Root.ValueKind == JsonValueKind.Object
            ? new ServerDiff(Fields.Get(reply.Root, "diff"u8).TextOrJson(), [.. Fields.Get(reply.Root, "warnings"u8).Texts().Select(Words)])
            : NotThe("difference", reply);

    private static JsonElement? SpecOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ControlPlaneFailure NoSpec { get; } = new(ControlPlaneError.Invalid, "The spec is not a JSON object.");
}
