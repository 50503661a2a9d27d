using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Specs this client has read, by hash. TODO(control plane): bounded.</summary>
public sealed class SpecCache
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, JobSpec> _byHash = new(StringComparer.Ordinal);

    /// <summary>Keeps a spec; false when it was known.</summary>
    public bool Add(JobSpec spec) => _byHash.TryAdd(spec.Hash, spec);

    /// <summary>A spec by its hash.</summary>
    public bool TryGet(string hash, [NotNullWhen(true)] out JobSpec? spec) => _byHash.TryGetValue(hash, out spec);
}
