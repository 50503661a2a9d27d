using System.Text.Json;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>The result of looking for a spec.</summary>
/// <param name="Spec">The spec; null when there is none.</param>
/// <param name="Title">Its title.</param>
/// <param name="Note">Which other spec was used instead; empty when it is the requested one.</param>
/// <param name="Problem">Why there is none; empty when it was found.</param>
public sealed record FoundSpec(JobSpec? Spec, string Title, string Note = "", string Problem = "");

/// <summary>Finds specs: in the replica, else on the control plane.</summary>
public sealed class SpecSources(Replica replica, IControlPlane controlPlane, FleetSight? sight = null)
{
    // Of the moment that is shown.
    private string Now => sight?.At is null ? "now" : "then";

    /// <summary>The spec of a reference. Never throws for errors of the server.</summary>
    public Task<FoundSpec> FindAsync(SpecRef reference, CancellationToken cancel = default) => reference.Origin switch
    {
        SpecOrigin.Execution => OfExecutionAsync(reference.Id, cancel),
        SpecOrigin.Previous => OfPreviousAsync(reference.Id, cancel),
        SpecOrigin.Job => OfJobAsync(reference.Id, cancel),
        SpecOrigin.Version => OfVersionAsync(reference.Id, reference.Number, cancel),
        _ => Task.FromResult(new FoundSpec(null, "Pasted spec", Problem: "Nothing is pasted yet.")),
    };

    /// <summary>The title of a reference.</summary>
    public string TitleOf(SpecRef reference) => reference.Origin switch
    {
        SpecOrigin.Execution => replica.Store.FindExecution(reference.Id) is { } execution ? TitleOf(execution) : $"Execution {reference.Id}",
        SpecOrigin.Previous => $"Previous execution of {reference.Id}",
        SpecOrigin.Job => $"{JobName(reference.Id)}, {Now}",
        SpecOrigin.Version => $"{JobName(reference.Id)} v{reference.Number}",
        _ => "Pasted spec",
    };

    private async Task<FoundSpec> OfExecutionAsync(string id, CancellationToken cancel)
    {
        var execution = replica.Store.FindExecution(id);
        if (execution is { SpecHash.Length: > 0 } && replica.Store.FindSpec(execution.SpecHash) is { } held) return new(held, TitleOf(execution));
        var own = await controlPlane.GetExecutionAsync(id, cancel);
        if (own.Succeeded) execution = own.Value.Value;
        if (execution is null) return new(null, $"Execution {id}", Problem: $"The control plane has no execution {id}: {own.Failure!.Message}");
        if (own is { Succeeded: true, Value.Spec: { } sent }) return new(sent, TitleOf(execution));
        var why = own.Succeeded ? OddSpec(own.Value.Raw) : "";
        var title = TitleOf(execution);
        var sentence = why.Length > 0 ? why : "The server sent no spec with this execution";
        var version = await OfVersionAsync(execution.JobId, execution.JobVersion, cancel);
        return version.Spec is { } spec
            ? new(spec, title, $"{sentence}. Shown is version {execution.JobVersion} of its job.")
            : new(null, title, Problem: $"{sentence}, and {Lower(version.Problem)}");
    }

    private async Task<FoundSpec> OfPreviousAsync(string id, CancellationToken cancel)
    {
        var execution = replica.Store.FindExecution(id);
        if (execution is null)
        {
            var own = await controlPlane.GetExecutionAsync(id, cancel);
            if (!own.Succeeded) return new(null, $"Previous execution of {id}", Problem: $"The control plane has no execution {id}: {own.Failure.Message}");
            execution = own.Value.Value;
        }
        return execution.PreviousId.Length == 0
            ? new(null, $"Previous execution of {id}", Problem: "This execution has no predecessor.")
            : await OfExecutionAsync(execution.PreviousId, cancel);
    }

    private async Task<FoundSpec> OfJobAsync(string id, CancellationToken cancel)
    {
        var title = $"{JobName(id)}, {Now}";
        if (replica.Store.FindJob(id) is { } job)
        {
            title = $"{job.DisplayName} v{job.Version}, {Now}";
            if (job.SpecHash.Length > 0 && replica.Store.FindSpec(job.SpecHash) is { } held) return new(held, title);
        }
        var now = await controlPlane.GetJobAsync(id, cancel);
        if (!now.Succeeded) return new(null, title, Problem: $"The job's spec cannot be had: {now.Failure.Message}");
        return now.Value.Spec is { } spec ? new(spec, title) : new(null, title, Problem: "The server sent no spec with this job.");
    }

    private async Task<FoundSpec> OfVersionAsync(string jobId, int version, CancellationToken cancel)
    {
        var title = $"{JobName(jobId)} v{version}";
        var versions = await controlPlane.ListJobVersionsAsync(jobId, cancel);
        if (versions.Succeeded && versions.Value.FirstOrDefault(v => v.Version == version) is { Spec: { } spec }) return new(spec, title);
        if (replica.Store.FindJob(jobId) is { } job && job.Version == version && replica.Store.FindSpec(job.SpecHash) is { } now) return new(now, title);
        if (replica.Store.SpecOfVersion(jobId, version) is { } snapshot)
            return new(snapshot, title, $"{(versions.Succeeded ? $"The server no longer has version {version} of the job" : $"The job's versions cannot be had ({versions.Failure.Message})")}. Shown is what executions of it were started with.");
        return new(null, title, Problem: versions.Succeeded ? $"The server no longer has version {version} of the job." : $"The job's versions cannot be had: {versions.Failure.Message}");
    }

    /// <summary>The problem of a value that is not a valid spec; empty when it is valid.</summary>
    private static string OddSpec(string raw)
    {
        try
        {
            using var document = JsonDocument.Parse(raw, new JsonDocumentOptions { MaxDepth = 2 * SpecHash.MaxDepth });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("execution", out var wrapped)) root = wrapped;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("job_spec", out var spec) && spec.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object)
                ? $"What the server sent as the spec is no object but {(spec.ValueKind == JsonValueKind.Array ? "a list" : $"a {spec.ValueKind.ToString().ToLowerInvariant()}")} (see Raw)" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private string TitleOf(Execution execution) =>
        $"{JobName(execution.JobId)} v{execution.JobVersion} on {(execution.NodeId.Length == 0 ? "no node" : replica.Store.FindNode(execution.NodeId)?.DisplayName ?? execution.NodeId)}";

    private string JobName(string id) => replica.Store.FindJob(id)?.DisplayName ?? id;

    private static string Lower(string sentence) => sentence.Length > 0 ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
}
